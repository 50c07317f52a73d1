/**
 * Removes each mask (a named set of nodes) that no class uses from the nodes of a model. This is
 * the slow reference implementation (twin) of the kernel's `forget`.
 */
import type { GivenPicture } from '../picture/content.js'
import type { ClassRecipe } from '../recipe/recipe.js'

/** The names of the masks in these classes. They stand under `mask`, and nothing else does. */
export const masksNamed = (classes: readonly ClassRecipe[]): ReadonlySet<string> => {
  const names = new Set<string>()
  JSON.stringify(classes, (key, value: unknown) => {
    if (key === 'mask') names.add(value as string)
    return value
  })
  return names
}

/** What a node was given, without the masks that no class names. */
export const keepMasks = (
  { masks, numbers }: GivenPicture,
  names: ReadonlySet<string>,
): GivenPicture => ({ numbers, masks: masks.filter((mask) => names.has(mask)) })
