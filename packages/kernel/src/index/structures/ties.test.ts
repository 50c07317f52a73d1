/**
 * Tests that the n-th of all best nodes, computed by counts in tournament trees, is the n-th in a
 * plain sorted list of these nodes.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../cluster/cluster.js'
import { ranksOf } from '../../cluster/roster.js'
import { batch, getOrThrow, empty, join } from '../../index.js'
import { nthTie } from './ties.js'
import { noNumber, type Partitions } from './partitions.js'
import { newTournament, setLeaf } from './tournament.js'

/**
 * Nodes join in an order of their own, so that a row is no rank; each is of one of a few kinds, or
 * takes no replica.
 */
const anyNodes = fc.array(
  fc.record({
    of: fc.integer({ min: noNumber, max: 2 }),
    value: fc.integer({ min: 5, max: 7 }),
    isIn: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
)

const isTheNth = (by: typeof nthTie) =>
  fc.property(anyNodes, fc.nat(), (nodes, place) => {
    const names = nodes.map((_, row) => `n${String((row * 17) % 41).padStart(2, '0')}`)
    const [cluster] = batch(empty, (draft) => {
      for (const name of names)
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] }))
    })
    const parts = stateOf(cluster)
    const ranks = ranksOf(parts.roster)
    const inRank = nodes.map((_, row) => row).sort((a, b) => ranks[a]! - ranks[b]!)
    const members = [0, 1, 2].map((kind) =>
      Int32Array.from(inRank.filter((row) => nodes[row]!.of === kind)),
    )
    const groups = members.map((rows, kind) => {
      const tree = newTournament(rows.length, { isInt16: true, hasTies: true })
      rows.forEach((row, at) => {
        if (nodes[row]!.isIn) setLeaf(tree, at, nodes[row]!.value)
      })
      return { partition: kind, tournament: tree, key: kind }
    })
    const best = groups.map(({ partition: kind }) => {
      const inside = inRank.filter((row) => nodes[row]!.of === kind && nodes[row]!.isIn)
      const most = Math.max(...inside.map((row) => nodes[row]!.value))
      return inside.filter((row) => nodes[row]!.value === most)
    })
    const taken = groups.filter(({ partition }) => best[partition]!.length > 0)
    fc.pre(taken.length > 0)
    const equals = best.flat().sort((a, b) => ranks[a]! - ranks[b]!)
    const kinds: Partitions = {
      partitionOf: Int32Array.from(nodes, ({ of }) => of),
      positionOf: new Int32Array(nodes.length),
      members,
      scores: [],
      samples: new Int32Array(members.length),
      moves: [],
      nextNode: 0,
    }
    expect(by(taken, kinds, parts, place)).toBe(equals[place % equals.length])
  })

describe('the nth of those that are equally good', () => {
  it('is counted by rank over all groups, round and round', () =>
    fc.assert(isTheNth(nthTie), { numRuns: 300 }))

  it.each<[string, typeof nthTie]>([
    ['the next one is taken', (groups, kinds, parts, n) => nthTie(groups, kinds, parts, n + 1)],
    [
      'one group is asked alone',
      (groups, kinds, parts, n) => nthTie(groups.slice(0, 1), kinds, parts, n),
    ],
    ['the first is always taken', (groups, kinds, parts) => nthTie(groups, kinds, parts, 0)],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(isTheNth(broken))).toBe(true)
  })
})
