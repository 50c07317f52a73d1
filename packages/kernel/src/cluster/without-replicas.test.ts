/**
 * Property: while `withoutReplicas` evaluates its function, the replicas are gone from their nodes.
 * Afterwards they are back, in the same place and order.
 */
import { anyWorld, build, listsAgree, loadsAddUp, isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, nodeIds, replicasOn, type ReplicaId } from '../index.js'
import { withoutReplicas } from './without-replicas.js'
import { stateOf } from './cluster.js'
import { rowOf } from './generation.js'
import { hasReplica } from './replicas.js'
import { movesOf } from './trial-moves.js'

/**
 * Some replicas in some order: of those that there are, each by its place among those that are
 * left.
 */
const chosen = (replicas: readonly ReplicaId[], picks: readonly number[]): readonly ReplicaId[] => {
  const left = [...replicas]
  return picks.flatMap((pick) => left.splice(pick % Math.max(1, left.length), 1))
}

/**
 * While they are gone, nobody sees them but the moves that tallies hear of; and then all is as it
 * was.
 */
const goesAndComesBack = (putting: typeof withoutReplicas) =>
  fc.property(anyWorld, fc.array(fc.nat(), { maxLength: 6 }), (world, picks) => {
    const { cluster } = build(world)
    batch(cluster, (draft) => {
      const there = () => nodeIds(draft).map((node) => replicasOn(draft, node).map(({ id }) => id))
      const before = there()
      const gone = chosen(before.flat(), picks)
      const [during, heard, stored] = putting(draft, gone.map(rowOf), ({ moves, replicas }) => [
        there(),
        movesOf(moves),
        gone.filter((id) => hasReplica(replicas, id)),
      ])
      expect(during).toEqual(before.map((ids) => ids.filter((id) => !gone.includes(id))))
      expect(heard.map(({ change }) => change)).toEqual(gone.map(() => -1))
      expect(stored).toEqual([])
      expect(there()).toEqual(before)
      expect(stateOf(draft).moves).toBeUndefined()
    })
  })

describe('replicas that are put aside', () => {
  it('are gone for the while, and then stand where they stood', () =>
    fc.assert(goesAndComesBack(withoutReplicas), { numRuns: 300 }))

  it.each<[string, typeof withoutReplicas]>([
    ['one stays', (draft, rows, body) => withoutReplicas(draft, rows.slice(1), body)],
    [
      'nothing is heard',
      (draft, rows, body) =>
        withoutReplicas(draft, rows, (parts) => body({ ...parts, moves: undefined })),
    ],
  ])('are refuted when %s', (_, putting) => expect(isRefuted(goesAndComesBack(putting))).toBe(true))

  it('come back with what they took', () =>
    fc.assert(
      fc.property(anyWorld, (world) => {
        const { cluster } = build(world)
        const [after] = batch(cluster, (draft) => {
          const rows = nodeIds(draft)
            .flatMap((node) => replicasOn(draft, node))
            .map(({ id }) => rowOf(id))
          withoutReplicas(draft, rows, ({ loads }) => {
            for (const column of loads.load)
              expect(column.every((amount) => amount === 0)).toBe(true)
          })
        })
        expect([...listsAgree(after), ...loadsAddUp(after)]).toEqual([])
      }),
    ))
})
