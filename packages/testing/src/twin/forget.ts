/**
 * What becomes of a class when nodes are not there: it names them no more, not even when others of
 * their names join.
 */
import type { ClassRecipe } from '../recipe/recipe.js'

/**
 * The class with those names that are kept. In a class names of nodes stand under `nodes`, and
 * nothing else does.
 */
export const namingOnly = (classSpec: ClassRecipe, kept: (name: string) => boolean): ClassRecipe =>
  JSON.parse(JSON.stringify(classSpec), (key, value: unknown) =>
    key === 'nodes' ? (value as readonly string[]).filter(kept) : value,
  ) as ClassRecipe
