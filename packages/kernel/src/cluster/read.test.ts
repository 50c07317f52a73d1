/**
 * Property: after any history, reading a cluster returns what was written. A twin (a slow reference
 * implementation) of each operation says what that is.
 */
import { moves, playAgrees, isRefuted } from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batch,
  define,
  empty,
  evict,
  findNode,
  isGone,
  place,
  replicasOn,
  type ClassId,
  type Draft,
  type ReplicaId,
} from '../index.js'
import { classSpecOf, nodeSpecOf } from '../rule/constructors.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { join } from './write.js'

describe('what is read', () => {
  it('is what was written, by the twin of every operation', () =>
    fc.assert(playAgrees(), { numRuns: 300 }))

  it.each<[string, Partial<Moves>]>([
    ['a replica is put on a node as running', { bind: asRunning }],
    ['no phase ever changes', { setPhase: (_, replica) => E.right(replica) }],
    ['another replica is stopped', { stop: stoppingTheNext }],
    ['a node stays while something stands on it', { leave: leavingWhenEmpty }],
    ['a node takes the place of another of its name', { join: replacing }],
    ['a trial is always kept', { trial: (draft, body) => body(draft)[1] }],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(playAgrees({ ...moves, ...broken }))).toBe(true)
  })
})

it('tells a replica that is gone from one that is there, or never was', () => {
  const ids: ReplicaId[] = []
  const next = (draft: Draft, classId: ClassId): ReplicaId =>
    place(draft, [{ class: classId, count: 1 }]).answers[0]!.placed[0]!.replica
  const [cluster] = batch(empty, (draft) => {
    getOrThrow(join(draft, nodeSpecOf('a', [])))
    const classId = getOrThrow(define(draft, classSpecOf([])))
    for (let i = 0; i < 3; i++) ids.push(next(draft, classId))
    for (const id of ids.splice(0, 2)) ids.push(getOrThrow(evict(draft, id)))
    ids.push(next(draft, classId))
  })
  const others = [-1, 0.5, ids[2]! + 67_108_864, Number.MAX_SAFE_INTEGER, 3] as ReplicaId[]
  expect([...ids, ...others].map((id) => isGone(cluster, id))).toEqual([
    ...[false, true, true, false],
    ...others.map(() => false),
  ])
})

function asRunning(...[draft, id, node]: Parameters<typeof moves.bind>) {
  return moves.bind(draft, id, node, 'running')
}

function stoppingTheNext(draft: Draft, replica: ReplicaId) {
  const next = (replica + 1) as ReplicaId
  const stopped = moves.stop(draft, next)
  return E.isRight(stopped) ? stopped : moves.stop(draft, replica)
}

function leavingWhenEmpty(...[draft, node]: Parameters<typeof moves.leave>) {
  return replicasOn(draft, node).length === 0
    ? moves.leave(draft, node)
    : E.left({ _tag: 'UnknownNode', node } as const)
}

function replacing(...[draft, spec]: Parameters<typeof moves.join>) {
  const known = findNode(draft, spec.name)
  if (O.isSome(known)) moves.leave(draft, known.value)
  return moves.join(draft, spec)
}
