/**
 * Tests of `take`, by which a caller gives up a cluster: answers stay the same, and any later use
 * of the given-up cluster throws.
 */
import {
  anyHistory,
  anyWorld,
  build,
  moves,
  picture,
  isRefuted,
  type ClusterHistory,
} from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import { play } from '../../../testing/src/play/play.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batch,
  findClass,
  dimensionName,
  empty,
  explain,
  findNode,
  join,
  nodeLoad,
  nodeIds,
  nodeSpec,
  nodesWhere,
  replicasOn,
  take,
  wordText,
  type Cluster,
} from '../index.js'
import { stateOf, seal } from './cluster.js'
import { ownsAll } from './state.js'

const copying = (history: ClusterHistory): ClusterHistory =>
  history.map((one) => ({ ...one, taken: false }))

/** A stream of batches gives the same, whether each cluster was taken or stays. */
const takingIsUnseen = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const seen = (played: ClusterHistory, by: Moves) => {
      const { cluster, classes } = build(world)
      return play(cluster, classes, played, by).map(({ observation, outcomes }) => ({
        observation,
        outcomes,
      }))
    }
    expect(seen(history, playing)).toEqual(seen(copying(history), moves))
  })

/** A cluster that was given up throws; one that was not does not. */
const spentThrows = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const { cluster, classes } = build(world)
    for (const moment of play(cluster, classes, history, playing))
      if (moment.spent) expect(() => picture(moment.cluster)).toThrow('spent')
  })

describe('take', () => {
  it('changes no answer', () => fc.assert(takingIsUnseen(moves), { numRuns: 150 }))

  it('is refuted when it loses the loads', () => {
    const losing: typeof take = (spent) => {
      const parts = stateOf(take(spent))
      const load = parts.loads.load.map((column) => new Float64Array(column.length))
      return seal({ ...parts, loads: { ...parts.loads, load } }, spent.version, ownsAll, true)
    }
    expect(isRefuted(takingIsUnseen({ ...moves, take: losing }))).toBe(true)
  })

  it('spends what it is given', () => fc.assert(spentThrows(moves)))

  it('is refuted when it spends nothing', () => {
    expect(isRefuted(spentThrows({ ...moves, take: (cluster) => cluster }))).toBe(true)
  })

  it('leaves a value that shares with the one that was taken', () => {
    const [old] = batch(empty, joining('a'))
    const [shared] = batch(old, () => 'nothing was written')
    batch(take(shared), joining('b'))
    expect(nodeIds(old)).toHaveLength(1)
  })

  it('leaves a value that was made of the one that was taken', () => {
    const [old] = batch(empty, joining('a'))
    const [made] = batch(old, () => 'nothing was written')
    batch(take(old), joining('b'))
    expect(nodeIds(made)).toHaveLength(1)
  })

  it('never spends the empty cluster', () => {
    const [one] = batch(take(empty), joining('a'))
    const [hollow] = batch(empty, () => 'nothing was written')
    const [other] = batch(take(hollow), joining('b'))
    expect([empty, one, other].map((cluster) => nodeIds(cluster).length)).toEqual([0, 1, 1])
  })

  it('gives a value that one batch may use, even when its body throws', () => {
    const taken = take(batch(empty, joining('a'))[0])
    expect(() =>
      batch(taken, () => {
        throw new Error('in the middle')
      }),
    ).toThrow('in the middle')
    expect(() => nodeIds(taken)).toThrow('spent')
  })
})

const uses: readonly (readonly [string, (cluster: Cluster) => unknown])[] = [
  ['batch', (cluster) => batch(cluster, () => 0)],
  ['take', take],
  ['nodes', nodeIds],
  ['findNode', (cluster) => findNode(cluster, 'a')],
  ['nodeSpec', (cluster) => nodeSpec(cluster, 0 as never)],
  ['nodeLoad', (cluster) => nodeLoad(cluster, 0 as never)],
  ['replicasOn', (cluster) => replicasOn(cluster, 0 as never)],
  ['findClass', (cluster) => findClass(cluster, 0 as never)],
  ['wordText', (cluster) => wordText(cluster, 0 as never)],
  ['dimensionName', (cluster) => dimensionName(cluster, 0 as never)],
  ['explain', (cluster) => explain(cluster, { class: 0 as never })],
  ['nodesWhere', (cluster) => nodesWhere(cluster, { _tag: 'All', of: [] })],
]

it.each(uses)('a spent cluster throws on %s', (_, use) => {
  const taken = batch(empty, joining('a'))[0]
  take(taken)
  expect(() => use(taken)).toThrow('this Cluster is spent')
})

function joining(name: string) {
  return (draft: Parameters<typeof join>[0]) =>
    join(draft, { name, capacity: [], attributes: [], marks: [] })
}
