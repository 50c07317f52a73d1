/**
 * The slow twin of giving: what is given about the node of a name, once a mask or a column was
 * given.
 */
import type { GivenPicture } from '../picture/settled.js'
import type { ColumnRecipe, MaskRecipe } from '../recipe/recipe.js'

/** A mask holds the nodes that it was given last, and no others. */
export const masksAfter = (
  { masks, numbers }: GivenPicture,
  { mask, nodes }: MaskRecipe,
  name: string,
): GivenPicture => ({
  numbers,
  masks: [...masks.filter((other) => other !== mask), ...(nodes.includes(name) ? [mask] : [])],
})

/** A column has the numbers that it was given last, and 0 for the others. */
export const numbersAfter = (
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
