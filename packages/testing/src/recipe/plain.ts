/**
 * The plainest node and class, to be spread into an example that then says only what matters to it.
 */
import type { ClassRecipe, NodeRecipe } from './recipe.js'

/** A node with nothing. */
export const plainNode: NodeRecipe = { name: 'a', capacity: [], attributes: [], marks: [] }

/** A class that takes nothing, asks nothing and is placed on the first node by name. */
export const plainClass: ClassRecipe = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}
