/**
 * Removes names of nodes from the rules of a class (a workload as the scheduler sees it) when these
 * nodes leave. If a node with the same name joins later, its name is not put back.
 */
import type { ClassRecipe } from '../recipe/recipe.js'

/** The class with some of its node names. They stand under `nodes`, and nothing else does. */
export const keepNodeNames = (
  classSpec: ClassRecipe,
  isUsed: (name: string) => boolean,
): ClassRecipe =>
  JSON.parse(JSON.stringify(classSpec), (key, value: unknown) =>
    key === 'nodes' ? (value as readonly string[]).filter(isUsed) : value,
  ) as ClassRecipe
