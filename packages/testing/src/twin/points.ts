/**
 * Interpolates a score between given points of utilisation, in big integers. This is the slow
 * reference implementation (twin) of the score *Load* with the curve `points`.
 */
import type { NodePicture } from '../picture/canonical.js'
import { amountOf } from '../recipe/pairs.js'
import type { LoadPointsRecipe } from '../recipe/recipe.js'
import { percentage } from './load.js'

/** The number for one node. Weights must be multiples of 1/2, scores of points whole numbers. */
export const pointsTwin = ({ parts, points }: LoadPointsRecipe, node: NodePicture): number => {
  const scores = parts
    .filter(({ dimension }) => amountOf(node.capacity, dimension) > 0)
    .map((part) => ({
      score: scoreAt(points, percentage('most', part, node)),
      halves: BigInt(2 * part.weight),
    }))
    .filter(({ score }) => score > 0n)
  const halves = scores.reduce((sum, one) => sum + one.halves, 0n)
  if (halves === 0n) return 0
  const twice = scores.reduce((sum, { score, halves: weight }) => sum + 2n * score * weight, 0n)
  return Number((twice + halves) / (2n * halves))
}

/** Interpolates; the difference to the left point is rounded toward 0. */
const scoreAt = (points: LoadPointsRecipe['points'], at: number): bigint => {
  const [first, last] = [points[0]!, points[points.length - 1]!]
  if (at <= first[0]) return BigInt(first[1])
  if (at >= last[0]) return BigInt(last[1])
  const left = [...points].reverse().find(([here]) => here <= at)!
  const right = points.find(([here]) => here > at)!
  const [run, rise] = [right[0] - left[0], right[1] - left[1]]
  return BigInt(left[1]) + BigInt(rise * (at - left[0])) / BigInt(run)
}
