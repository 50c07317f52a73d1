/** Tests that a node changes in place: its description changes, and nothing else. */
import { plainClass, lowerNode, type NodeRecipe } from '@stowage/testing'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import { describe, expect, it } from 'vitest'
import {
  allowIndexes,
  batch,
  bind,
  empty,
  explain,
  findNode,
  getOrThrow,
  giveMask,
  internMask,
  join,
  nodesWhere,
  nodeSpec,
  place,
  redescribe,
  replicasOn,
  evict,
  trial,
  type ClassId,
  type Draft,
  type NodeId,
} from '../index.js'

const node = (cpu: number, zone = 'x'): NodeRecipe => ({
  name: 'a',
  capacity: [['cpu', cpu]],
  attributes: [['zone', zone]],
  marks: [],
})

const staged = (body: (draft: Draft, node: NodeId, classId: ClassId) => void): void => {
  batch(allowIndexes(empty), (draft) => {
    const joined = getOrThrow(join(draft, lowerNode(draft, node(4))))
    const classId = defineRecipe(draft, {
      ...plainClass,
      occupies: [['cpu', 2]],
      filters: [
        {
          _tag: 'Fit',
          plugin: 0,
          removable: true,
          parts: [{ dimension: 'cpu', amount: 2, reason: 7, slot: false }],
        },
      ],
    })
    body(draft, joined, classId)
  })
}

describe('a node that is described anew', () => {
  it('keeps its id, its replicas and its masks', () => {
    staged((draft, id, classId) => {
      const replica = getOrThrow(bind(draft, classId, id, 'running'))
      const mask = getOrThrow(giveMask(draft, internMask(draft, 'm'), [id]))
      const spec = lowerNode(draft, node(8, 'y'))
      expect(getOrThrow(redescribe(draft, id, spec))).toBe(id)
      expect(findNode(draft, 'a')).toMatchObject({ value: id })
      expect(nodeSpec(draft, id)).toMatchObject({ value: spec })
      expect(replicasOn(draft, id)).toEqual([
        { id: replica, class: classId, node: id, phase: 'running' },
      ])
      expect(getOrThrow(nodesWhere(draft, { _tag: 'InMask', mask }))).toEqual([id])
    })
  })

  it('may have less than it holds, and takes nothing more until enough was stopped', () => {
    staged((draft, id, classId) => {
      const [one, other] = [1, 2].map(() => getOrThrow(bind(draft, classId, id, 'running')))
      getOrThrow(redescribe(draft, id, lowerNode(draft, node(3))))
      const refusal = { node: id, first: { removable: true } }
      expect(explain(draft, { class: classId }).nodes).toMatchObject([refusal])
      getOrThrow(evict(draft, one!))
      expect(place(draft, [{ class: classId, count: 1 }]).answers[0]!.placed).toEqual([])
      getOrThrow(evict(draft, other!))
      expect(place(draft, [{ class: classId, count: 2 }]).answers[0]).toMatchObject({
        placed: [{ node: id }],
        unplaced: { count: 1 },
      })
    })
  })

  it('has nothing of a dimension that is not named any more', () => {
    staged((draft, id, classId) => {
      getOrThrow(redescribe(draft, id, { ...lowerNode(draft, node(4)), capacity: [] }))
      expect(place(draft, [{ class: classId, count: 1 }]).answers[0]!.placed).toEqual([])
    })
  })

  it('is as it was before, once a trial is rolled back, also to an index', () => {
    staged((draft, id, classId) => {
      const placed = () =>
        trial(draft, () => [
          false,
          place(draft, [{ class: classId, count: 5 }], { decideBy: 'index' }).answers[0]!.placed,
        ]).length
      expect(placed()).toBe(2)
      trial(draft, () => {
        getOrThrow(redescribe(draft, id, lowerNode(draft, node(8))))
        expect(placed()).toBe(4)
        return [false, undefined]
      })
      expect(placed()).toBe(2)
      getOrThrow(redescribe(draft, id, lowerNode(draft, node(6))))
      expect(placed()).toBe(3)
    })
  })
})
