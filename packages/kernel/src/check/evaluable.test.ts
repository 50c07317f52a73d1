/**
 * Tests that every accepted class can be evaluated. A class with random damage is either refused,
 * with the path of the damage, or can be placed and explained. Nothing throws.
 */
import { anyClass, build, lowerClass, plainNode, isRefuted } from '@stowage/testing'
import { pathsIn, replaceAt } from '../../../testing/src/damage/damage.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { addClass } from '../cluster/classes.js'
import { writable } from '../cluster/draft.js'
import { batch, define, explain, place, remedies, type ClassSpec, type ClassId } from '../index.js'

const junk = fc.constantFrom<unknown>(
  ...[undefined, null, true, -1, 0.5, NaN, 1e300, 99, '', 'x', 'node', [], [[]], {}],
  ...[{ _tag: 'All' }, { _tag: 'Count' }, { _tag: 'Has', key: 0 }, { _tag: 'Nothing' }],
)

const { cluster } = build({
  nodes: ['a', 'b'].map((name) => ({ ...plainNode, name, attributes: [['zone', 'x']] })),
  classes: [],
  replicas: [],
})

const letsInWhatCanBeEvaluated = (defining: typeof define) =>
  fc.property(anyClass, fc.nat(), junk, (classSpec, position, by) => {
    batch(cluster, (draft) => {
      const lowered = lowerClass(draft, classSpec)
      const places = pathsIn(lowered)
      const steps = places[position % places.length]!
      const damaged = replaceAt(lowered, steps, by)
      const came = defining(draft, damaged as ClassSpec)
      if (E.isLeft(came)) {
        const inside = came.left.at.slice(0, -1).map(String)
        expect(pathsIn(damaged)).toContainEqual(inside)
        return
      }
      place(draft, [{ class: came.right, count: 2 }])
      explain(draft, { class: came.right })
      remedies(draft, { class: came.right })
    })
  })

it('lets in what can be evaluated, and says where the rest is wrong', () =>
  fc.assert(letsInWhatCanBeEvaluated(define), { numRuns: 2_000 }))

it('is refuted when everything is let in', () => {
  const open: typeof define = (draft, classSpec) =>
    E.right(addClass(writable(draft, 'classes'), classSpec) as ClassId)
  expect(isRefuted(letsInWhatCanBeEvaluated(open))).toBe(true)
})
