/**
 * Tests the partitions of nodes for a class against a plain evaluation of the fixed rules (those
 * that replicas do not change) on each node.
 */
import { anyClass, anyWorld, build, isRefuted, type ClassRecipe } from '@stowage/testing'
import { anyPackedClass, anyRoomyClass } from '../../../../testing/src/arbitrary/class.js'
import { defineRecipe } from '../../../../testing/src/lower/world.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../cluster/cluster.js'
import type { State } from '../../cluster/state.js'
import { rankedRows, ranksOf } from '../../cluster/roster.js'
import { newScratch } from '../../cluster/scratch.js'
import {
  batch,
  pluginId,
  type ColumnId,
  type NodeId,
  type Tally,
  type WordId,
} from '../../index.js'
import { narrow } from '../../judge/judge.js'
import { getClassSpec } from '../../place/get-class-spec.js'
import { rawScores } from '../../score/score.js'
import { domainsOf } from './domains.js'
import { partitionsKey, partitionsOf, noNumber } from './partitions.js'
import { readSetOf, type ReadSet } from '../read-set.js'

const scoresAt = ({ staticScores }: ReadSet, parts: State, row: number): readonly number[] =>
  staticScores.map((raw) => {
    const candidates = { rows: Int32Array.of(row), count: 1 }
    return rawScores(raw, { state: parts, candidates, scratch: newScratch() })[0]!
  })

const takesAny = ({ staticFilters }: ReadSet, parts: State, row: number): boolean => {
  const candidates = { rows: Int32Array.of(row), count: 1 }
  for (const filter of staticFilters) narrow(filter, parts, candidates)
  return candidates.count === 1
}

const domainsAt = ({ tallies }: ReadSet, parts: State, row: number): readonly number[] =>
  tallies
    .map((tally) => domainsOf(parts, tally))
    .flatMap(({ byRow, isPerNode }) => (isPerNode ? [] : [byRow[row]!]))

const agrees = (by: typeof partitionsOf) =>
  fc.property(
    anyWorld,
    fc.oneof(anyClass, anyPackedClass, anyRoomyClass),
    (world, classSpec: ClassRecipe) => {
      const [cluster, id] = batch(build(world).cluster, (draft) => defineRecipe(draft, classSpec))
      const parts = stateOf(cluster)
      const reads = readSetOf(getClassSpec(parts, id), parts)
      fc.pre(reads !== undefined)
      const ranks = ranksOf(parts.roster)
      const { partitionOf, positionOf, members, scores } = by(reads, parts, newScratch())
      const inside = [...rankedRows(parts.roster)].filter((row) => takesAny(reads, parts, row))
      expect([...rankedRows(parts.roster)].filter((row) => partitionOf[row] !== noNumber)).toEqual(
        inside,
      )
      const alike = new Map<string, number[]>()
      for (const row of inside) {
        const key = JSON.stringify([domainsAt(reads, parts, row), scoresAt(reads, parts, row)])
        alike.set(key, [...(alike.get(key) ?? []), row])
        expect(members[partitionOf[row]!]![positionOf[row]!]).toBe(row)
        expect(scores.map((column) => column[partitionOf[row]!])).toEqual(
          scoresAt(reads, parts, row),
        )
      }
      const byFirst = ([a]: readonly number[], [b]: readonly number[]): number =>
        ranks[a!]! - ranks[b!]!
      const some = members.map((rows) => [...rows]).filter((rows) => rows.length > 0)
      expect(some.sort(byFirst)).toEqual([...alike.values()].sort(byFirst))
    },
  )

describe('kinds of nodes', () => {
  it('are of those that the class can never tell apart', () =>
    fc.assert(agrees(partitionsOf), { numRuns: 200 }))

  it.each<[string, typeof partitionsOf]>([
    [
      'domains are not looked at',
      (reads, ...rest) => partitionsOf({ ...reads, tallies: [] }, ...rest),
    ],
    [
      'scores are not looked at',
      (reads, ...rest) => ({
        ...partitionsOf({ ...reads, staticScores: [] }, ...rest),
        scores: partitionsOf(reads, ...rest).scores,
      }),
    ],
    [
      'filters are not asked',
      (reads, ...rest) => partitionsOf({ ...reads, staticFilters: [] }, ...rest),
    ],
    [
      'only the first filter is asked',
      (reads, ...rest) =>
        partitionsOf({ ...reads, staticFilters: reads.staticFilters.slice(0, 1) }, ...rest),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })
})

describe('the key of kinds', () => {
  const tally: Tally = { facts: { _tag: 'Every', of: [] }, domain: 1 as WordId, absent: 'own' }
  const reads = {
    staticFilters: [],
    staticScores: [],
    tallies: [tally],
    isInt16: false,
  } as unknown as ReadSet

  it.each<readonly [boolean, string, Partial<ReadSet>]>([
    [true, 'who is counted', { tallies: [{ ...tally, facts: { _tag: 'Some', of: [] } }] }],
    [true, 'what values there are', { isInt16: true }],
    [false, 'a domain', { tallies: [{ ...tally, domain: 2 as WordId }] }],
    [false, 'the attribute that a node must have', { tallies: [{ ...tally, key: 3 as WordId }] }],
    [false, 'what a node without it means', { tallies: [{ ...tally, absent: 'shared' }] }],
    [false, 'a score', { staticScores: [{ _tag: 'Column', column: 0 as ColumnId }] }],
    [
      false,
      'a filter',
      {
        staticFilters: [
          {
            _tag: 'Only',
            plugin: pluginId(0),
            removable: false,
            reason: 0 as never,
            nodes: [0 as NodeId],
          },
        ],
      },
    ],
  ])('is the same, %s, where reads differ in %s', (same, _, other) => {
    expect(partitionsKey({ ...reads, ...other }) === partitionsKey(reads)).toBe(same)
  })
})
