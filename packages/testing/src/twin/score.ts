/**
 * Computes the raw score of each feasible node, before any normalising or weighting. This is the
 * slow reference implementation (twin) of the scores in the kernel's `rule/raw.ts`.
 */
import type { NodePicture, Picture } from '../picture/canonical.js'
import { amountOf } from '../recipe/pairs.js'
import type { CountsRecipe, RawScoreRecipe, StaticRecipe } from '../recipe/recipe.js'
import { exprTwin, tallyTwin } from './expr.js'
import { loadTwin, sum } from './load.js'
import { pointsTwin } from './points.js'
import { spreadsTwin } from './spread.js'

/** The raw scores of the feasible nodes, in order; `undefined` for a node that is ignored. */
export const rawsTwin = (
  raw: RawScoreRecipe,
  feasible: readonly NodePicture[],
  all: Picture,
): readonly (number | undefined)[] =>
  raw._tag === 'Spread'
    ? spreadsTwin(raw, feasible, all)
    : feasible.map((node) => rawTwin(raw, node, all))

const rawTwin = (
  raw: Exclude<RawScoreRecipe, { readonly _tag: 'Spread' }>,
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

/** A term that refuses the node makes the score ignore it; a term that is skipped adds 0. */
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
