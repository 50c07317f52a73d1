/**
 * Tests that groups of nodes that were updated after changes equal groups that are built from the
 * beginning. Also tests the cost of an update.
 */
import {
  anyClass,
  build,
  isRefuted,
  worldOf,
  type ClassRecipe,
  type NodeRecipe,
} from '@stowage/testing'
import { anyNodes } from '../../../../testing/src/arbitrary/node.js'
import { anyLoad } from '../../../../testing/src/arbitrary/score.js'
import { anyPhase } from '../../../../testing/src/arbitrary/text.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listen } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../../cluster/draft.js'
import { nodeIdOf } from '../../cluster/read.js'
import { rankedRows } from '../../cluster/roster.js'
import { newScratch } from '../../cluster/scratch.js'
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  leave,
  pluginId,
  reasonId,
  replicasOn,
  setPhase,
  evict,
  reclass,
  trial,
  internWord,
  type ClassSpec,
  type ClassId,
  type NodeId,
  type ReplicaId,
  type Score,
  type Tally,
} from '../../index.js'
import { narrow } from '../../judge/judge.js'
import { getClassSpec } from '../../place/get-class-spec.js'
import { rawScores } from '../../score/score.js'
import {
  catchUpGroups,
  bestOfGroups,
  groupOfRow,
  openGroups,
  type GroupSource,
  type Groups,
} from './groups.js'
import { partitionsOf, noNumber } from './partitions.js'
import { readSetOf, type ReadSet } from '../read-set.js'
import { openLiveCounts } from './live-counts.js'

/** A dozen nodes of one kind or two, so that groups have many. */
const names = Array.from({ length: 12 }, (_, i) => `n${String((i * 5) % 12).padStart(2, '0')}`)
const anyCrowd: Arbitrary<readonly NodeRecipe[]> = anyNodes
  .filter((some) => some.length > 0)
  .map((some) => names.map((name, i) => ({ ...some[i % Math.min(2, some.length)]!, name })))

/** Loads are scored beside what the class scores, some of them normalised, which moves. */
const anyScoring: Arbitrary<ClassRecipe> = fc
  .tuple(
    anyClass,
    fc.array(fc.record({ raw: anyLoad, normaliser: fc.constantFrom('none', 'max') }), {
      maxLength: 2,
    }),
  )
  .map(([like, loads]) => {
    const scores = loads.map((score) => ({ ...score, plugin: 0, weight: 1 }))
    return like.choice._tag === 'Chain'
      ? like
      : { ...like, choice: { ...like.choice, scores: [...like.choice.scores, ...scores] } }
  })

const anyMove = fc.record({
  _tag: fc.constantFrom('Bind', 'Bind', 'Stop', 'SetPhase', 'Reclass', 'CatchUp'),
  node: fc.nat(11),
  class: fc.nat(2),
  phase: anyPhase,
})
type Move = typeof anyMove extends Arbitrary<infer Value> ? Value : never

const groupingOf = (draft: Draft, reads: ReadSet): GroupSource => {
  const parts = stateOf(draft)
  const sums = reads.tallies.map((tally) => openLiveCounts(parts, tally, false))
  return {
    rules: reads,
    partitions: partitionsOf(reads, parts, newScratch()),
    perNodeCounts: sums.filter(({ domains }) => domains.isPerNode),
  }
}

/**
 * The rows of each group in the order of rank with their values, and the one that stands for it.
 */
const pictureOf = (groups: Groups) => {
  const { rows, count } = bestOfGroups(groups, newScratch())
  return [...rows.subarray(0, count)]
    .map((first) => {
      const { partition, tournament } = groupOfRow(groups, first)
      const members = [...groups.partitions.members[partition]!].flatMap((row, at) => {
        const value = tournament.values[tournament.leafCount + at]!
        return value === tournament.empty ? [] : [[row, 0 + value]]
      })
      return { first, members }
    })
    .sort((one, other) => one.first - other.first)
}

/** By the book: which nodes take a replica, and what tells them apart. */
const valuesByTheBook = ({ staticFilters, nodeFilters, valueTerms }: ReadSet, draft: Draft) => {
  const parts = stateOf(draft)
  const rows = rankedRows(parts.roster).slice()
  const candidates = { rows, count: rows.length }
  for (const filter of [...staticFilters, ...nodeFilters]) narrow(filter, parts, candidates)
  const columns = valueTerms.map(({ raw, factor }) => {
    const scores = rawScores(raw, { state: parts, candidates, scratch: newScratch() })
    return Array.from(scores.subarray(0, candidates.count), (score) => factor * score)
  })
  return Array.from(rows.subarray(0, candidates.count), (row, i) => [
    row,
    columns.reduce((all, column) => all + column[i]!, 0),
  ])
}

const byRow = ([one]: readonly number[], [other]: readonly number[]): number => one! - other!

const keepsUp = (by: typeof catchUpGroups) =>
  fc.property(
    worldOf(anyScoring, { nodes: anyCrowd, names: fc.constantFrom(...names) }),
    fc.array(anyMove, { maxLength: 16 }),
    fc.boolean(),
    (world, moves, isTried) => {
      const { cluster, classes } = build(world)
      batch(cluster, (draft) => {
        const changes = changesOf(draft)
        listen(changes)
        const classSpec = getClassSpec(stateOf(draft), classes[0]!)
        const reads = readSetOf(classSpec, stateOf(draft))
        if (reads === undefined) return
        // What is removed in a trial is counted in a way of its own, for which there is no index.
        if (reads.hasRemovals && isTried) return
        const grouping = groupingOf(draft, reads)
        const groups = openGroups(grouping, draft)
        const agrees = (): void => {
          hearAll(grouping, draft)
          by(groups, stateOf(draft), changes, scratchOf(draft))
          const anew = openGroups(groupingOf(draft, reads), draft)
          expect(pictureOf(groups)).toEqual(pictureOf(anew))
          expect(groups.nonEmpty).toBe(anew.nonEmpty)
          expect(groups.nonEmpty).toBe(pictureOf(groups).length)
          const all = pictureOf(groups).flatMap(({ members }) => members)
          expect(all.sort(byRow)).toEqual(valuesByTheBook(reads, draft).sort(byRow))
        }
        agrees()
        const go = (): void => {
          for (const move of moves)
            if (move._tag === 'CatchUp') agrees()
            else perform(draft, classes, move)
        }
        if (isTried)
          trial(draft, () => {
            go()
            return [false, undefined]
          })
        else go()
        agrees()
      })
    },
  )

/** The sums are made anew in place: that they hear of all is another's affair. */
const hearAll = ({ perNodeCounts }: GroupSource, draft: Draft): void => {
  for (const sum of perNodeCounts) {
    const { counts } = openLiveCounts(stateOf(draft), sum.tally, false)
    sum.counts.set(counts)
  }
}

const perform = (
  draft: Draft,
  classes: readonly ClassId[],
  { _tag, node, class: of, phase }: Move,
): void => {
  const ranked = rankedRows(stateOf(draft).roster)
  const id = nodeIdOf(stateOf(draft), ranked[node % ranked.length]!)
  const [newest] = replicasOn(draft, id)
  if (_tag === 'Bind') bind(draft, classes[of % classes.length]!, id, phase)
  else if (newest === undefined) return
  else if (_tag === 'Stop') getOrThrow(evict(draft, newest.id))
  else if (_tag === 'Reclass') getOrThrow(reclass(draft, newest.id, classes[of % classes.length]!))
  else getOrThrow(setPhase(draft, newest.id, phase))
}

describe('groups', () => {
  it('are those of the nodes as they are, once they have caught up', () =>
    fc.assert(keepsUp(catchUpGroups), { numRuns: 300 }))

  it.each<[string, typeof catchUpGroups]>([
    [
      'nothing is seen',
      (groups, _, { count }) => {
        groups.nextChange = count
      },
    ],
    [
      'the last change is not seen',
      (groups, parts, changes, scratch) => {
        if (groups.nextChange === changes.count) return
        catchUpGroups(groups, parts, { ...changes, count: changes.count - 1 }, scratch)
        groups.nextChange = changes.count
      },
    ],
    [
      'nodes that are full stay',
      (groups, ...rest) =>
        catchUpGroups({ ...groups, rules: { ...groups.rules, nodeFilters: [] } }, ...rest),
    ],
    [
      'what moves is not looked at',
      (groups, ...rest) =>
        catchUpGroups({ ...groups, rules: { ...groups.rules, nodeScores: [] } }, ...rest),
    ],
    [
      'counts are not looked at',
      (groups, ...rest) => catchUpGroups({ ...groups, perNodeCounts: [] }, ...rest),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(keepsUp(broken))).toBe(true)
  })
})

/** What the body of a batch may return: no promise. */
type Settled<Value> = ReturnType<Parameters<typeof batch<Value>>[1]>

/**
 * So many nodes, each with a CPU more than the one before if so said, and a class that is scored
 * so, of which some have a fact.
 */
const withNodes = <Value>(
  count: number,
  scoresOf: (counting: Tally) => readonly Score[],
  look: (at: {
    readonly draft: Draft
    readonly ids: readonly NodeId[]
    readonly counted: ClassId
    readonly other: ClassId
    readonly grouping: GroupSource
    readonly groups: Groups
    readonly seen: () => void
  }) => Settled<Value>,
): Value =>
  batch<Value>(empty, (draft) => {
    listen(changesOf(draft))
    const ids = Array.from({ length: count }, (_, i) =>
      getOrThrow(
        join(draft, {
          name: `n${String(i).padStart(3, '0')}`,
          capacity: [[cpu, 1_000 + i]],
          attributes: [],
          marks: [],
        }),
      ),
    )
    const app = internWord(draft, 'app')
    const tally: Tally = { facts: { _tag: 'Fact', word: app }, domain: 'node', absent: 'own' }
    const classSpec: ClassSpec = {
      facts: [],
      occupies: [],
      filters: [],
      choice: { _tag: 'Sum', scores: scoresOf(tally), tie: 'rank' },
      priority: 0,
    }
    const grouping = groupingOf(draft, readSetOf(classSpec, stateOf(draft))!)
    const groups = openGroups(grouping, draft)
    return look({
      draft,
      ids,
      counted: getOrThrow(define(draft, { ...classSpec, facts: [app] })),
      other: getOrThrow(define(draft, classSpec)),
      grouping,
      groups,
      seen: () => {
        hearAll(grouping, draft)
        catchUpGroups(groups, stateOf(draft), changesOf(draft), scratchOf(draft))
      },
    })
  })[1]

const counting = (tally: Tally): readonly Score[] => [
  {
    plugin: pluginId(0),
    raw: { _tag: 'Counts', terms: [[tally, 1]] },
    normaliser: 'none',
    weight: 1,
  },
]
const movingBy = (): readonly Score[] => [
  {
    plugin: pluginId(0),
    raw: {
      _tag: 'Load',
      curve: 'remaining',
      parts: [{ dimension: cpu, amount: 0, weight: 1 }],
    },
    normaliser: 'max',
    weight: 1,
  },
]

describe('a group', () => {
  it('is used again once it is empty', () => {
    withNodes(3, counting, ({ draft, ids, counted, groups, seen }) => {
      for (let i = 0; i < 20; i++) {
        getOrThrow(bind(draft, counted, ids[0]!, 'running'))
        seen()
        expect(groups.nonEmpty).toBe(2)
      }
      // A node joins its next group before it leaves the last one.
      expect(groups.groups.length).toBe(3)
      expect(pictureOf(groups).map(({ members }) => members.map(([row]) => row))).toEqual([
        [0],
        [1, 2],
      ])
    })
  })

  it('takes room for all nodes of its kind, and each key takes one', () => {
    withNodes(3, counting, ({ draft, ids, counted, groups, seen }) => {
      const begun = 16 * 3 + 4_096
      expect(groups.budget).toBe(begun - 3 - 1)
      getOrThrow(bind(draft, counted, ids[0]!, 'running'))
      seen()
      expect(groups.budget).toBe(begun - 3 - 1 - 3 - 1)
      getOrThrow(evict(draft, replicasOn(draft, ids[0]!)[0]!.id))
      seen()
      expect(groups.budget).toBe(begun - 3 - 1 - 3 - 1)
    })
  })

  it('is not made once there is no room, and no more nodes are looked at', () => {
    withNodes(300, movingBy, ({ groups }) => {
      expect(groups.budget).toBeLessThan(0)
      // Each has room for 300 of 16 times as many and 4,096, less a key for each node.
      expect(groups.groups.length).toBe(Math.floor((16 * 300 + 4_096 - 300) / 300) + 1)
    })
    withNodes(20, movingBy, ({ groups }) => {
      expect(groups.budget).toBe(16 * 20 + 4_096 - 20 - 20 * 20)
    })
  })

  it('is a kind where nothing else matters', () => {
    withNodes(
      3,
      () => [],
      ({ groups }) => {
        expect([...groups.groupOf]).toEqual([0, 0, 0])
        expect(groups.groups.map(({ tournament }) => tournament.tieCounts)).toEqual([undefined])
        expect(groups.budget).toBe(16 * 3 + 4_096 - 3)
        expect(groups.nonEmpty).toBe(1)
      },
    )
  })

  const rowsIn = (groups: Groups): readonly (readonly number[])[] =>
    pictureOf(groups).map(({ members }) => members.map(([row]) => row!))

  it('has a key of its own, also once another had its place', () => {
    withNodes(3, counting, ({ draft, ids, counted, groups, seen }) => {
      const comes = (node: number): void => {
        getOrThrow(bind(draft, counted, ids[node]!, 'running'))
        seen()
      }
      for (const node of [0, 0, 0, 1]) comes(node)
      expect(rowsIn(groups)).toEqual([[0], [1], [2]])
      expect(groups.nextKey).toBe(1 + 4)
    })
  })

  it('is that of its kind, whatever other groups are empty', () => {
    withNodes(3, counting, ({ draft, ids, counted, grouping }) => {
      const kinds = {
        ...grouping.partitions,
        partitionOf: Int32Array.of(0, 0, 1),
        positionOf: Int32Array.of(0, 1, 0),
        members: [Int32Array.of(0, 1), Int32Array.of(2)],
      }
      const groups = openGroups({ ...grouping, partitions: kinds }, draft)
      const seen = (): void => {
        hearAll(grouping, draft)
        catchUpGroups(groups, stateOf(draft), changesOf(draft), scratchOf(draft))
      }
      const replica = getOrThrow(bind(draft, counted, ids[0]!, 'running'))
      seen()
      getOrThrow(evict(draft, replica))
      seen()
      getOrThrow(bind(draft, counted, ids[2]!, 'running'))
      seen()
      expect(rowsIn(groups)).toEqual([[0, 1], [2]])
    })
  })

  it('keeps a node alone in it that changes in what does not matter, and others find it', () => {
    withNodes(3, counting, ({ draft, ids, counted, other, groups, seen }) => {
      for (const [id, node] of [
        [counted, 0],
        [other, 0],
        [counted, 1],
      ] as const) {
        getOrThrow(bind(draft, id, ids[node]!, 'running'))
        seen()
      }
      expect(rowsIn(groups)).toEqual([[0, 1], [2]])
    })
  })

  it('is joined by all that belong there as long as there is room, to the last of it', () => {
    withNodes(3, counting, ({ draft, ids, counted, groups, seen }) => {
      // A key, and a group with room for three.
      groups.budget = 4
      for (const node of [0, 1]) getOrThrow(bind(draft, counted, ids[node]!, 'running'))
      seen()
      expect(groups.budget).toBe(0)
      expect(rowsIn(groups)).toEqual([[0, 1], [2]])
    })
  })

  it('is left by a node that is full, while others come back', () => {
    withNodes(
      2,
      () => [],
      ({ draft, ids, other, grouping }) => {
        const own: ReadSet['nodeFilters'] = [
          {
            _tag: 'Limit',
            plugin: pluginId(0),
            removable: false,
            reason: reasonId(0),
            tally: { facts: { _tag: 'Every', of: [] }, domain: 'node', absent: 'own' },
            self: 1,
            max: 2,
          },
        ]
        const groups = openGroups(
          { ...grouping, rules: { ...grouping.rules, nodeFilters: own } },
          draft,
        )
        const after = (...nodes: readonly number[]) => {
          for (const node of nodes) getOrThrow(bind(draft, other, ids[node]!, 'running'))
          catchUpGroups(groups, stateOf(draft), changesOf(draft), scratchOf(draft))
          return [rowsIn(groups).flat(), groups.nonEmpty]
        }
        expect(after(0, 0, 1)).toEqual([[1], 1])
        expect(after(1, 0)).toEqual([[], 0])
        expect(after(1, 0)).toEqual([[], 0])
      },
    )
  })

  it('is left by what is not counted where it stands, and is not looked for', () => {
    withNodes(3, counting, ({ draft, ids, counted, other, grouping, groups, seen }) => {
      const lookups: number[] = []
      const [sum] = grouping.perNodeCounts
      const { countAt } = sum!
      Object.assign(sum!, {
        countAt: (row: number) => {
          lookups.push(row)
          return countAt(row)
        },
      })
      const askedAfter = (id: ClassId, node: number): readonly number[] => {
        lookups.length = 0
        getOrThrow(bind(draft, id, ids[node]!, 'running'))
        seen()
        return [...lookups]
      }
      expect(askedAfter(other, 1)).toEqual([])
      expect(askedAfter(counted, 1)).toEqual([1])
      expect(askedAfter(other, 1)).toEqual([])
      expect(groups.nextChange).toBe(changesOf(draft).count)
    })
  })

  it('hears of each change once, whatever else has changed on the node', () => {
    withNodes(3, counting, ({ draft, ids, counted, other, groups, seen }) => {
      const replicas: ReplicaId[] = []
      for (const id of [other, counted, other])
        replicas.push(getOrThrow(bind(draft, id, ids[2]!, 'running')))
      seen()
      expect(pictureOf(groups).map(({ members }) => members.map(([row]) => row))).toEqual([
        [0, 1],
        [2],
      ])
      getOrThrow(evict(draft, replicas[1]!))
      getOrThrow(bind(draft, other, ids[2]!, 'running'))
      seen()
      expect(pictureOf(groups).map(({ members }) => members.map(([row]) => row))).toEqual([
        [0, 1, 2],
      ])
    })
  })

  it('knows nothing of what was a node in a trial alone', () => {
    withNodes(2, counting, ({ draft, counted, groups, seen }) => {
      const before = pictureOf(groups)
      trial(draft, () => {
        const node = getOrThrow(
          join(draft, { name: 'another', capacity: [], attributes: [], marks: [] }),
        )
        getOrThrow(bind(draft, counted, node, 'running'))
        getOrThrow(leave(draft, node))
        return [false, undefined]
      })
      seen()
      expect(pictureOf(groups)).toEqual(before)
      expect(groups.partitions.partitionOf[2] ?? noNumber).toBe(noNumber)
    })
  })
})
