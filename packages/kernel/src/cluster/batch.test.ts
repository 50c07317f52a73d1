/** Tests of `batch`: an old cluster never changes, and a body that throws changes nothing. */
import { anyHistory, anyWorld, build, moves, isRefuted } from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import { play, observe } from '../../../testing/src/play/play.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, empty, findNode, join, nodeIds, take, internWord } from '../index.js'
import { stateOf, seal, type Cluster } from './cluster.js'
import { ownsAll } from './state.js'

type Body<Answer> = Parameters<typeof batch<Answer>>[1]

/**
 * Whatever was done since, a cluster that was not given up looks and answers as on the day when it
 * was made.
 */
const oldValuesStay = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const { cluster, classes } = build(world)
    for (const moment of play(cluster, classes, history, playing))
      if (!moment.spent) expect(observe(moment.cluster, classes)).toEqual(moment.observation)
  })

it('leaves old values as they were', () => fc.assert(oldValuesStay(moves), { numRuns: 200 }))

it('is refuted when it writes where the old value reads', () => {
  const inPlace = (<Answer>(before: Cluster, body: Body<Answer>) =>
    batch<Answer>(seal(stateOf(before), before.version, ownsAll, true), body)) as Moves['batch']
  expect(isRefuted(oldValuesStay({ ...moves, batch: inPlace }))).toBe(true)
})

it('is refuted when taking also hands over what is shared', () => {
  const grasping: typeof take = (spent) => {
    const taken = take(spent)
    return seal(stateOf(taken), taken.version, ownsAll, true)
  }
  expect(isRefuted(oldValuesStay({ ...moves, take: grasping }))).toBe(true)
})

const joining = (name: string) => (draft: Parameters<typeof join>[0]) =>
  join(draft, { name, capacity: [], attributes: [], marks: [] })

it('makes a value from a value', () => {
  const [one] = batch(empty, joining('a'))
  const [two] = batch(one, joining('b'))
  expect([empty, one, two].map((cluster) => nodeIds(cluster).length)).toEqual([0, 1, 2])
  expect([empty, one, two].map(({ version }) => version)).toEqual([0, 1, 2])
})

it('changes nothing when its body throws', () => {
  const [before] = batch(empty, joining('a'))
  const failing = () =>
    batch(before, (draft) => {
      joining('b')(draft)
      throw new Error('in the middle')
    })
  expect(failing).toThrow('in the middle')
  expect(nodeIds(before)).toHaveLength(1)
  expect(findNode(before, 'b')._tag).toBe('None')
})

it('keeps a word as it was', () => {
  const [one, first] = batch(empty, (draft) => internWord(draft, 'zone'))
  const [, [again, other]] = batch(one, (draft) => [
    internWord(draft, 'zone'),
    internWord(draft, 'arch'),
  ])
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})
