/**
 * Scales the raw score of one node by the raw scores of all feasible nodes. This is the slow
 * reference implementation (twin) of normalisers, which make raw scores comparable.
 */
import type { ScoreRecipe } from '../recipe/recipe.js'

/** The normalised `x`. `column` holds the raw scores of all nodes that have one, `x` included. */
export const normaliseTwin = (
  normaliser: ScoreRecipe['normaliser'],
  x: number,
  column: readonly number[],
): number => {
  const max = column.reduce((a, b) => Math.max(a, b), -Infinity)
  const min = column.reduce((a, b) => Math.min(a, b), Infinity)
  switch (normaliser) {
    case 'none':
      return x
    case 'max':
      return max <= 0 ? 0 : Math.trunc((x * 100) / max)
    case 'max-reversed':
      return 100 - normaliseTwin('max', x, column)
    case 'min-max':
      return max === min ? 0 : Math.floor(100 * ((x - min) / (max - min)))
    case 'spread':
      return max === 0 ? 100 : Math.trunc(((max + min - x) * 100) / max)
  }
}
