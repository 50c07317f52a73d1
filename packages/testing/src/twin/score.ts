/**
 * The slow twin of raw scores: a number for each node, as their sentences in the kernel's
 * `rule/raw.ts`.
 */
import type { NodePicture, Picture } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'
import type { CountsRecipe, RawRecipe, StaticRecipe } from '../recipe/recipe.js'
import { exprTwin } from './expr.js'
import { loadTwin } from './load.js'
import { pointsTwin } from './points.js'
import { spreadsTwin } from './spread.js'
import { sum } from './sum.js'
import { tallyTwin } from './tally.js'

/** The raw scores of the nodes that passed, in their order; nothing for one that is ignored. */
export const rawsTwin = (
  raw: RawRecipe,
  passed: readonly NodePicture[],
  all: Picture,
): readonly (number | undefined)[] =>
  raw._tag === 'Spread'
    ? spreadsTwin(raw, passed, all)
    : passed.map((node) => rawTwin(raw, node, all))

const rawTwin = (
  raw: Exclude<RawRecipe, { readonly _tag: 'Spread' }>,
  node: NodePicture,
  all: Picture,
): number | undefined => {
  switch (raw._tag) {
    case 'Static':
      return staticTwin(raw, node, all)
    case 'Column':
      return amountOf(node.given.numbers, raw.column)
    case 'Load':
      return raw.curve === 'points' ? pointsTwin(raw, node) : loadTwin(raw, node)
    case 'Counts':
      return countsTwin(raw, node, all)
  }
}

const staticTwin = ({ cases, marks }: StaticRecipe, node: NodePicture, all: Picture): number =>
  sum([
    ...cases.filter(([holds]) => exprTwin(holds, node, all)).map(([, number]) => number),
    ...node.marks.flatMap((mark) =>
      marks.filter(([holds]) => exprTwin(holds, node, all, mark)).map(([, number]) => number),
    ),
  ])

/** One term that refuses the node is enough to ignore it; one that is skipped counts nothing. */
const countsTwin = (
  { terms }: CountsRecipe,
  node: NodePicture,
  all: Picture,
): number | undefined => {
  const counts = terms.map(([tally]) => tallyTwin(tally, node, all))
  if (terms.some(([{ absent }], i) => absent === 'refuse' && counts[i] === undefined))
    return undefined
  return sum(terms.map(([, weight], i) => weight * (counts[i] ?? 0)))
}
