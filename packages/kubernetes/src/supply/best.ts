/**
 * Chooses the best of several plans of new nodes for the same pods: that of our own search, of
 * Karpenter, or of the Cluster Autoscaler. The plan that places more pods is better, then the
 * cheaper plan, then the plan with fewer nodes. A plan of Karpenter or of the Cluster Autoscaler is
 * left out if the scheduler would refuse one of its placements.
 */
import type { MindSupply } from './terms.js'

/** The best of our own plan and those of others, as ours. */
export const bestOf = (own: MindSupply, others: readonly MindSupply[]): MindSupply => {
  const best = others.reduce(
    (one, other) => (other.misplaced.length === 0 && isBetter(other, one) ? other : one),
    own,
  )
  return best === own ? own : { ...best, mind: 'best', options: best.nodes.map(() => []) }
}

const isBetter = (one: MindSupply, other: MindSupply): boolean => {
  const [left, otherLeft] = [one, other].map(({ unplaced }) =>
    unplaced.reduce((sum, { count }) => sum + count, 0),
  )
  return (
    left! < otherLeft! ||
    (left === otherLeft &&
      (one.price < other.price ||
        (one.price === other.price && one.nodes.length < other.nodes.length)))
  )
}
