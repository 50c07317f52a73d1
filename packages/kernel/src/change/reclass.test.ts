/**
 * Tests that a replica changes its class in place: its counts and its load change, and nothing
 * else.
 */
import { plainClass, plainNode, lowerNode } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import { describe, expect, it } from 'vitest'
import {
  amountMax,
  batch,
  bind,
  empty,
  encode,
  getOrThrow,
  internDimension,
  join,
  memory,
  nodeLoad,
  reclass,
  replicasOn,
  trial,
  type ClassId,
  type Draft,
  type NodeId,
  type Phase,
} from '../index.js'

const staged = (
  body: (draft: Draft, node: NodeId, classOf: (amount: number, of?: string) => ClassId) => void,
) =>
  batch(empty, (draft) => {
    const node = getOrThrow(join(draft, lowerNode(draft, plainNode)))
    body(draft, node, (amount, of = 'memory') =>
      defineRecipe(draft, { ...plainClass, occupies: [[of, amount]] }),
    )
  })[0]

describe('a replica that changes its class', () => {
  it('keeps its id, its node, its phase and its age', () => {
    staged((draft, node, classOf) => {
      const [from, to] = [classOf(2), classOf(5)]
      const ids = (['assumed', 'leaving', 'running'] as Phase[]).map((phase) =>
        getOrThrow(bind(draft, from, node, phase)),
      )
      expect(getOrThrow(reclass(draft, ids[1]!, to))).toBe(ids[1])
      expect(replicasOn(draft, node)).toEqual([
        { id: ids[0], class: from, node, phase: 'assumed' },
        { id: ids[1], class: to, node, phase: 'leaving' },
        { id: ids[2], class: from, node, phase: 'running' },
      ])
      expect(nodeLoad(draft, node)).toEqual([[memory, 9]])
    })
  })

  it('takes of a dimension that no replica took before', () => {
    staged((draft, node, classOf) => {
      const replica = getOrThrow(bind(draft, classOf(2), node, 'running'))
      getOrThrow(reclass(draft, replica, classOf(3, 'new')))
      expect(nodeLoad(draft, node)).toEqual([[internDimension(draft, 'new'), 3]])
    })
  })

  it('is as it was before, once a trial is rolled back', () => {
    const state = (isTried: boolean) =>
      encode(
        staged((draft, node, classOf) => {
          const [from, to, third] = [classOf(2), classOf(5), classOf(3, 'new')]
          const replica = getOrThrow(bind(draft, from, node, 'running'))
          if (isTried)
            trial(draft, () => {
              getOrThrow(reclass(draft, replica, to))
              getOrThrow(reclass(draft, replica, third))
              getOrThrow(reclass(draft, replica, from))
              getOrThrow(reclass(draft, replica, third))
              return [false, undefined]
            })
          expect(nodeLoad(draft, node)).toEqual([[memory, 2]])
        }),
      )
    expect(state(true)).toEqual(state(false))
  })

  it('is refused when the node would hold more than can be added up exactly', () => {
    staged((draft, node, classOf) => {
      const [most, little] = [classOf(amountMax), classOf(1)]
      const bound = Array.from({ length: 101 }, () => bind(draft, most, node, 'running'))
      const count = bound.filter(E.isRight).length
      const replica = getOrThrow(bind(draft, little, node, 'running'))
      const over = E.left({ _tag: 'Overloaded', node, dimension: memory })
      expect(reclass(draft, replica, most)).toEqual(over)
      expect(nodeLoad(draft, node)).toEqual([[memory, count * amountMax + 1]])
      const [first] = bound.filter(E.isRight)
      expect(reclass(draft, first!.right, most)).toEqual(E.right(first!.right))
      const asMuch = defineRecipe(draft, {
        ...plainClass,
        priority: 1,
        occupies: [['memory', amountMax]],
      })
      expect(reclass(draft, first!.right, asMuch)).toEqual(E.right(first!.right))
    })
  })
})
