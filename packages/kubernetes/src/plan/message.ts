/**
 * The event of a pod that fits nowhere, in the scheduler's own words: `0/5 nodes are available: …`,
 * as `kubectl describe` shows it.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Verdict } from '../scheduler/verdict.js'
import type { Ways } from './preemption.js'

/** What is said beside the verdict; `nodes` are all that there are. */
export interface Beside {
  readonly nodes: number
  /**
   * Of which plugins, in which order, the scheduler asks before it filters, and when nothing fits.
   */
  readonly preFilters: readonly string[]
  readonly postFilters: readonly string[]
  readonly ways: Ways
  readonly preemptionPolicy: string | undefined
}

export const eventMessage = (verdict: Verdict, beside: Beside): string => {
  if (beside.nodes === 0) return 'no nodes available to schedule pods'
  const before = verdict.preFilter?.reasons.join(', ')
  const refused = Object.values(verdict.rejected ?? {}).map(({ reasons }) => reasons.map(inFull))
  const said = before === undefined ? counted(refused) : ` ${before}.`
  const after = afterwards(verdict, beside)
  return `0/${beside.nodes} nodes are available:${said}${after === '' ? '' : ` ${after}`}`
}

/** Verdicts have a text of their own for what several plugins narrow down together. */
const inFull = (reason: string): string =>
  reason === 'excluded before filtering'
    ? "node(s) didn't satisfy plugin(s) [NodeAffinity]"
    : reason

/**
 * Each reason with the number of nodes that give it, in the order of the texts: ` 1 Insufficient
 * cpu, 2 Too many pods.`
 */
const counted = (said: readonly (readonly string[])[]): string => {
  const counts = new Map<string, number>()
  for (const reason of said.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  if (counts.size === 0) return ''
  const texts = [...counts].map(([reason, count]) => `${count} ${reason}`)
  return ` ${texts.sort(byCodeUnit).join(', ')}.`
}

/**
 * The plugins that are asked when nothing fits: the first that helps ends it. What DynamicResources
 * looks for is not there when its turn before filtering never came, and then that is all that is
 * said.
 */
const afterwards = (verdict: Verdict, beside: Beside): string => {
  const said: string[] = []
  for (const plugin of beside.postFilters) {
    if (plugin === 'DynamicResources' && !wasAsked(plugin, verdict, beside)) return 'not found'
    if (plugin !== 'DefaultPreemption') continue
    if (helps(beside)) return preemptionText(beside)
    said.push(preemptionText(beside))
  }
  return said.join(', ')
}

const wasAsked = (plugin: string, { preFilter }: Verdict, { preFilters }: Beside): boolean => {
  const own = preFilters.indexOf(plugin)
  return own >= 0 && (preFilter === undefined || own < preFilters.indexOf(preFilter.plugin))
}

const helps = ({ ways, preemptionPolicy }: Beside): boolean =>
  preemptionPolicy !== 'Never' && 'best' in ways

const preemptionText = ({ nodes, ways, preemptionPolicy }: Beside): string => {
  if (preemptionPolicy === 'Never') return 'preemption: not eligible due to preemptionPolicy=Never.'
  if ('best' in ways)
    return `preemption: found a potential placement for pod on node ${ways.best.node}, preempting ${ways.best.count} victims`
  const others = Array.from({ length: nodes - ways.reasons.length }, () => [
    'Preemption is not helpful for scheduling',
  ])
  return `preemption: 0/${nodes} nodes are available:${counted([...ways.reasons, ...others])}`
}
