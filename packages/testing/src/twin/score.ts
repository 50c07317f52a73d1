/** The slow twin of raw scores: one number for one node, as its sentence in the kernel's `rule/score.ts`. */
import { loadOf, type NodePicture, type Picture } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'
import type { LoadRecipe, RawRecipe, StaticRecipe } from '../recipe/recipe.js'
import { exprTwin } from './expr.js'
import { tallyTwin } from './tally.js'

type Part = LoadRecipe['parts'][number]

/** The raw score of `node`, which is one of the picture's nodes. */
export const rawTwin = (raw: RawRecipe, node: NodePicture, all: Picture): number => {
  if (raw._tag === 'Counts')
    return sum(raw.terms.map(([tally, weight]) => weight * tallyTwin(tally, node, all)))
  if (raw._tag === 'Static') return staticTwin(raw, node)
  if (raw.curve === 'balance-change') return balanceChangeTwin(raw, node)
  return raw.curve === 'remaining' ? remainingTwin(raw, node) : shareTwin(raw, node)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const staticTwin = ({ cases, marks }: StaticRecipe, node: NodePicture): number =>
  sum([
    ...cases.filter(([holds]) => exprTwin(holds, node)).map(([, number]) => number),
    ...node.marks.flatMap((mark) =>
      marks.filter(([holds]) => exprTwin(holds, node, mark)).map(([, number]) => number),
    ),
  ])

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
const wouldHold = (node: NodePicture, { dimension, amount }: Part): number =>
  amountOf(loadOf(node.replicas), dimension) + amount

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

/** In whole numbers of any size, so that nothing is lost; a node that holds more than it has is full. */
const percentage = (curve: LoadRecipe['curve'], part: Part, node: NodePicture): number => {
  const whole = BigInt(amountOf(node.capacity, part.dimension))
  const held = BigInt(wouldHold(node, part))
  const taken = held > whole ? whole : held
  return Number(((curve === 'least' ? whole - taken : taken) * 100n) / whole)
}
