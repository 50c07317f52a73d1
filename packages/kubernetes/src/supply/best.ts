/**
 * Chooses the best plan for the same pods: our own, unless that of another mind places more of
 * them, or as many for less. A plan with pods that the scheduler would refuse is none.
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
