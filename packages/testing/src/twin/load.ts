/**
 * The slow twin of *Load*: what a node would hold, as the sentences of the kernel's `rule/raw.ts`.
 */
import { loadOf, type NodePicture } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'
import type { LoadRecipe } from '../recipe/recipe.js'
import { sum } from './sum.js'

type Part = LoadRecipe['parts'][number]

/** The number for one node, by any curve but points. */
export const loadTwin = (load: LoadRecipe, node: NodePicture): number => {
  if (load.curve === 'balance-change') return balanceChangeTwin(load, node)
  return load.curve === 'remaining' ? remainingTwin(load, node) : shareTwin(load, node)
}

const balanceChangeTwin = ({ parts }: LoadRecipe, node: NodePicture): number => {
  const had = parts.filter((part) => amountOf(node.capacity, part.dimension) > 0)
  const even = (amountIn: (part: Part) => number): number => {
    const shares = had.map((part) =>
      Math.min(1, amountIn(part) / amountOf(node.capacity, part.dimension)),
    )
    return Math.floor((1 - deviationTwin(shares)) * 100)
  }
  const change =
    even((part) => wouldHold(node, part)) -
    even((part) => amountOf(loadOf(node.replicas), part.dimension))
  return 50 + Math.floor((50 + change) / 2)
}

/** Of two numbers the standard deviation is half their distance; of fewer it is 0. */
const deviationTwin = (shares: readonly number[]): number => {
  if (shares.length < 2) return 0
  if (shares.length === 2) return (Math.max(...shares) - Math.min(...shares)) / 2
  const mean = sum(shares) / shares.length
  return Math.sqrt(sum(shares.map((share) => (share - mean) ** 2)) / shares.length)
}

/** What the node would hold with the replica on it. */
export const wouldHold = (
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
  const had = parts.filter((part) => amountOf(node.capacity, part.dimension) > 0)
  const weight = sum(had.map((part) => part.weight))
  if (weight === 0) return 0
  const percentages = had.map((part) => part.weight * percentage(curve, part, node))
  return Math.floor(sum(percentages) / weight)
}

/**
 * In whole numbers of any size, so that nothing is lost; a node that holds more than it has is
 * full.
 */
export const percentage = (curve: LoadRecipe['curve'], part: Part, node: NodePicture): number => {
  const whole = BigInt(amountOf(node.capacity, part.dimension))
  const held = BigInt(wouldHold(node, part))
  const taken = held > whole ? whole : held
  return Number(((curve === 'least' ? whole - taken : taken) * 100n) / whole)
}
