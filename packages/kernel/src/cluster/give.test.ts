/**
 * Tests of `giveMask` and `giveColumn`, by examples and by random histories. The histories are
 * compared with a twin (a slow reference implementation).
 */
import { moves, plainClass, playAgrees, isRefuted, type ClassRecipe } from '@stowage/testing'
import { choiceByRaw } from '../../../testing/src/agreement/choice.js'
import { anyExpr } from '../../../testing/src/arbitrary/expr.js'
import type { Moves } from '../../../testing/src/play/moves.js'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batch,
  getOrThrow,
  internColumn,
  columnName,
  empty,
  giveColumn,
  giveMask,
  join,
  leave,
  internMask,
  maskName,
  nodesWhere,
  type ColumnId,
  type Draft,
  type MaskId,
  type NodeId,
} from '../index.js'
import { stateOf } from './cluster.js'
import { writable } from './draft.js'
import { rowOf } from './generation.js'

/** Classes that read what is given. */
const anyReading: Arbitrary<ClassRecipe> = fc
  .tuple(anyExpr, fc.constantFrom('images', '__proto__'), fc.constantFrom('claims', '__proto__'))
  .map(([expr, read, held]) => ({
    ...plainClass,
    filters: [
      {
        _tag: 'Require',
        plugin: 0,
        reason: 0,
        removable: false,
        expr: { _tag: 'Any', of: [expr, { _tag: 'InMask', mask: held }] },
      },
    ],
    choice: choiceByRaw({ _tag: 'Column', column: read }),
  }))

const agrees = (broken: Partial<Moves> = {}) => playAgrees({ ...moves, ...broken }, anyReading)

/** Whoever takes a row is in the masks that held the node before it. */
const inheriting: Moves['join'] = (draft, spec) => {
  const came = moves.join(draft, spec)
  if (E.isLeft(came)) return came
  for (const [id, members] of stateOf(draft).inputs.members.entries())
    if ([...members].some((node) => rowOf(node) === rowOf(came.right)))
      writable(draft, 'inputs').members.set(id, new Set(members).add(came.right))
  return came
}

/** A trial that is never taken back, where it is about what is given. */
const leaking: Moves['trial'] = (draft, body) => {
  let { inputs } = stateOf(draft)
  try {
    return moves.trial(draft, (tried) => {
      try {
        return body(tried)
      } finally {
        inputs = stateOf(tried).inputs
      }
    })
  } finally {
    stateOf(draft).inputs = inputs
  }
}

const withOthers: Moves['giveMask'] = (draft, to, nodes) =>
  moves.giveMask(draft, to, [...nodes, ...held(draft, to)])

describe('what is given', () => {
  it('is what was given last, to nodes that stayed', () => fc.assert(agrees(), { numRuns: 300 }))

  it.each<[string, Partial<Moves>]>([
    ['a mask keeps those whom it held', { giveMask: withOthers }],
    ['a mask holds all but the last', { giveMask: (d, to, all) => giveMask(d, to, all.slice(1)) }],
    ['of a node named twice the first counts', { giveColumn: reversing }],
    ['whoever takes a row has what was given there', { join: inheriting }],
    ['a trial is never taken back', { trial: leaking }],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })
})

const joined = (draft: Draft, name: string): NodeId =>
  getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] }))
const twoNodes = (draft: Draft) => [joined(draft, 'a'), joined(draft, 'b')] as const
const held = (draft: Draft, of: MaskId) =>
  getOrThrow(nodesWhere(draft, { _tag: 'InMask', mask: of }))

it('has a name, by which it is the same', () => {
  batch(empty, (draft) => {
    expect(internMask(draft, 'claims')).toBe(internMask(draft, 'claims'))
    expect(internMask(draft, 'claims')).not.toBe(internMask(draft, 'other'))
    expect(maskName(draft, internMask(draft, 'claims'))).toEqual(O.some('claims'))
    expect(columnName(draft, internColumn(draft, 'images'))).toEqual(O.some('images'))
    expect(maskName(draft, 9 as MaskId)).toEqual(O.none)
    expect(columnName(draft, 9 as ColumnId)).toEqual(O.none)
  })
})

it('holds nobody until it is given, and then those whom it was given last', () => {
  batch(empty, (draft) => {
    const [a, b] = twoNodes(draft)
    const claims = internMask(draft, 'claims')
    expect(held(draft, claims)).toEqual([])
    expect(giveMask(draft, claims, [a, b])).toEqual(E.right(claims))
    expect(held(draft, claims)).toEqual([a, b])
    giveMask(draft, claims, [b])
    expect(held(draft, claims)).toEqual([b])
    leave(draft, b)
    joined(draft, 'b')
    expect(held(draft, claims)).toEqual([])
  })
})

it('changes nothing when it can not be given', () => {
  batch(empty, (draft) => {
    const [a, b] = twoNodes(draft)
    leave(draft, b)
    const [claims, images] = [internMask(draft, 'claims'), internColumn(draft, 'images')]
    giveMask(draft, claims, [a])
    const before = stateOf(draft).inputs
    const wrong = (came: E.Either<unknown, unknown>) => (E.isLeft(came) ? came.left : 'was given')
    expect(wrong(giveMask(draft, 9 as MaskId, []))).toEqual({ _tag: 'UnknownMask', mask: 9 })
    expect(wrong(giveMask(draft, claims, [a, b]))).toEqual({ _tag: 'UnknownNode', node: b })
    expect(wrong(giveColumn(draft, 9 as ColumnId, []))).toEqual({
      _tag: 'UnknownColumn',
      column: 9,
    })
    expect(wrong(giveColumn(draft, images, [[b, 1]]))).toEqual({ _tag: 'UnknownNode', node: b })
    for (const number of [NaN, Infinity, 1_000_001, -1_000_001])
      expect(
        wrong(
          giveColumn(draft, images, [
            [a, 1],
            [a, number],
          ]),
        ),
      ).toMatchObject({ _tag: 'BadNumber', column: images, at: [1, 1] })
    expect(stateOf(draft).inputs).toBe(before)
    expect(held(draft, claims)).toEqual([a])
  })
})

it('is not changed in the cluster from which the next is made', () => {
  const [old, [claims, a]] = batch(empty, (draft) => {
    const [node] = twoNodes(draft)
    const made = internMask(draft, 'claims')
    giveMask(draft, made, [node])
    return [made, node] as const
  })
  batch(old, (draft) => giveMask(draft, claims, []))
  expect(nodesWhere(old, { _tag: 'InMask', mask: claims })).toEqual(E.right([a]))
})

function reversing(
  draft: Draft,
  to: ColumnId,
  numbers: readonly (readonly [NodeId, number])[],
): ReturnType<Moves['giveColumn']> {
  return giveColumn(draft, to, [...numbers].reverse())
}

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['no list', 'a'],
  ['no ids', ['a']],
])('says what is wrong when it is %s', (_, what) => {
  batch(empty, (draft) => {
    const [claims, images] = [internMask(draft, 'claims'), internColumn(draft, 'images')]
    expect(giveMask(draft, claims, what as [])).toMatchObject({ left: { _tag: 'BadNodes' } })
    expect(giveColumn(draft, images, what as [])).toMatchObject({ left: { _tag: 'BadNumber' } })
  })
})
