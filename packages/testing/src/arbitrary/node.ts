/** Nodes with few attributes and marks, of the common texts or of a vocabulary that is given. */
import fc, { type Arbitrary } from 'fast-check'
import type { NodeRecipe } from '../recipe/recipe.js'
import { anyDimension, anyKey, anyNodeName, anyValue } from './text.js'
import { anyCapacityAmount, amountsIn } from './vector.js'

/**
 * What nodes are made of; what is left out is drawn from the common texts, or from small amounts
 * and now and then the largest.
 */
export interface NodeVocabulary {
  readonly names?: Arbitrary<string>
  /** Of attributes and marks. */
  readonly keys?: Arbitrary<string>
  readonly values?: Arbitrary<string>
  readonly dimensions?: Arbitrary<string>
  /** Whole amounts, as `isAmount` has them: what a node has in one dimension. */
  readonly capacity?: Arbitrary<number>
}

/** Attributes of these keys and values, each key at most once. */
export const attributesOf = ({
  keys = anyKey,
  values = anyValue,
}: Pick<NodeVocabulary, 'keys' | 'values'> = {}): Arbitrary<NodeRecipe['attributes']> =>
  fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: 3 })

/** A node with up to three capacities, three attributes and two marks, all of this vocabulary. */
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

/** Up to six nodes of different names, all of this vocabulary. */
export const nodesOf = (vocabulary: NodeVocabulary = {}): Arbitrary<readonly NodeRecipe[]> =>
  fc.uniqueArray(nodeOf(vocabulary), { selector: ({ name }) => name, maxLength: 6 })

/** Attributes of the common keys and values, each key at most once. */
export const anyAttributes: Arbitrary<NodeRecipe['attributes']> = attributesOf()

/** A node with a few capacities, attributes and marks. */
export const anyNode: Arbitrary<NodeRecipe> = nodeOf()

/** Nodes of different names. */
export const anyNodes: Arbitrary<readonly NodeRecipe[]> = nodesOf()
