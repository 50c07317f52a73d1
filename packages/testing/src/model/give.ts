/**
 * Sets which masks (sets of nodes) contain a node of a model, and the node's values in columns (one
 * number per node). This is the slow reference implementation (twin) of the kernel's `giveMask` and
 * `giveColumn`.
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
