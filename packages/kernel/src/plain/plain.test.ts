/**
 * Tests that each function of the plain API returns the same as the fp-ts function that it wraps:
 * `Done` for a Right, `Failed` for a Left, a value for a Some.
 */
import { anyHistory, anyWorld, build, moves, isRefuted } from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import { play } from '../../../testing/src/play/play.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import * as kernel from '../index.js'
import * as plain from '../plain.js'

/** A plain function in the shape of the one that it stands for. */
const either =
  <Given extends readonly unknown[], Value, Wrong>(
    done: (...given: Given) => plain.Result<Value, Wrong>,
  ) =>
  (...given: Given): E.Either<Wrong, Value> => {
    const came = done(...given)
    return came._tag === 'Done' ? E.right(came.value) : E.left(came.fault)
  }

const plainMoves: Moves = {
  ...moves,
  bind: either(plain.bind),
  define: either(plain.define),
  giveColumn: either(plain.giveColumn),
  giveMask: either(plain.giveMask),
  join: either(plain.join),
  leave: either(plain.leave),
  setPhase: either(plain.setPhase),
  stop: either(plain.evict),
}

const playsAlike = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const [actual, expected] = [playing, moves].map((by) => {
      const { cluster, classes } = build(world)
      return play(cluster, classes, history, by).map(({ observation, outcomes }) => [
        observation,
        outcomes,
      ])
    })
    expect(actual).toEqual(expected)
  })

describe('what is done plainly', () => {
  it('comes to the same', () => fc.assert(playsAlike(plainMoves)))

  it('is refuted when what failed is left out', () => {
    const stop: Moves['stop'] = (_, replica) => E.right(replica)
    expect(isRefuted(playsAlike({ ...plainMoves, stop }))).toBe(true)
  })
})

describe('what is looked up plainly', () => {
  const [cluster, ids] = kernel.batch(kernel.empty, (draft) => {
    const [word, dimension] = [
      kernel.internWord(draft, 'zone'),
      kernel.internDimension(draft, 'gpu'),
    ]
    const [mask, column] = [kernel.internMask(draft, 'm'), kernel.internColumn(draft, 'c')]
    const attributes = [[word, word] as const]
    const spec = { name: 'a', capacity: [], attributes, marks: [] }
    const node = kernel.getOrThrow(kernel.join(draft, spec))
    const classSpec = {
      facts: [],
      occupies: [],
      filters: [],
      choice: { _tag: 'Sum', scores: [], tie: 'rank' },
      priority: 0,
    } as const
    const own = kernel.getOrThrow(kernel.define(draft, classSpec))
    return { word, dimension, mask, column, node, class: own }
  })
  const missing = 99 as never

  it.each<
    [string, (cluster: kernel.Cluster, id: never) => unknown, typeof kernel.nodeSpec, number]
  >([
    ['nodeSpec', plain.nodeSpec, kernel.nodeSpec, ids.node],
    ['findClass', plain.findClass, kernel.findClass as never, ids.class],
    ['wordText', plain.wordText, kernel.wordText as never, ids.word],
    ['dimensionName', plain.dimensionName, kernel.dimensionName as never, ids.dimension],
    ['maskName', plain.maskName, kernel.maskName as never, ids.mask],
    ['columnName', plain.columnName, kernel.columnName as never, ids.column],
  ])('is what %s gives, or undefined', (_, find, known, id) => {
    expect(find(cluster, id as never)).toEqual(O.toUndefined(known(cluster, id as never)))
    expect(find(cluster, id as never)).not.toBe(undefined)
    expect(find(cluster, missing)).toBe(undefined)
  })

  it('is a node by its name', () => {
    expect(plain.findNode(cluster, 'a')).toBe(ids.node)
    expect(plain.findNode(cluster, 'b')).toBe(undefined)
  })

  it('is a replayed request', () => {
    plain.batch(cluster, (draft) => {
      const request = { name: 'web', class: ids.class, count: 1 }
      const replayed = plain.replay(draft, [request], new Map(), 'web')
      expect(replayed?.explanation.chosen).toBe(ids.node)
      expect(plain.replay(draft, [request], new Map(), 'db')).toBe(undefined)
    })
  })

  it('is churned, or the step with an unknown id', () => {
    plain.batch(cluster, (draft) => {
      const starts = Float64Array.of(ids.class)
      const churned = plain.churn(draft, { starts, stops: Float64Array.of(-1) })
      expect(churned).toMatchObject({ _tag: 'Done', value: { nodes: Float64Array.of(ids.node) } })
      expect(plain.churn(draft, { starts, stops: starts.fill(missing) })).toMatchObject({
        _tag: 'Failed',
        fault: { _tag: 'UnknownClass', step: 0 },
      })
    })
  })

  it('is what was encoded', () => {
    const bytes = plain.encode(cluster)
    const decoded = plain.getOrThrow(plain.decode(bytes))
    expect(plain.encode(decoded)).toEqual(bytes)
    expect(plain.decode(bytes.slice(1))).toMatchObject({ _tag: 'Failed', fault: { at: ['magic'] } })
  })
})

it('throws where what was certain failed', () => {
  expect(() => plain.getOrThrow({ _tag: 'Failed', fault: 'this' })).toThrow('stowage: "this"')
})
