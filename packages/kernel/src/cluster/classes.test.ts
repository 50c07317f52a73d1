/**
 * Tests that the cached counts of a class's replicas are not used for another class that gets the
 * same id, after a trial was rolled back or in another cluster.
 */
import { lowerNode, plainClass, plainNode, type ClassRecipe } from '@stowage/testing'
import { choiceByRaw } from '../../../testing/src/agreement/choice.js'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { batch, bind, empty, explain, join, trial, type Draft, type NodeId } from '../index.js'

const [web, db]: readonly ClassRecipe[] = ['web', 'db'].map((fact) => ({
  ...plainClass,
  facts: [fact],
}))
const countingWeb: ClassRecipe = {
  ...plainClass,
  choice: choiceByRaw({
    _tag: 'Counts',
    terms: [[{ facts: { _tag: 'Fact', word: 'web' }, domain: 'node', absent: 'own' }, 1]],
  }),
}

/**
 * What the counting class counts on a node once a replica of another class, defined only now,
 * stands there.
 */
const countWith = (draft: Draft, node: NodeId, other: ClassRecipe): number | undefined => {
  const counting = defineRecipe(draft, countingWeb)
  bind(draft, defineRecipe(draft, other), node, 'running')
  return explain(draft, { class: counting }).nodes[0]?.scores[0]?.raw
}
const [one, node] = batch(empty, (draft) => {
  const joined = join(draft, lowerNode(draft, plainNode))
  defineRecipe(draft, countingWeb)
  return E.getOrElse(() => -1 as NodeId)(joined)
})

it('are counted as they are, when a trial had given their ids to others', () => {
  const [, counts] = batch(one, (draft) => [
    trial(draft, () => [false, countWith(draft, node, web!)]),
    countWith(draft, node, db!),
  ])
  expect(counts).toEqual([1, 0])
})

it('are counted as they are, when another cluster gives their ids to others', () => {
  const counts = [web!, db!, web!].map(
    (other) => batch(one, (draft) => countWith(draft, node, other))[1],
  )
  expect(counts).toEqual([1, 0, 1])
})
