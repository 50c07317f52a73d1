/**
 * Determines whether a NodePool keeps one of its nodes from being removed, and why:
 * 1. The NodePool has a fixed size.
 * 2. Its `consolidateAfter` is `Never`.
 * 3. Its consolidation policy is `WhenEmpty`, and the node has pods.
 * 4. One of its budgets allows 0 nodes. The schedule of the budget is ignored.
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
