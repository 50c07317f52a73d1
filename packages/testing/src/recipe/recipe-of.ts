/**
 * From the nodes and classes of a cluster back to recipes.
 */
import type { Choice, ClassSpec, NodeSpec, Vector, View } from '@stowage/kernel'
import type { ChoiceRecipe, ClassRecipe, NodeRecipe, VectorRecipe } from './recipe.js'
import { textOf } from './told-expr.js'
import { dimensionOf, filterOf, rawOf } from './told-rule.js'

/** A vector as it is told. */
export const vectorOf = (view: View, vector: Vector): VectorRecipe =>
  vector.map(([dimension, amount]) => [dimensionOf(view, dimension), amount])

const attributesOf = (view: View, attributes: NodeSpec['attributes']): NodeRecipe['attributes'] =>
  attributes.map(([key, value]) => [textOf(view, key), textOf(view, value)])

/** The recipe of a node. */
export const recipeOfNode = (view: View, node: NodeSpec): NodeRecipe => ({
  name: node.name,
  capacity: vectorOf(view, node.capacity),
  attributes: attributesOf(view, node.attributes),
  marks: node.marks.map((mark) => attributesOf(view, mark)),
})

/** The recipe of a class, as it stands among the nodes that are there now. */
export const recipeOf = (view: View, classSpec: ClassSpec): ClassRecipe => ({
  facts: classSpec.facts.map((fact) => textOf(view, fact)),
  occupies: vectorOf(view, classSpec.occupies),
  filters: classSpec.filters.map((filter) => filterOf(view, filter)),
  choice: choiceOf(view, classSpec.choice),
  priority: classSpec.priority,
})

const choiceOf = (view: View, choice: Choice): ChoiceRecipe => {
  if (choice._tag === 'Sum') {
    const scores = choice.scores.map((score) => ({ ...score, raw: rawOf(view, score.raw) }))
    return { _tag: 'Sum', scores, tie: choice.tie }
  }
  const keys = choice.keys.map((key) => ({ ...key, raw: rawOf(view, key.raw) }))
  return { _tag: 'Chain', keys, tie: choice.tie }
}
