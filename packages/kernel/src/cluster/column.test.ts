/**
 * Property: answers do not depend on how many dimensions there are, so amounts in sparse maps count
 * as those in columns do. Also counts the memory of resources that one node alone has.
 */
import { anyHistory, anyWorld, build, moves, isRefuted } from '@stowage/testing'
import type { Moves } from '../../../testing/src/play/moves.js'
import { play } from '../../../testing/src/play/play.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { NodeId } from '../rule/id.js'
import { batch } from './batch.js'
import { empty, stateOf } from './cluster.js'
import { columnsMax, copyRare } from './column.js'
import { trial } from './draft.js'
import { internDimension } from './intern.js'
import { nodeLoad } from './read.js'
import { bind, define, join, leave } from './write.js'

const fillers = Array.from({ length: columnsMax }, (_, i) => `filler ${i}`)

/** The same history where `gpu`, which random worlds use, has a column and where it is rare. */
const countsAlike = (playing: Moves) =>
  fc.property(anyWorld, anyHistory, (world, history) => {
    const seen = (dimensions: readonly string[], by: Moves) => {
      const { cluster, classes } = build({ ...world, dimensions })
      return play(cluster, classes, history, by).map(({ observation, outcomes }) => ({
        observation,
        outcomes,
      }))
    }
    expect(seen(fillers, playing)).toEqual(seen([], moves))
  })

describe('a dimension past those with columns', () => {
  it('counts as any other', () => fc.assert(countsAlike(moves), { numRuns: 200 }))

  it.each<[string, Partial<Moves>]>([
    [
      'a replica that stops frees nothing of it',
      {
        stop: (draft, replica) => {
          const rare = copyRare(stateOf(draft).loads.rare)
          const stopped = moves.stop(draft, replica)
          if (E.isRight(stopped)) stateOf(draft).loads = { ...stateOf(draft).loads, rare }
          return stopped
        },
      },
    ],
    [
      'nodes have nothing of it',
      {
        join: (draft, node) => {
          const joined = moves.join(draft, node)
          stateOf(draft).roster.rare.clear()
          return joined
        },
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(countsAlike({ ...moves, ...broken }))).toBe(true)
  })
})

/** As many nodes, each with a resource of its own, of which a replica occupies a part. */
const clusterOf = (size: number) =>
  batch(empty, (draft) => {
    const nodes: NodeId[] = []
    for (let i = 0; i < size; i++) {
      const own = internDimension(draft, `resource ${i}`)
      const spec = { name: `n${i}`, capacity: [[own, 8]], attributes: [], marks: [] } as const
      const node = getOrThrow(join(draft, spec))
      const choice = { _tag: 'Chain', keys: [], tie: 'rank' } as const
      const occupies = [[own, 3]] as const
      const classId = getOrThrow(
        define(draft, { facts: [], occupies, filters: [], choice, priority: 0 }),
      )
      getOrThrow(bind(draft, classId, node, 'running'))
      trial(draft, () => [false, bind(draft, classId, node, 'running')])
      nodes.push(node)
    }
    return nodes
  })

describe('resources of one node each', () => {
  const amountsIn = (size: number): number => {
    const { roster, loads } = stateOf(clusterOf(size)[0])
    const lengths = [...roster.capacity, ...loads.load].map(({ length }) => length)
    const sizes = [...roster.rare.values(), ...loads.rare.values()].map((amounts) => amounts.size)
    return [...lengths, ...sizes].reduce((sum, one) => sum + one, 0)
  }

  it('take memory for what there is', () => {
    expect(amountsIn(4_096) / amountsIn(2_048)).toBeLessThan(2.2)
  })

  it('are counted where they are, until their node leaves', () => {
    const [cluster, nodes] = clusterOf(100)
    const last = nodes[99]!
    expect(nodeLoad(cluster, last)).toEqual([[102, 3]])
    const [without] = batch(cluster, (draft) => leave(draft, last))
    const { roster, loads } = stateOf(without)
    const row = stateOf(cluster).roster.rowOfName.get('n99')!
    expect(roster.rare.has(row)).toBe(false)
    expect(loads.rare.get(row)?.size).toBe(0)
    expect(nodeLoad(cluster, last)).toEqual([[102, 3]])
  })
})
