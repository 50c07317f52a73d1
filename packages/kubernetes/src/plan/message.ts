/**
 * Formats the message with which kube-scheduler reports that a pod found no node, as in the event
 * FailedScheduling that `kubectl describe` shows: `0/5 nodes are available: …`.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Verdict } from '../scheduler/verdict.js'
import type { Ways } from './preemption.js'

/** The input of an event message besides the verdict; `nodes` counts all nodes. */
export interface Beside {
  readonly nodes: number
  /** The profile's PreFilter and PostFilter plugins, in order. */
  readonly preFilters: readonly string[]
  readonly postFilters: readonly string[]
  readonly ways: Ways
  readonly preemptionPolicy: string | undefined
}

/** The event message of an unschedulable verdict. */
export const eventMessage = (verdict: Verdict, beside: Beside): string => {
  if (beside.nodes === 0) return 'no nodes available to schedule pods'
  const before = verdict.preFilter?.reasons.join(', ')
  const refused = Object.values(verdict.rejected ?? {}).map(({ reasons }) => reasons.map(inFull))
  const summary = before === undefined ? reasonCounts(refused) : ` ${before}.`
  const after = afterwards(verdict, beside)
  return `0/${beside.nodes} nodes are available:${summary}${after === '' ? '' : ` ${after}`}`
}

/** Replaces the verdict's text for nodes excluded before filtering by the event's text. */
const inFull = (reason: string): string =>
  reason === 'excluded before filtering'
    ? "node(s) didn't satisfy plugin(s) [NodeAffinity]"
    : reason

/** Counts the nodes per reason, sorted by text: ` 1 Insufficient cpu, 2 Too many pods.` */
const reasonCounts = (reasons: readonly (readonly string[])[]): string => {
  const counts = new Map<string, number>()
  for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  if (counts.size === 0) return ''
  const texts = [...counts].map(([reason, count]) => `${count} ${reason}`)
  return ` ${texts.sort(byCodeUnit).join(', ')}.`
}

/**
 * The messages of the PostFilter plugins; the first plugin that helps ends them. DynamicResources
 * needs state from its PreFilter: if that did not run, the message is `not found` alone.
 */
const afterwards = (verdict: Verdict, beside: Beside): string => {
  const messages: string[] = []
  for (const plugin of beside.postFilters) {
    if (plugin === 'DynamicResources' && !hasHadTurn(plugin, verdict, beside)) return 'not found'
    if (plugin !== 'DefaultPreemption') continue
    if (helps(beside)) return preemptionText(beside)
    messages.push(preemptionText(beside))
  }
  return messages.join(', ')
}

const hasHadTurn = (plugin: string, { preFilter }: Verdict, { preFilters }: Beside): boolean => {
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
  return `preemption: 0/${nodes} nodes are available:${reasonCounts([...ways.reasons, ...others])}`
}
