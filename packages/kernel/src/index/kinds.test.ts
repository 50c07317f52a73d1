/** Kinds of nodes against what is asked of each node alone. */
import {
  anyClass,
  anyPackedClass,
  anyRoomyClass,
  anyWorld,
  build,
  defineRecipe,
  refuted,
  type ClassRecipe,
} from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import type { State } from '../cluster/state.js'
import { rankedRows, ranksOf } from '../cluster/roster.js'
import { newScratch } from '../cluster/scratch.js'
import { batch, pluginId, type ColumnId, type NodeId, type Tally, type WordId } from '../index.js'
import { narrow } from '../judge/judge.js'
import { getClassSpec } from '../place/get-class-spec.js'
import { rawScores } from '../score/score.js'
import { domainsIn } from './domains.js'
import { keyOfKinds, kindsOf, out } from './kinds.js'
import { readsOf, type Reads } from './reads.js'

const scoresAt = ({ common }: Reads, parts: State, row: number): readonly number[] =>
  common.map((raw) => {
    const candidates = { rows: Int32Array.of(row), count: 1 }
    return rawScores(raw, { state: parts, candidates, scratch: newScratch() })[0]!
  })

const takesAny = ({ fixed }: Reads, parts: State, row: number): boolean => {
  const candidates = { rows: Int32Array.of(row), count: 1 }
  for (const filter of fixed) narrow(filter, parts, candidates)
  return candidates.count === 1
}

const domainsAt = ({ tallies }: Reads, parts: State, row: number): readonly number[] =>
  tallies
    .map((tally) => domainsIn(parts, tally))
    .flatMap(({ of, isLone }) => (isLone ? [] : [of[row]!]))

const agrees = (by: typeof kindsOf) =>
  fc.property(
    anyWorld,
    fc.oneof(anyClass, anyPackedClass, anyRoomyClass),
    (world, classSpec: ClassRecipe) => {
      const [cluster, id] = batch(build(world).cluster, (draft) => defineRecipe(draft, classSpec))
      const parts = stateOf(cluster)
      const reads = readsOf(getClassSpec(parts, id), parts)
      fc.pre(reads !== undefined)
      const ranks = ranksOf(parts.roster)
      const { of, positions, members, scores } = by(reads, parts, newScratch())
      const inside = [...rankedRows(parts.roster)].filter((row) => takesAny(reads, parts, row))
      expect([...rankedRows(parts.roster)].filter((row) => of[row] !== out)).toEqual(inside)
      const alike = new Map<string, number[]>()
      for (const row of inside) {
        const said = JSON.stringify([domainsAt(reads, parts, row), scoresAt(reads, parts, row)])
        alike.set(said, [...(alike.get(said) ?? []), row])
        expect(members[of[row]!]![positions[row]!]).toBe(row)
        expect(scores.map((column) => column[of[row]!])).toEqual(scoresAt(reads, parts, row))
      }
      const byFirst = ([a]: readonly number[], [b]: readonly number[]): number =>
        ranks[a!]! - ranks[b!]!
      const some = members.map((rows) => [...rows]).filter((rows) => rows.length > 0)
      expect(some.sort(byFirst)).toEqual([...alike.values()].sort(byFirst))
    },
  )

describe('kinds of nodes', () => {
  it('are of those that the class can never tell apart', () =>
    fc.assert(agrees(kindsOf), { numRuns: 200 }))

  it.each<[string, typeof kindsOf]>([
    ['domains are not looked at', (reads, ...rest) => kindsOf({ ...reads, tallies: [] }, ...rest)],
    [
      'scores are not looked at',
      (reads, ...rest) => ({
        ...kindsOf({ ...reads, common: [] }, ...rest),
        scores: kindsOf(reads, ...rest).scores,
      }),
    ],
    ['filters are not asked', (reads, ...rest) => kindsOf({ ...reads, fixed: [] }, ...rest)],
    [
      'only the first filter is asked',
      (reads, ...rest) => kindsOf({ ...reads, fixed: reads.fixed.slice(0, 1) }, ...rest),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(agrees(broken))).toBe(true)
  })
})

describe('the key of kinds', () => {
  const tally: Tally = { facts: { _tag: 'Every', of: [] }, domain: 1 as WordId, absent: 'own' }
  const reads = {
    fixed: [],
    common: [],
    tallies: [tally],
    isSmall: false,
  } as unknown as Reads

  it.each<readonly [boolean, string, Partial<Reads>]>([
    [true, 'who is counted', { tallies: [{ ...tally, facts: { _tag: 'Some', of: [] } }] }],
    [true, 'what values there are', { isSmall: true }],
    [false, 'a domain', { tallies: [{ ...tally, domain: 2 as WordId }] }],
    [false, 'the attribute that a node must have', { tallies: [{ ...tally, key: 3 as WordId }] }],
    [false, 'what a node without it means', { tallies: [{ ...tally, absent: 'shared' }] }],
    [false, 'a score', { common: [{ _tag: 'Column', column: 0 as ColumnId }] }],
    [
      false,
      'a filter',
      {
        fixed: [
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
    expect(keyOfKinds({ ...reads, ...other }) === keyOfKinds(reads)).toBe(same)
  })
})
