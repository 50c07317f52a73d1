/**
 * Says when a NodePool keeps its nodes: it has a fixed size, is never consolidated, lets only empty
 * nodes go, or a budget of it lets none go. As one node goes after the other, a budget of one node
 * or more keeps none; one that holds at some times is taken to hold, as no clock is read.
 *
 * Source: Karpenter documentation, "Disruption" (consolidationPolicy, budgets).
 */
import { consolidationDelay } from '../node-pool/consolidation-delay.js'
import { nodePoolKey } from '../node-pool/well-known.js'
import type { NodePool } from '../node-pool/words.js'
import type { Labels } from '../words/label-selector.js'

/** Why the pool of a node keeps it; `undefined` when it does not, or when there is none. */
export const poolHold = (
  pools: readonly NodePool[],
  labels: Labels,
  isEmpty: boolean,
): string | undefined => {
  const pool = pools.find(({ metadata }) => metadata.name === labels.get(nodePoolKey))
  if (pool === undefined) return undefined
  const { replicas, disruption } = pool.spec
  const title = `NodePool ${pool.metadata.name}`
  if (replicas !== undefined) return `${title} has a fixed size`
  if (consolidationDelay(pool) === undefined)
    return `${title} is never consolidated: consolidateAfter is ${disruption.consolidateAfter}`
  if (disruption.consolidationPolicy === 'WhenEmpty' && !isEmpty)
    return `${title} lets only empty nodes go: consolidationPolicy is WhenEmpty`
  const reason = isEmpty ? 'Empty' : 'Underutilized'
  const isClosed = disruption.budgets.some(
    ({ nodes, reasons }) =>
      /^0+%?$/.test(nodes) && (reasons === undefined || reasons.includes(reason)),
  )
  return isClosed ? `a budget of ${title} lets no node go` : undefined
}
