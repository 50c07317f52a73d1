/** The slow twin of raw scores: one number for one node, as its sentence in the kernel's `rule/score.ts`. */
import { loadOf, type NodePicture, type Picture } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'
import type { LoadRecipe, RawRecipe } from '../recipe/recipe.js'
import { tallyTwin } from './tally.js'

type Part = LoadRecipe['parts'][number]

/** The raw score of `node`, which is one of the picture's nodes. */
export const rawTwin = (raw: RawRecipe, node: NodePicture, all: Picture): number => {
  if (raw._tag === 'Counts')
    return sum(raw.terms.map(([tally, weight]) => weight * tallyTwin(tally, node, all)))
  return raw.curve === 'remaining' ? remainingTwin(raw, node) : shareTwin(raw, node)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

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
