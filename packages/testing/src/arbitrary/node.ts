/** Nodes with few attributes and marks. */
import fc, { type Arbitrary } from 'fast-check'
import type { NodeRecipe } from '../recipe/recipe.js'
import { anyKey, anyNodeName, anyValue } from './text.js'
import { anyCapacity } from './vector.js'

/** Each key at most once. */
export const anyAttributes: Arbitrary<NodeRecipe['attributes']> = fc.uniqueArray(
  fc.tuple(anyKey, anyValue),
  { selector: ([key]) => key, maxLength: 3 },
)

/** A node with a few capacities, attributes and marks. */
export const anyNode: Arbitrary<NodeRecipe> = fc.record({
  name: anyNodeName,
  capacity: anyCapacity,
  attributes: anyAttributes,
  marks: fc.array(anyAttributes, { maxLength: 2 }),
})

/** Nodes of different names. */
export const anyNodes: Arbitrary<readonly NodeRecipe[]> = fc.uniqueArray(anyNode, {
  selector: ({ name }) => name,
  maxLength: 6,
})
