/**
 * Tests that node lists that were updated after changes equal lists that are sorted from the
 * beginning.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listen } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import { changesOf } from '../../cluster/draft.js'
import { capacityAt, loadAt, type State } from '../../cluster/state.js'
import { ranksOf } from '../../cluster/roster.js'
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  leave,
  memory,
  evict,
  trial,
  type ClassId,
  type Cluster,
  type DimensionId,
  type NodeId,
  type ReplicaId,
} from '../../index.js'
import type { Partitions } from './partitions.js'
import { catchUpFreeOrder, openFreeOrder, type FreeOrder, type FreeOrderKey } from './free-order.js'

const nodes = 90

/**
 * Nodes of three kinds and some that take no replica, named so that a row is no rank, and three
 * classes that take this and that.
 */
const [start, { ids, classes }] = batch(empty, (draft) => ({
  ids: Array.from({ length: nodes }, (_, i) =>
    getOrThrow(
      join(draft, {
        name: `n${String((i * 37) % nodes).padStart(2, '0')}`,
        capacity: [
          [cpu, (i % 5) * 4],
          [memory, i % 3],
        ],
        attributes: [],
        marks: [],
      }),
    ),
  ),
  classes: [
    [[cpu, 1]],
    [[memory, 1]],
    [
      [cpu, 2],
      [memory, 1],
    ],
  ].map((occupies) =>
    getOrThrow(
      define(draft, {
        facts: [],
        occupies: occupies as never,
        filters: [],
        choice: { _tag: 'Chain', keys: [], tie: 'rank' },
        priority: 0,
      }),
    ),
  ),
}))
const kindAt = (row: number): number => (row % 4) - 1
const kinds: Partitions = {
  partitionOf: Int32Array.from({ length: nodes }, (_, row) => kindAt(row)),
  positionOf: new Int32Array(nodes),
  members: [0, 1, 2].map((kind) =>
    Int32Array.from(ids, (_, row) => row).filter((row) => kindAt(row) === kind),
  ),
  scores: [],
  samples: Int32Array.of(1, 2, 3),
  moves: [],
  nextNode: 0,
}

/** The rows of each line with what each node has left, in order. */
const pictureOf = ({ lists }: FreeOrder) =>
  lists.map(({ blocks, order: { width, free } }) =>
    blocks.flatMap(({ count, rows }) =>
      Array.from(rows.subarray(0, count), (row) => [
        row,
        ...free.subarray(row * width, (row + 1) * width),
      ]),
    ),
  )

const toldByTheBook = ({ dimension, sign }: FreeOrderKey, parts: State) => {
  const leftOf = (row: number): readonly number[] =>
    [...parts.dimensions.texts.keys()].map(
      (d) => capacityAt(parts, d as DimensionId, row) - loadAt(parts, d as DimensionId, row),
    )
  const ranks = ranksOf(parts.roster)
  return kinds.members.map((members) =>
    [...members]
      .map((row) => [row, ...leftOf(row)])
      .sort(
        (one, other) =>
          sign * (one[dimension + 1]! - other[dimension + 1]!) ||
          ranks[one[0]!]! - ranks[other[0]!]!,
      ),
  )
}

const anyMove = fc.record({ node: fc.nat(nodes - 1), class: fc.nat(2), goes: fc.boolean() })
const anyStage = fc.record({
  moves: fc.array(anyMove, { maxLength: 120, size: 'max' }),
  isTried: fc.boolean(),
})

const keepsUp = (by: typeof catchUpFreeOrder) =>
  fc.property(
    fc.record({
      dimension: fc.constantFrom(cpu, memory),
      sign: fc.constantFrom<1 | -1>(1, -1),
    }),
    fc.array(anyStage, { maxLength: 4 }),
    (ordering, stages) => {
      batch(start, (draft) => {
        const changes = changesOf(draft)
        listen(changes)
        const order = openFreeOrder(kinds, ordering, stateOf(draft), changes.count)
        const replicas: ReplicaId[] = []
        for (const { moves, isTried } of stages) {
          const move = (): void => {
            for (const { node, class: of, goes } of moves)
              if (goes && replicas.length > 0) getOrThrow(evict(draft, replicas.pop()!))
              else replicas.push(getOrThrow(bind(draft, classes[of]!, ids[node]!, 'running')))
          }
          const before = replicas.slice()
          if (isTried)
            trial(draft, () => {
              move()
              by(order, stateOf(draft), changes)
              return [false, undefined]
            })
          else move()
          if (isTried) replicas.splice(0, replicas.length, ...before)
          by(order, stateOf(draft), changes)
          expect(order.nextChange).toBe(changes.count)
          expect(pictureOf(order)).toEqual(toldByTheBook(ordering, stateOf(draft)))
        }
      })
    },
  )

describe('an order', () => {
  it('is that of the nodes as they are, once it has caught up', () =>
    fc.assert(keepsUp(catchUpFreeOrder), { numRuns: 50 }))

  it.each<[string, typeof catchUpFreeOrder]>([
    [
      'nothing is seen',
      (order, _, { count }) => {
        order.nextChange = count
      },
    ],
    [
      'the last change is not seen',
      (order, parts, changes) => {
        catchUpFreeOrder(order, parts, { ...changes, count: changes.count - 1 })
        order.nextChange = changes.count
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(keepsUp(broken))).toBe(true)
  })

  /**
   * The lines stay those that were there, or all are others, after so many changes; and they are
   * right.
   */
  const linesAfter = (changed: number, cluster: Cluster = start) =>
    batch(cluster, (draft) => {
      const changes = changesOf(draft)
      listen(changes)
      // What was before has been seen, and is no reason to begin anew.
      for (const id of ids) getOrThrow(bind(draft, classes[1]!, id, 'running'))
      const ordering = { dimension: cpu, sign: 1 } as const
      const order = openFreeOrder(kinds, ordering, stateOf(draft), changes.count)
      const lines = [...order.lists]
      for (let i = 0; i < changed; i++)
        getOrThrow(bind(draft, classes[0]!, ids[i % nodes]!, 'running'))
      catchUpFreeOrder(order, stateOf(draft), changes)
      expect(pictureOf(order)).toEqual(toldByTheBook(ordering, stateOf(draft)))
      return lines.map((line, kind) => (line === order.lists[kind] ? 'kept' : 'new'))
    })[1]

  it('moves no more nodes than have changed, and is made anew where that is less work', () => {
    expect(linesAfter(nodes)).toEqual(['kept', 'kept', 'kept'])
    expect(linesAfter(nodes + 1)).toEqual(['new', 'new', 'new'])
  })

  it('is made anew where it is no longer known what has changed', () => {
    batch(start, (draft) => {
      const changes = changesOf(draft)
      const order = openFreeOrder(kinds, { dimension: cpu, sign: 1 }, stateOf(draft), changes.count)
      getOrThrow(bind(draft, classes[0]!, ids[1]!, 'running'))
      listen(changes)
      catchUpFreeOrder(order, stateOf(draft), changes)
      expect(pictureOf(order)).toEqual(toldByTheBook({ dimension: cpu, sign: 1 }, stateOf(draft)))
    })
  })

  it('passes over what was a node in a trial alone', () => {
    batch(start, (draft) => {
      const changes = changesOf(draft)
      listen(changes)
      const order = openFreeOrder(kinds, { dimension: cpu, sign: 1 }, stateOf(draft), changes.count)
      trial(draft, () => {
        const node: NodeId = getOrThrow(
          join(draft, { name: 'another', capacity: [], attributes: [], marks: [] }),
        )
        getOrThrow(bind(draft, classes[0] as ClassId, node, 'running'))
        getOrThrow(leave(draft, node))
        return [false, undefined]
      })
      catchUpFreeOrder(order, stateOf(draft), changes)
      expect(pictureOf(order)).toEqual(toldByTheBook({ dimension: cpu, sign: 1 }, stateOf(draft)))
    })
  })
})
