/**
 * Tests that a class or a node is the same recipe (plain description) after it was converted to the
 * kernel's form and back.
 */
import { batch, empty, join } from '@stowage/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyClass } from '../arbitrary/class.js'
import { anyNode } from '../arbitrary/node.js'
import { isRefuted } from '../agreement/refuted.js'
import { lowerClass, lowerNode } from '../lower/world.js'
import { raiseClass, raiseNode } from './class.js'
import { plainNode } from '../recipe/plain.js'
import type { ClassRecipe } from '../recipe/recipe.js'

const everyName = ['a', 'b', 'c', 'B', 'a10', '__proto__']

/** A class that was lowered among nodes of every name is told as it was written. */
const toldAsWritten = (misread: (classSpec: ClassRecipe) => ClassRecipe) =>
  fc.property(anyClass, (classSpec) => {
    const [, raised] = batch(empty, (draft) => {
      for (const name of everyName) join(draft, lowerNode(draft, { ...plainNode, name }))
      return raiseClass(draft, lowerClass(draft, misread(classSpec)))
    })
    expect(raised).toEqual(classSpec)
  })

it('of a class says what was lowered', () => fc.assert(toldAsWritten((classSpec) => classSpec)))

it('of a class is refuted when a fact is lost', () => {
  const losing = ({ facts, ...rest }: ClassRecipe): ClassRecipe => ({
    ...rest,
    facts: facts.slice(1),
  })
  expect(isRefuted(toldAsWritten(losing))).toBe(true)
})

it('of a node says what was lowered', () =>
  fc.assert(
    fc.property(anyNode, (node) => {
      const [, raised] = batch(empty, (draft) => raiseNode(draft, lowerNode(draft, node)))
      expect(raised).toEqual(node)
    }),
  ))

it('leaves out the name of a node that is not there', () => {
  const [, raised] = batch(empty, (draft) => {
    join(draft, lowerNode(draft, plainNode))
    return raiseClass(
      draft,
      lowerClass(draft, {
        facts: [],
        occupies: [],
        filters: [{ _tag: 'Only', plugin: 0, reason: 0, removable: false, nodes: ['a', 'b'] }],
        choice: { _tag: 'Sum', scores: [], tie: 'rank' },
        priority: 0,
      }),
    )
  })
  expect(raised.filters).toMatchObject([{ nodes: ['a'] }])
})
