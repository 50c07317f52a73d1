/** By index or by the book: the answers are the same, for classes with every rule, whatever stands there already. */
import {
  anyClass,
  anyCounts,
  anyLimit,
  anyLoad,
  anyNeed,
  anyNodes,
  anyRequests,
  anySkew,
  anySpread,
  anyWorld,
  build,
  picture,
  plainClass,
  plainNode,
  refuted,
  requested,
  worldOf,
  type ClassRecipe,
  type NodeRecipe,
} from '@stowage/testing'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../cluster/cluster.js'
import { scratchOf } from '../cluster/draft.js'
import { nodeIdOf } from '../cluster/read.js'
import { book } from '../cluster/write.js'
import {
  batch,
  certain,
  cpu,
  define,
  empty,
  join,
  memory,
  nodeName,
  place,
  plugin,
  word,
  type Class,
  type Dimension,
  type Draft,
  type NodeId,
  type Placed,
  type Raw,
  type Score,
  type Wanted,
  type Word,
} from '../index.js'
import { lookedAt, nextReplica } from '../place/by-the-book.js'
import { inTurn, placeBy, type Paying } from '../place/place.js'
import { decideIn, noteBooked, openRun } from './run.js'

const always: Paying = { tried: () => true, kept: () => true }
const never: Paying = { tried: () => false, kept: () => false }

type Placing = (draft: Draft, wanted: readonly Wanted[]) => Placed

const byIndex: Placing = (draft, wanted) => placeBy(draft, wanted, always)
const byTheBook: Placing = (draft, wanted) => placeBy(draft, wanted, never)

/** Many nodes that are alike, and classes that score more than one load, or spread. */
const names = Array.from({ length: 12 }, (_, i) => `n${String(i).padStart(2, '0')}`)
const anyCrowd: Arbitrary<readonly NodeRecipe[]> = fc
  .tuple(
    fc.array(
      anyNodes.filter((some) => some.length > 0),
      { minLength: 1, maxLength: 2 },
    ),
    fc.nat(11),
  )
  .map(([some, count]) => {
    const kinds = some.flat()
    return names.slice(0, count + 1).map((name, i) => ({ ...kinds[i % kinds.length]!, name }))
  })
const anyCrowdedClass: Arbitrary<ClassRecipe> = fc
  .record({
    like: anyClass,
    scores: fc.array(
      fc.record({
        plugin: fc.constant(0),
        raw: fc.oneof(anyLoad, anySpread, anyCounts),
        normaliser: fc.constantFrom('none', 'spread', 'max'),
        weight: fc.nat(3),
        prefer: fc.constantFrom('least', 'most'),
      }),
      { maxLength: 4 },
    ),
    filters: fc.array(fc.oneof(anyLimit, anySkew, anyNeed), { maxLength: 1 }),
    isChain: fc.boolean(),
  })
  .map(({ like, scores, filters, isChain }) => ({
    ...like,
    filters,
    choice: isChain
      ? {
          _tag: 'Chain',
          tie: like.choice.tie,
          keys: scores.map(({ plugin, raw, prefer }) => ({ plugin, raw, prefer })),
        }
      : {
          _tag: 'Sum',
          tie: like.choice.tie,
          scores: scores.map(({ prefer: _, ...score }) => score),
        },
  }))
const anyCrowdedWorld = worldOf(anyCrowdedClass, {
  nodes: anyCrowd,
  names: fc.constantFrom(...names),
})
const manyReplicas = fc.array(fc.record({ class: fc.nat(2), count: fc.nat(15) }), { maxLength: 2 })
const anyQuestion = fc.oneof(
  fc.tuple(anyWorld, anyRequests),
  fc.tuple(anyCrowdedWorld, manyReplicas),
)

const equalsTheBook = (placing: Placing) =>
  fc.property(anyQuestion, ([world, requests]) => {
    const { cluster, classes } = build(world)
    const seen = (by: Placing) => {
      const [{ answers }, after] = batch(cluster, (draft) =>
        by(draft, requested(draft, classes, requests)),
      )
      return { answers, after: picture(after) }
    }
    expect(seen(placing)).toEqual(seen(byTheBook))
  })

/** Where each replica goes, by runs with one of their steps broken. */
const nodesBy = (
  draft: Draft,
  wanted: readonly Wanted[],
  { decide, note }: { readonly decide: typeof decideIn; readonly note: typeof noteBooked },
): readonly NodeId[] =>
  inTurn(draft, wanted).flatMap((position) => {
    const { class: id, count, only } = wanted[position]!
    const [parts, scratch] = [partsOf(draft), scratchOf(draft)]
    const candidates = lookedAt(parts, only, scratch)
    const run = openRun(parts, id, candidates, scratch, () => true)
    const chosen: NodeId[] = []
    if (run === undefined) return []
    while (chosen.length < count) {
      const row = decide(run, partsOf(draft), nextReplica(partsOf(draft)))
      if (row === undefined) break
      book(draft, id, row, 'assumed')
      note(run, partsOf(draft), row)
      chosen.push(nodeIdOf(partsOf(draft), row))
    }
    return chosen
  })

const whole = { decide: decideIn, note: noteBooked }

const choosesTheSame = (broken: Partial<typeof whole>) =>
  fc.property(anyQuestion, ([world, requests]) => {
    const { cluster, classes } = build(world)
    const chosen = (steps: typeof whole) =>
      batch(cluster, (draft) => nodesBy(draft, requested(draft, classes, requests), steps))[0]
    expect(chosen({ ...whole, ...broken })).toEqual(chosen(whole))
  })

describe('placing by index', () => {
  it('equals placing by the book', () => fc.assert(equalsTheBook(byIndex), { numRuns: 1_000 }))

  it('is done now and then, so that the property says something', () => {
    const isScanned = fc.property(anyWorld, anyRequests, (world, requests) => {
      const { cluster, classes } = build(world)
      const [{ path }] = batch(cluster, (draft) =>
        byIndex(draft, requested(draft, classes, requests)),
      )
      expect(path).toBe('scan')
    })
    expect(refuted(isScanned)).toBe(true)
  })

  it('is refuted when one replica fewer is placed', () => {
    const stinting: Placing = (draft, wanted) =>
      byIndex(
        draft,
        wanted.map((one) => ({ ...one, count: Math.max(0, one.count - 1) })),
      )
    expect(refuted(equalsTheBook(stinting))).toBe(true)
  })

  it.each<[string, Partial<typeof whole>]>([
    ['a node is not looked at again', { note: () => undefined }],
    [
      'sums stay as they were',
      { note: (run, ...rest) => noteBooked({ ...run, sums: [] }, ...rest) },
    ],
    ['any id will have the next replica', { decide: (run, parts) => decideIn(run, parts, 0) }],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(choosesTheSame(broken))).toBe(true)
  })

  it('is chosen where many replicas go to many nodes, and the answer says so', () => {
    const nodes = Array.from({ length: 64 }, (_, i) => ({ ...plainNode, name: `n${i}` }))
    const { cluster, classes } = build({ nodes, classes: [plainClass], replicas: [] })
    const pathOf = (count: number) =>
      batch(cluster, (draft) => place(draft, [{ class: classes[0]!, count }]))[0].path
    expect([31, 32].map(pathOf)).toEqual(['scan', 'index'])
  })
})

/** Ten nodes alike, of which a replica takes a fiftieth of the CPU and a tenth of the memory. */
const placedOnTen = (scores: (app: Word) => readonly Score[], by: Placing): readonly string[] =>
  batch(empty, (draft) => {
    const app = word(draft, 'app')
    for (let i = 0; i < 10; i++)
      certain(
        join(draft, {
          name: `n${i}`,
          capacity: [
            [cpu, 50],
            [memory, 10],
          ],
          attributes: [],
          marks: [],
        }),
      )
    const described: Class = {
      facts: [app],
      occupies: [
        [cpu, 1],
        [memory, 1],
      ],
      filters: [],
      choice: { _tag: 'Sum', scores: scores(app), tie: 'rank' },
      priority: 0,
    }
    const { answers } = by(draft, [{ class: certain(define(draft, described)), count: 6 }])
    return answers.flatMap(({ placed }) => placed.map(({ node }) => nodeName(draft, node)))
  })[0]

const scoring = (raw: Raw, weight: number): Score => ({
  plugin: plugin(0),
  raw,
  normaliser: 'none',
  weight,
})
const free = (dimension: Dimension): Raw => ({
  _tag: 'Load',
  curve: 'least',
  parts: [{ dimension, amount: 1, weight: 1 }],
})

describe('nodes that are alike', () => {
  it('weigh as many as they are where counts are spread', () => {
    const scores = (app: Word): readonly Score[] => {
      const tally = { facts: { _tag: 'Fact', word: app }, domain: 'node', absent: 'skip' } as const
      return [scoring({ _tag: 'Spread', terms: [[tally, 5]] }, 1), scoring(free(cpu), 1)]
    }
    expect(placedOnTen(scores, byIndex)).toEqual(placedOnTen(scores, byTheBook))
    expect(placedOnTen(scores, byTheBook)).toEqual(['n0', 'n0', 'n0', 'n0', 'n0', 'n0'])
  })

  it('are told apart by all loads that are scored', () => {
    const packing: Raw = { ...free(memory), curve: 'most' } as Raw
    const scores = (): readonly Score[] => [scoring(packing, 1), scoring(free(cpu), 2)]
    expect(placedOnTen(scores, byIndex)).toEqual(placedOnTen(scores, byTheBook))
    expect(placedOnTen(scores, byTheBook)).toEqual(['n0', 'n0', 'n0', 'n0', 'n0', 'n0'])
  })
})
