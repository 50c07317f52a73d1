/**
 * Tests the results of the fast scoring loop against the functions of `judge` and `score`, on
 * clusters large enough for tournaments of several levels.
 */
import { build, lowerNode, isRefuted, worldOf } from '@stowage/testing'
import { anyRoomyClass } from '../../../../testing/src/arbitrary/class.js'
import { anyNodes } from '../../../../testing/src/arbitrary/node.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listen, type Changes } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import { changesOf, scratchOf, type Draft } from '../../cluster/draft.js'
import { newScratch } from '../../cluster/scratch.js'
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  nodeIds,
  pluginId,
  reasonId,
  evict,
  type ClassSpec,
  type NodeId,
  type ReplicaId,
} from '../../index.js'
import { narrow } from '../../judge/judge.js'
import { getClassSpec } from '../../place/get-class-spec.js'
import { rawScores } from '../../score/score.js'
import { loopQueryOf, loopScoresOf } from '../loop-query.js'
import {
  catchUpFlatTournaments,
  bestOfFlatTournaments,
  feasibleInPartition,
  openFlatTournaments,
  type FlatTournaments,
} from './flat-tournaments.js'
import { catchUpNodeRecords, openNodeRecords, type NodeRecords } from './node-records.js'
import { partitionsOf, type Partitions } from './partitions.js'
import { flatLayoutOf } from './flat-layout.js'
import { demandOf, readSetOf, type ReadSet } from '../read-set.js'

interface Stage {
  readonly draft: Draft
  readonly reads: ReadSet
  readonly kinds: Partitions
  readonly holdings: NodeRecords
  readonly forest: FlatTournaments
}

/** Nothing where the loop does not know the class. */
const stageOf = (draft: Draft, reads: ReadSet): Stage | undefined => {
  const [parts, curves] = [stateOf(draft), loopScoresOf(reads)]
  const holdings = openNodeRecords(parts)
  const query = curves && loopQueryOf(curves, demandOf(reads), holdings)
  if (query === undefined) return undefined
  const kinds = partitionsOf(reads, parts, scratchOf(draft))
  const forest = openFlatTournaments(holdings, flatLayoutOf(kinds), query, changesOf(draft).count)
  return { draft, reads, kinds, holdings, forest }
}

/** By row: how good the node is, of those that take a replica. */
const valuesByTheBook = ({ staticFilters, nodeFilters, valueTerms }: ReadSet, draft: Draft) => {
  const parts = stateOf(draft)
  const rows = Int32Array.from(parts.roster.specs.keys())
  const candidates = { rows, count: rows.length }
  for (const filter of [...staticFilters, ...nodeFilters]) narrow(filter, parts, candidates)
  const feasible = Array.from(rows.subarray(0, candidates.count))
  const columns = valueTerms.map(({ raw, factor }) =>
    Array.from(
      rawScores(raw, { state: parts, candidates, scratch: newScratch() }),
      (one) => factor * one,
    ),
  )
  return new Map(
    feasible.map((row, i) => [row, columns.reduce((all, column) => all + column[i]!, 0)]),
  )
}

const agrees = ({ draft, reads, kinds, forest }: Stage): void => {
  const values = valuesByTheBook(reads, draft)
  const expected = kinds.members.flatMap((members) => {
    const taking = [...members].filter((row) => values.has(row))
    const best = Math.max(...taking.map((row) => values.get(row)!))
    const first = taking.find((row) => values.get(row) === best)
    return first === undefined ? [] : [[first, taking.length]]
  })
  const { rows, count } = bestOfFlatTournaments(forest)
  expect(
    Array.from(rows.subarray(0, count), (row) => [row, feasibleInPartition(forest, row)]),
  ).toEqual(expected)
}

type Seeing = (forest: FlatTournaments, changes: Changes) => void

const keepsUp = (by: Seeing, [least, most] = [0, 150]) =>
  fc.property(
    worldOf(anyRoomyClass, { nodes: anyNodes.filter(({ length }) => length > 0) }),
    fc.integer({ min: least, max: most }),
    fc.array(fc.array(fc.record({ node: fc.nat(999), class: fc.nat(2), isStop: fc.boolean() })), {
      maxLength: 4,
    }),
    (world, more, rounds) => {
      const { cluster, classes } = build(world)
      batch(cluster, (draft) => {
        listen(changesOf(draft))
        for (let i = 0; i < more; i++) {
          const like = world.nodes[i % world.nodes.length]!
          join(draft, lowerNode(draft, { ...like, name: `more-${i}` }))
        }
        const reads = readSetOf(getClassSpec(stateOf(draft), classes[0]!), stateOf(draft))
        const stage = reads && stageOf(draft, reads)
        if (stage === undefined) return
        agrees(stage)
        const replicas: ReplicaId[] = []
        const all = nodeIds(draft)
        for (const round of rounds) {
          const { count } = changesOf(draft)
          for (const { node, class: of, isStop } of round) {
            if (isStop) stopOne(draft, replicas, node)
            else bindOne(draft, classes[of % classes.length]!, all[node % all.length]!, replicas)
          }
          catchUpNodeRecords(stage.holdings, stateOf(draft), changesOf(draft), count)
          by(stage.forest, changesOf(draft))
          agrees(stage)
        }
      })
    },
  )

const stopOne = (draft: Draft, replicas: ReplicaId[], at: number): void => {
  const [gone] = replicas.splice(at % (replicas.length + 1), 1)
  if (gone !== undefined) getOrThrow(evict(draft, gone))
}

const bindOne = (
  draft: Draft,
  id: Parameters<typeof bind>[1],
  node: NodeId,
  replicas: ReplicaId[],
): void => {
  const bound = bind(draft, id, node, 'running')
  if (bound._tag === 'Right') replicas.push(bound.right)
}

describe('what the loop keeps', () => {
  it('is what the book says, once it has caught up', () =>
    fc.assert(keepsUp(catchUpFlatTournaments), { numRuns: 600 }))

  it('is what the book says of many nodes', () =>
    fc.assert(keepsUp(catchUpFlatTournaments, [600, 1_400]), { numRuns: 30 }))

  /** More nodes than are looked at at once become full between two looks. */
  const seesAll = (by: Seeing): void => {
    batch(empty, (draft) => {
      listen(changesOf(draft))
      const joined = Array.from({ length: 1_100 }, (_, i) =>
        getOrThrow(
          join(draft, {
            name: `n${String(i).padStart(4, '0')}`,
            capacity: [[cpu, 1]],
            attributes: [],
            marks: [],
          }),
        ),
      )
      const part = { dimension: cpu, amount: 1, weight: 1 }
      const raw = { _tag: 'Load', curve: 'least', parts: [part] } as const
      const score = { plugin: pluginId(0), raw, normaliser: 'none', weight: 1 } as const
      const classSpec: ClassSpec = {
        facts: [],
        occupies: [[cpu, 1]],
        filters: [
          {
            _tag: 'Fit',
            plugin: pluginId(0),
            removable: true,
            parts: [{ dimension: cpu, amount: 1, reason: reasonId(0), slot: false }],
          },
        ],
        choice: { _tag: 'Sum', scores: [score], tie: 'rank' },
        priority: 0,
      }
      const id = getOrThrow(define(draft, classSpec))
      const stage = stageOf(draft, readSetOf(classSpec, stateOf(draft))!)!
      agrees(stage)
      const { count } = changesOf(draft)
      for (const node of joined) getOrThrow(bind(draft, id, node, 'running'))
      catchUpNodeRecords(stage.holdings, stateOf(draft), changesOf(draft), count)
      by(stage.forest, changesOf(draft))
      agrees(stage)
    })
  }

  it('is what the book says, however much has changed since', () => {
    seesAll(catchUpFlatTournaments)
    expect(() => {
      seesAll((forest, changes) => {
        catchUpFlatTournaments(forest, {
          ...changes,
          count: Math.min(changes.count, forest.nextChange + 512),
        })
        forest.nextChange = changes.count
      })
    }).toThrow()
  })

  it.each<[string, Seeing]>([
    ['nothing is seen', () => undefined],
    [
      'the last change is not seen',
      (forest, changes) => {
        catchUpFlatTournaments(forest, { ...changes, count: changes.count - 1 })
        forest.nextChange = changes.count
      },
    ],
    [
      'what has to be free is not looked at',
      (forest, changes) => {
        const freeMin = forest.query.freeMin.map(() => -Infinity)
        const query = { ...forest.query, freeMin }
        catchUpFlatTournaments({ ...forest, query }, changes)
      },
    ],
    [
      'how even a node is taken does not count',
      (forest, changes) => {
        const balance = { ...forest.query.balance, factor: 0 }
        catchUpFlatTournaments({ ...forest, query: { ...forest.query, balance } }, changes)
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(keepsUp(broken))).toBe(true)
  })
})
