/**
 * Computes the score *Load*, which rates a node by how full it would be with the new replica, in a
 * slow and obvious way (a twin). Tests compare the kernel's score with it. One of the formulas of
 * the score, the interpolation between given points, is in `points.ts`.
 */
import { loadOf, type NodePicture } from '../picture/canonical.js'
import { amountOf } from '../recipe/pairs.js'
import type { LoadRecipe } from '../recipe/recipe.js'

type Part = LoadRecipe['parts'][number]

/** The number for one node, for every curve except points. */
export const loadTwin = (load: LoadRecipe, node: NodePicture): number => {
  if (load.curve === 'balance-change') return balanceChangeTwin(load, node)
  return load.curve === 'remaining' ? remainingTwin(load, node) : shareTwin(load, node)
}

const balanceChangeTwin = ({ parts }: LoadRecipe, node: NodePicture): number => {
  const present = parts.filter((part) => amountOf(node.capacity, part.dimension) > 0)
  const even = (amountIn: (part: Part) => number): number => {
    const shares = present.map((part) =>
      Math.min(1, amountIn(part) / amountOf(node.capacity, part.dimension)),
    )
    return Math.floor((1 - deviationTwin(shares)) * 100)
  }
  const change =
    even((part) => wouldHold(node, part)) -
    even((part) => amountOf(loadOf(node.replicas), part.dimension))
  return 50 + Math.floor((50 + change) / 2)
}

/** The standard deviation: half the distance of two numbers, 0 of fewer. */
const deviationTwin = (shares: readonly number[]): number => {
  if (shares.length < 2) return 0
  if (shares.length === 2) return Math.abs(shares[0]! - shares[1]!) / 2
  const mean = sum(shares) / shares.length
  return Math.sqrt(sum(shares.map((share) => (share - mean) ** 2)) / shares.length)
}

/** The load of the node with the new replica on it. */
const wouldHold = (
  node: NodePicture,
  { dimension, amount }: Pick<Part, 'dimension' | 'amount'>,
): number => amountOf(loadOf(node.replicas), dimension) + amount

const remainingTwin = ({ parts }: LoadRecipe, node: NodePicture): number =>
  sum(
    parts.map(
      (part) => part.weight * (amountOf(node.capacity, part.dimension) - wouldHold(node, part)),
    ),
  )

const shareTwin = ({ curve, parts }: LoadRecipe, node: NodePicture): number => {
  const present = parts.filter((part) => amountOf(node.capacity, part.dimension) > 0)
  const weight = sum(present.map((part) => part.weight))
  if (weight === 0) return 0
  const percentages = present.map((part) => part.weight * percentage(curve, part, node))
  return Math.floor(sum(percentages) / weight)
}

/** Computed with big integers, so nothing is rounded. An overfull node counts as full. */
export const percentage = (curve: LoadRecipe['curve'], part: Part, node: NodePicture): number => {
  const whole = BigInt(amountOf(node.capacity, part.dimension))
  const held = BigInt(wouldHold(node, part))
  const used = held > whole ? whole : held
  return Number(((curve === 'least' ? whole - used : used) * 100n) / whole)
}

/** The sum in the given order; 0 for an empty list. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
