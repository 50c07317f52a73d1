/**
 * Defines a minimal node and a minimal class (a workload as the scheduler sees it), as plain data.
 * Examples spread them (`...plainNode`) and set only the fields that matter.
 */
import type { ClassRecipe, NodeRecipe } from './recipe.js'

/** A node without capacity, attributes or marks. */
export const plainNode: NodeRecipe = { name: 'a', capacity: [], attributes: [], marks: [] }

/** A class without demands or filters; it is placed on the first node by name. */
export const plainClass: ClassRecipe = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}
