/**
 * Converts nodes and classes (workloads as the scheduler sees them) from the kernel's form to plain
 * data, with texts in place of ids. Tests compare clusters with different ids in this form.
 */
import type { Choice, ClassSpec, NodeSpec, Vector, View } from '@stowage/kernel'
import type { ChoiceRecipe, ClassRecipe, NodeRecipe, VectorRecipe } from '../recipe/recipe.js'
import { raiseWord } from './expr.js'
import { raiseDimension, raiseFilter, raiseRawScore } from './rule.js'

/** The recipe of a vector. */
export const raiseVector = (view: View, vector: Vector): VectorRecipe =>
  vector.map(([dimension, amount]) => [raiseDimension(view, dimension), amount])

const raiseAttributes = (
  view: View,
  attributes: NodeSpec['attributes'],
): NodeRecipe['attributes'] =>
  attributes.map(([key, value]) => [raiseWord(view, key), raiseWord(view, value)])

/** The recipe of a node. */
export const raiseNode = (view: View, node: NodeSpec): NodeRecipe => ({
  name: node.name,
  capacity: raiseVector(view, node.capacity),
  attributes: raiseAttributes(view, node.attributes),
  marks: node.marks.map((mark) => raiseAttributes(view, mark)),
})

/** The recipe of a class. Nodes that left are no longer named. */
export const raiseClass = (view: View, classSpec: ClassSpec): ClassRecipe => ({
  facts: classSpec.facts.map((fact) => raiseWord(view, fact)),
  occupies: raiseVector(view, classSpec.occupies),
  filters: classSpec.filters.map((filter) => raiseFilter(view, filter)),
  choice: raiseChoice(view, classSpec.choice),
  priority: classSpec.priority,
})

const raiseChoice = (view: View, choice: Choice): ChoiceRecipe => {
  if (choice._tag === 'Sum') {
    const scores = choice.scores.map((score) => ({ ...score, raw: raiseRawScore(view, score.raw) }))
    return { _tag: 'Sum', scores, tie: choice.tie }
  }
  const keys = choice.keys.map((key) => ({ ...key, raw: raiseRawScore(view, key.raw) }))
  return { _tag: 'Chain', keys, tie: choice.tie }
}
