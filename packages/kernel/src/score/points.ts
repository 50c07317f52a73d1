/**
 * Computes the *load* score `points`. It looks up the used percentage of each dimension (CPU,
 * memory, …) on a curve that is given by points, and averages the results by weight.
 */
import type { Amounts } from '../cluster/column.js'
import { columnsOf, type State } from '../cluster/state.js'
import type { Candidates } from '../judge/candidates.js'
import type { LoadPointsScore } from '../rule/raw.js'

/** Writes the score of every candidate to `out`. */
export const scorePoints = (
  { parts: loadParts, points }: LoadPointsScore,
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const curve = Float64Array.from({ length: 101 }, (_, percentage) => valueAt(points, percentage))
  const sides = loadParts.map((part) => ({ ...part, ...columnsOf(state, part.dimension) }))
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    let [sum, weights] = [0, 0]
    for (const { capacity, load, amount, weight } of sides) {
      const whole = capacity[row]!
      if (whole === 0) continue
      const used = load[row]! + amount
      const value = curve[used < whole ? Math.floor((used * 100) / whole) : 100]!
      if (value <= 0) continue
      sum += value * weight
      weights += weight
    }
    out[i] = weights > 0 ? Math.round(sum / weights) : 0
  }
}

/** Linear interpolation between the two points around a percentage. */
const valueAt = (points: LoadPointsScore['points'], percentage: number): number => {
  const right = points.findIndex(([at]) => percentage <= at)
  if (right < 0) return points[points.length - 1]![1]
  const [x1, y1] = points[right]!
  if (right === 0) return y1
  const [x0, y0] = points[right - 1]!
  return y0 + Math.trunc(((y1 - y0) * (percentage - x0)) / (x1 - x0))
}
