import {
  anyHistory,
  anyWorld,
  build,
  listsAgree,
  moves,
  plainClass,
  play,
  refuted,
} from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, bind, join, leave, replicasOn } from '../index.js'
import { partsOf } from './cluster.js'

const agree = (playing: typeof moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const { cluster, classes } = build(world)
    const moments = play(cluster, classes, history, playing)
    expect(
      moments.filter(({ spent }) => !spent).flatMap((moment) => listsAgree(moment.cluster)),
    ).toEqual([])
  })

it('are listed once, each by its own node, whatever was done', () => fc.assert(agree(moves)))

it('are refuted when a node that left is still ranked', () => {
  const staying: typeof moves.leave = (draft, node) => {
    const { ranked } = partsOf(draft).roster
    const left = moves.leave(draft, node)
    if (E.isRight(left)) partsOf(draft).roster.ranked = ranked
    return left
  }
  expect(refuted(agree({ ...moves, leave: staying }))).toBe(true)
})

it('are refuted when two nodes share a list', () => {
  const sharing: typeof moves.bind = (draft, ...rest) => {
    const bound = moves.bind(draft, ...rest)
    const { first } = partsOf(draft).replicas
    if (E.isRight(bound)) first[1] = first[0]!
    return bound
  }
  expect(refuted(agree({ ...moves, bind: sharing }))).toBe(true)
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
