/**
 * Generates random nodes with a few attributes (labels) and marks (taints), made of a few common
 * texts or of texts that the caller gives.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { NodeRecipe } from '../recipe/recipe.js'
import { anyDimension, anyKey, anyNodeName, anyValue } from './text.js'
import { anyCapacityAmount, amountsIn } from './vector.js'

/**
 * The words and amounts of nodes. A missing field means the common texts, and small amounts with
 * the largest one now and then.
 */
export interface NodeVocabulary {
  readonly names?: Arbitrary<string>
  /** Keys of attributes and marks. */
  readonly keys?: Arbitrary<string>
  readonly values?: Arbitrary<string>
  readonly dimensions?: Arbitrary<string>
  /** The amount that a node has in one dimension: whole, as `isAmount` requires. */
  readonly capacity?: Arbitrary<number>
}

/** Up to three attributes with different keys. */
const attributesOf = ({
  keys = anyKey,
  values = anyValue,
}: Pick<NodeVocabulary, 'keys' | 'values'> = {}): Arbitrary<NodeRecipe['attributes']> =>
  fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: 3 })

/** A node with up to three dimensions, three attributes and two marks, from a vocabulary. */
export const nodeOf = (vocabulary: NodeVocabulary = {}): Arbitrary<NodeRecipe> => {
  const { names = anyNodeName, dimensions = anyDimension } = vocabulary
  const attributes = attributesOf(vocabulary)
  return fc.record({
    name: names,
    capacity: amountsIn(dimensions, vocabulary.capacity ?? anyCapacityAmount),
    attributes,
    marks: fc.array(attributes, { maxLength: 2 }),
  })
}

/** Up to six nodes with different names, from a vocabulary. */
export const nodesOf = (vocabulary: NodeVocabulary = {}): Arbitrary<readonly NodeRecipe[]> =>
  fc.uniqueArray(nodeOf(vocabulary), { selector: ({ name }) => name, maxLength: 6 })

/** A node from the common texts. */
export const anyNode: Arbitrary<NodeRecipe> = nodeOf()

/** Up to six nodes with different names, from the common texts. */
export const anyNodes: Arbitrary<readonly NodeRecipe[]> = nodesOf()
