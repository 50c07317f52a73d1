/** Tests that a node that is sized to a class takes one replica of it, and not two. */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch } from '../cluster/batch.js'
import { empty } from '../cluster/cluster.js'
import { define, join } from '../cluster/write.js'
import { place } from '../place/place.js'
import { classSpecOf, fit, nodeSpecOf } from '../rule/constructors.js'
import { cpu, memory } from '../rule/dimension.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { cutNode } from './cut-node.js'

const anyAmounts = fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 50 }))

/** What is asked may be more than what is occupied, as for a pod with limits beside requests. */
const takesOne = (cut: typeof cutNode) =>
  fc.property(anyAmounts, fc.nat(20), ([cpus, bytes], surplus) => {
    const spec = classSpecOf(
      [
        [cpu, cpus],
        [memory, bytes],
      ],
      { filters: [fit([[cpu, cpus + surplus]]), fit([[memory, bytes]])] },
    )
    const [, placed] = batch(empty, (draft) => {
      getOrThrow(join(draft, cut(nodeSpecOf('n', [[cpu, 1]]), spec)))
      const made = getOrThrow(define(draft, spec))
      return place(draft, [{ class: made, count: 2 }]).answers[0]!.placed.length
    })
    expect(placed).toBe(1)
  })

it('takes one replica', () => fc.assert(takesOne(cutNode)))
it('is refuted when only what is occupied counts', () => {
  expect(isRefuted(takesOne((spec, { occupies }) => ({ ...spec, capacity: occupies })))).toBe(true)
})
it('keeps the name, the attributes and the marks', () => {
  const spec = nodeSpecOf('n', [[cpu, 1]])
  expect(cutNode(spec, classSpecOf([[memory, 3]]))).toEqual({ ...spec, capacity: [[memory, 3]] })
})
