/**
 * Reference implementation (slow twin) of `giveMask` and `giveColumn`, which set the nodes of a
 * mask (a set of nodes) and the numbers of a column (a number per node). Computes for one node,
 * from its masks and numbers before the call, those after the call.
 */
import type { GivenPicture } from '../picture/content.js'
import type { ColumnRecipe, MaskRecipe } from '../recipe/recipe.js'

/** Giving a mask replaces its nodes. */
export const giveMaskTwin = (
  { masks, numbers }: GivenPicture,
  { mask, nodes }: MaskRecipe,
  name: string,
): GivenPicture => ({
  numbers,
  masks: [...masks.filter((other) => other !== mask), ...(nodes.includes(name) ? [mask] : [])],
})

/** Giving a column replaces its numbers; a node without a number has 0. */
export const giveColumnTwin = (
  { masks, numbers }: GivenPicture,
  { column, numbers: given }: ColumnRecipe,
  name: string,
): GivenPicture => ({
  masks,
  numbers: [
    ...numbers.filter(([other]) => other !== column),
    ...given
      .filter(([node]) => node === name)
      .slice(-1)
      .map(([, number]) => [column, number] as const),
  ],
})
