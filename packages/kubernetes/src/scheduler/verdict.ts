/**
 * Builds the verdict on one pod: the chosen node with all scores, or the refusals of all nodes.
 * Tests compare this verdict with that of kube-scheduler.
 */
import { byCodeUnit, type WordedExplanation, type WordedRefusal } from '@stowage/kernel'
import { refusalCode } from '../raise/vocabulary.js'

/**
 * A refusal by one plugin, with its reasons in code-unit order. The code is that of `refusalCode`,
 * or `Error` when the plugin failed and no node was decided on.
 */
export interface Rejection {
  readonly plugin: string
  readonly code: string
  readonly reasons: readonly string[]
}

/**
 * The decision on one pod. `node` is the chosen node, and `best` are all nodes with the highest
 * total. `scores` omits a plugin that gives every node 0.
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
 * The rejection by the first plugin that refuses. VolumeBinding has two filters, for bound and for
 * unbound claims: the reasons of both are joined.
 */
export const rejectionOf = (
  { plugin, removable }: WordedRefusal,
  all: readonly WordedRefusal[],
): Rejection => {
  const ownReasons = all.filter((one) => one.plugin === plugin).flatMap(({ reasons }) => reasons)
  const both = plugin === 'VolumeBinding' ? ownReasons : (all[0]?.reasons ?? [])
  return {
    plugin,
    code: refusalCode(removable),
    reasons: plugin === '' ? ['excluded before filtering'] : [...new Set(both)].sort(byCodeUnit),
  }
}

/**
 * The verdict on a pod that was placed. Plugins are in no particular order, nodes are in the order
 * of their names.
 */
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

/**
 * The verdict on a pod that no node can take, or that `preFilter` refused before any node was
 * filtered.
 */
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
