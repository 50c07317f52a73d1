/** Property: after any history, each replica is listed exactly once, on its own node. */
import { anyHistory, anyWorld, build, listsAgree, plainClass, isRefuted } from '@stowage/testing'
import { play } from '../../../testing/src/play/play.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, bind, join, leave, replicasOn } from '../index.js'
import { stateOf } from './cluster.js'
import { writable } from './draft.js'
import type { State } from './state.js'
import { rankedRows } from './roster.js'

/** After any history, and what is done to the last draft by hand, the lists of a cluster agree. */
const agree = (spoil: (parts: State) => void = () => undefined) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const { cluster, classes } = build(world)
    const moments = play(cluster, classes, history).filter(({ spent }) => !spent)
    expect(moments.flatMap((moment) => listsAgree(moment.cluster))).toEqual([])
    const last = moments[moments.length - 1]!.cluster
    batch(last, (draft) => {
      writable(draft, 'roster')
      writable(draft, 'replicas')
      spoil(stateOf(draft))
      expect(listsAgree(draft)).toEqual([])
    })
  })

it('are listed once, each by its own node, whatever was done', () => fc.assert(agree()))

it.each<[string, (parts: State) => void]>([
  ['a node that left is still ranked', ({ roster }) => (roster.ranking.rows = Int32Array.of(99))],
  [
    'nodes are not ranked by name',
    ({ roster }) => (roster.ranking.rows = rankedRows(roster).slice().reverse()),
  ],
  ['two nodes share a list', ({ replicas }) => replicas.first.fill(replicas.first[0] ?? 0)],
  ['a name leads elsewhere', ({ roster }) => void roster.rowOfName.set('a', 1)],
])('are refuted when %s', (_, spoil) => {
  expect(isRefuted(agree(spoil))).toBe(true)
})

it('are given up newest first, and listed oldest first', () => {
  const { cluster, classes } = build({ nodes: [], classes: [plainClass], replicas: [] })
  batch(cluster, (draft) => {
    const node = join(draft, { name: 'a', capacity: [], attributes: [], marks: [] })
    if (E.isLeft(node)) throw new Error(node.left._tag)
    const bound = [1, 2, 3].map(() => bind(draft, classes[0]!, node.right, 'running'))
    const ids = bound.flatMap((id) => (E.isRight(id) ? [id.right] : []))
    expect(replicasOn(draft, node.right).map(({ id }) => id)).toEqual(ids)
    expect(leave(draft, node.right)).toEqual(E.right([...ids].reverse()))
  })
})
