/** Property: after any history, the load of a node is the sum of what its replicas occupy. */
import { anyHistory, anyWorld, build, loadsAddUp, moves, isRefuted } from '@stowage/testing'
import { play } from '../../../testing/src/play/play.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cpu } from '../rule/dimension.js'
import { stateOf } from './cluster.js'
import { removeLoad } from './loads.js'

const addUp = (playing: typeof moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const { cluster, classes } = build(world)
    const moments = play(cluster, classes, history, playing)
    expect(
      moments.filter(({ spent }) => !spent).flatMap((moment) => loadsAddUp(moment.cluster)),
    ).toEqual([])
  })

it('are what the replicas occupy, whatever was done', () => fc.assert(addUp(moves)))

it('are refuted when one that is stopped frees more than it took', () => {
  const stop: typeof moves.stop = (draft, replica) => {
    const stopped = moves.stop(draft, replica)
    if (E.isRight(stopped)) removeLoad(stateOf(draft).loads, 0, [[cpu, 1]])
    return stopped
  }
  expect(isRefuted(addUp({ ...moves, stop }))).toBe(true)
})
