/**
 * Tests partitions that follow nodes against partitions that are computed anew, and the layout that
 * follows their moves.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { listen, newChanges } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import { changesOf, type Draft } from '../../cluster/draft.js'
import { rankedRows } from '../../cluster/roster.js'
import { newScratch } from '../../cluster/scratch.js'
import {
  allowIndexes,
  batch,
  empty,
  findNode,
  getOrThrow,
  internWord,
  join,
  leave,
  type Tally,
} from '../../index.js'
import { applyNodeChanges, newNodeSource } from '../node-changes.js'
import { newSharedStructures, sharedCounts } from '../shared-structures.js'
import { catchUpLayout, flatLayoutOf } from './flat-layout.js'
import { catchUpPartitions, type NodeSource } from './moved-nodes.js'
import { noNumber, partitionsOf, type Partitions, type StaticRules } from './partitions.js'

const ways = { follow: catchUpPartitions, lay: catchUpLayout }

/** Names that follow each other come often, and so do names that lie anywhere. */
const anyChange = fc.record({
  isJoin: fc.boolean(),
  name: fc.oneof(fc.nat(999), fc.integer({ min: 400, max: 440 })),
})
const sequence = (length: number) =>
  fc
    .integer({ min: 0, max: 900 })
    .map((from) => Array.from({ length }, (_, i) => ({ isJoin: true, name: from + i })))
const anyChanges = fc.oneof(fc.array(anyChange, { maxLength: 60, size: 'max' }), sequence(45))

const nameOf = (i: number): string => `n${String(i).padStart(4, '0')}`

const change = (draft: Draft, { isJoin, name }: { isJoin: boolean; name: number }): void => {
  const node = findNode(draft, nameOf(name))
  const zone = [internWord(draft, 'zone'), internWord(draft, `zone-${name % 2}`)] as const
  const spec = { name: nameOf(name), capacity: [], attributes: [zone], marks: [] }
  if (isJoin && O.isNone(node)) getOrThrow(join(draft, spec))
  if (!isJoin && O.isSome(node)) getOrThrow(leave(draft, node.value))
}

/** The rows of each partition in the order of their positions. */
const pictureOf = ({ members, partitionOf, positionOf, samples }: Partitions) => {
  const rows = members.map((list) => [...list].filter((row) => row !== noNumber))
  rows.forEach((list, partition) => {
    for (const row of list) {
      expect([partitionOf[row], members[partition]![positionOf[row]!]]).toEqual([partition, row])
    }
    expect(list.includes(samples[partition]!)).toBe(list.length > 0)
  })
  return rows.filter((list) => list.length > 0).sort(([one], [other]) => one! - other!)
}

const follows = (by: typeof ways, changes: typeof anyChanges = anyChanges) =>
  fc.property(changes, fc.integer({ min: 1, max: 7 }), (changes, stride) => {
    batch(allowIndexes(empty), (draft) => {
      listen(changesOf(draft))
      for (let i = 0; i < 60; i++) change(draft, { isJoin: true, name: 16 * i + (i % 2) })
      const tally: Tally = {
        facts: { _tag: 'Every', of: [] },
        domain: internWord(draft, 'zone'),
        absent: 'skip',
      }
      const rules: StaticRules = { staticFilters: [], staticScores: [], tallies: [tally] }
      const source: NodeSource = newNodeSource(stateOf(draft))
      const shared = newSharedStructures(newChanges(), source)
      shared.nextChange = changesOf(draft).count
      const reads = { tallies: [tally], extremesTallies: [tally] }
      const counts = sharedCounts(shared, reads, stateOf(draft)).get(tally)!
      let partitions = partitionsOf(rules, stateOf(draft), newScratch(), source.domains)
      let layout = flatLayoutOf(partitions)
      for (let i = 0; i < changes.length; i += stride) {
        for (const one of changes.slice(i, i + stride)) change(draft, one)
        const state = stateOf(draft)
        const isFollowing = applyNodeChanges(shared, state, changesOf(draft), () => true)
        if (!isFollowing) return
        if (!by.follow(partitions, rules, source, state, newScratch())) {
          partitions = partitionsOf(rules, state, newScratch(), source.domains)
          partitions.nextNode = source.nodes.length
          layout = flatLayoutOf(partitions)
        }
        by.lay(layout, partitions)
        expect(pictureOf(partitions)).toEqual(
          pictureOf(partitionsOf(rules, state, newScratch(), source.domains)),
        )
        const { leafOf, rowAt } = flatLayoutOf(partitions)
        expect([...layout.leafOf]).toEqual([...leafOf])
        expect([...layout.rowAt]).toEqual([...rowAt])
        const zones = [...rankedRows(state.roster)].map((row) => counts.domains.byRow[row])
        expect(counts.extremes().domains).toBe(new Set(zones).size)
      }
    })
  })

describe('partitions that follow nodes', () => {
  it('are those that are computed anew, and so is their layout', () =>
    fc.assert(follows(ways), { numRuns: 100 }))

  it('do not have to be computed anew for a third more nodes with names that follow', () => {
    const isFollowed: typeof catchUpPartitions = (...args) => {
      expect(catchUpPartitions(...args)).toBe(true)
      return true
    }
    fc.assert(follows({ ...ways, follow: isFollowed }, sequence(20)), { numRuns: 20 })
  })

  it.each<[string, Partial<typeof ways>]>([
    [
      'nothing is followed',
      {
        follow: (partitions, _, { nodes }) => {
          partitions.nextNode = nodes.length
          return true
        },
      },
    ],
    [
      'the last node is passed over',
      {
        follow: (partitions, rules, source, state, scratch) =>
          catchUpPartitions(
            partitions,
            rules,
            { ...source, nodes: source.nodes.slice(0, -1) },
            state,
            scratch,
          ),
      },
    ],
    [
      'nodes are in no order',
      {
        follow: (partitions, rules, source, state, scratch) =>
          catchUpPartitions(
            partitions,
            rules,
            { ...source, labels: source.labels.map((label) => -label) },
            state,
            scratch,
          ),
      },
    ],
    ['leaves stay where they were', { lay: () => undefined }],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(follows({ ...ways, ...broken }))).toBe(true)
  })
})
