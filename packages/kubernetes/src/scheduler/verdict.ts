/** What a scheduler says of one pod, in the words in which schedulers are compared. */
import { byCodeUnit, type WordedExplanation, type WordedRefusal } from '@stowage/kernel'
import { codeOf } from '../raise/vocabulary.js'

export interface Rejection {
  readonly plugin: string
  readonly code: string
  readonly reasons: readonly string[]
}

/**
 * `node` is the first by name of the best, if it was not told otherwise. A plugin that gives every
 * node 0 is left out.
 */
export interface Verdict {
  readonly pod: string
  readonly result: 'scheduled' | 'unschedulable' | 'gated'
  readonly node?: string
  readonly best?: readonly string[]
  readonly preFilter?: Rejection
  readonly rejected?: Readonly<Record<string, Rejection>>
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly totals?: Readonly<Record<string, number>>
  readonly preemption?: { readonly node: string; readonly victims: readonly string[] }
}

/**
 * All that the plugin says which refuses first: volumes have two filters, for those that are bound
 * and those that are not.
 */
export const rejectionOf = (
  { plugin, removable }: WordedRefusal,
  all: readonly WordedRefusal[],
): Rejection => {
  const said = all.filter((one) => one.plugin === plugin).flatMap(({ reasons }) => reasons)
  const both = plugin === 'VolumeBinding' ? said : (all[0]?.reasons ?? [])
  return {
    plugin,
    code: codeOf(removable),
    reasons: plugin === '' ? ['excluded before filtering'] : [...new Set(both)].sort(byCodeUnit),
  }
}

/** Plugins stand in no order in a verdict, and nodes in that of their names. */
export const scheduledVerdict = (
  pod: string,
  { nodes, best }: WordedExplanation,
  node: string,
): Verdict => {
  const feasible = nodes.filter(({ first }) => first === undefined)
  const plugins = [...new Set(feasible.flatMap(({ scores }) => scores.map((one) => one.plugin)))]
  const scoresOf = (plugin: string) =>
    feasible.map(({ name, scores }) => {
      const found = scores.find((score) => score.plugin === plugin)
      return [name, found?.weighted ?? 0] as const
    })
  const spoken = plugins
    .map((plugin) => [plugin, scoresOf(plugin)] as const)
    .filter(([, scores]) => scores.some(([, score]) => score !== 0))
  const total = (scores: readonly { readonly weighted: number }[]): number =>
    scores.reduce((sum, { weighted }) => sum + weighted, 0)
  return {
    pod,
    result: 'scheduled',
    node,
    best,
    ...rejectedIn(nodes),
    scores: Object.fromEntries(
      spoken.map(([plugin, scores]) => [plugin, Object.fromEntries(scores)]),
    ),
    totals: Object.fromEntries(feasible.map(({ name, scores }) => [name, total(scores)])),
  }
}

export const unschedulableVerdict = (
  pod: string,
  { nodes }: WordedExplanation,
  preFilter: Rejection | undefined,
): Verdict => ({
  pod,
  result: 'unschedulable',
  ...(preFilter === undefined ? rejectedIn(nodes) : { preFilter }),
})

const rejectedIn = (nodes: WordedExplanation['nodes']): Pick<Verdict, 'rejected'> => {
  const refused = nodes.flatMap(({ name, first, all }) =>
    first === undefined ? [] : [[name, rejectionOf(first, all)] as const],
  )
  return refused.length === 0 ? {} : { rejected: Object.fromEntries(refused) }
}
