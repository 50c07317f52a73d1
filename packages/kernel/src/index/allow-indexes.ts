/**
 * Allows a cluster to decide by indexes (structures that find the best node fast): `place` and the
 * other decisions then use an index if the cost model says that it is cheaper than a scan of all
 * nodes. Only this file connects the index to the rest, so a bundle that never calls `allowIndexes`
 * contains no index.
 */
import { withIndexer, type Cluster, type Indexer } from '../cluster/cluster.js'
import { catchUp, type ClassIndex } from './class-index.js'
import { defaultCosts, noCosts } from './cost-model.js'
import { decideByIndex } from './decide.js'
import { forgetClasses, indexFor } from './index-cache.js'

/**
 * The same cluster, which decides by index where that is cheaper than a scan, and so does every
 * cluster that `batch` makes from it. The answers are the same; on thousands of nodes they come up
 * to hundreds of times as fast. A cluster from `decode` must be given anew. A given cluster that
 * came from `take` is spent.
 *
 * @example
 * ```ts
 * import { allowIndexes, batch, classSpecOf, cpu, define, empty } from '@stowage/kernel'
 * import { getOrThrow, join, nodeSpecOf, place } from '@stowage/kernel'
 *
 * batch(allowIndexes(empty), (draft) => {
 *   for (let i = 0; i < 500; i++) getOrThrow(join(draft, nodeSpecOf(`node-${i}`, [[cpu, 1000]])))
 *   const job = getOrThrow(define(draft, classSpecOf([[cpu, 400]])))
 *   console.log(place(draft, [{ class: job, count: 900 }]).decidedBy)
 * })
 * ```
 * ```text
 * index
 * ```
 */
export const allowIndexes = (cluster: Cluster): Cluster => withIndexer(cluster, classIndexes)

const classIndexes: Indexer = {
  indexFor: (draft, classSpec, count, decideBy) =>
    indexFor(draft, classSpec, count, decideBy === 'index' ? noCosts : defaultCosts),
  catchUp: (index, draft) => catchUp(index as ClassIndex, draft),
  decide: (index, draft, replica) => decideByIndex(index as ClassIndex, draft, replica),
  forgetClasses,
}
