/**
 * Tests the structures that several indexes share: counts per domain follow every bind and
 * eviction, and a structure is built once, shared, and dropped when it is not used.
 */
import { anyClass, anyTally, anyWorld, build, isRefuted } from '@stowage/testing'
import { anyPhase } from '../../../testing/src/arbitrary/text.js'
import { lowerTally } from '../../../testing/src/lower/expr.js'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listen, reachesBackTo } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { nodeIdOf } from '../cluster/read.js'
import { rankedRows } from '../cluster/roster.js'
import { newScratch } from '../cluster/scratch.js'
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  internDimension,
  empty,
  giveMask,
  join,
  internMask,
  memory,
  replicasOn,
  setPhase,
  evict,
  reclass,
  trial,
  internWord,
  type ClassSpec,
  type ClassId,
  type NodeId,
  type Phase,
  type Tally,
  type WordId,
} from '../index.js'
import { domainCounts } from '../judge/expr.js'
import { readSetOf, type ReadSet } from './read-set.js'
import {
  catchUpShared,
  evictUnused,
  newSharedStructures,
  sharedPartitions,
  sharedOrder,
  sharedCounts,
  type SharedStructures,
} from './shared-structures.js'
import type { LiveCounts } from './structures/live-counts.js'

const ways = { hear: catchUpShared, sharedSums: sharedCounts }

const sumsNow = (...args: Parameters<typeof sharedCounts>): readonly LiveCounts[] => [
  ...new Set(sharedCounts(...args).values()),
]

const anyMove = fc.record({
  _tag: fc.constantFrom('Bind', 'Stop', 'SetPhase', 'Reclass', 'Hear'),
  node: fc.nat(7),
  class: fc.nat(2),
  phase: anyPhase,
})
type Move = typeof anyMove extends fc.Arbitrary<infer Value> ? Value : never
/** Classes are let in and moves are made, in a trial that is rolled back if so said. */
const anyStage = fc.record({
  isTried: fc.boolean(),
  class: anyClass,
  tally: anyTally,
  moves: fc.array(anyMove, { maxLength: 6 }),
})

const keepsUp = (by: typeof ways) =>
  fc.property(
    anyWorld,
    fc.array(anyStage, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    (world, stages, isRanged) => {
      const { cluster, classes } = build(world)
      batch(cluster, (draft) => {
        const changes = changesOf(draft)
        listen(changes)
        let shared = newSharedStructures(changes)
        const ranked = [...rankedRows(stateOf(draft).roster)]
        const agrees = (tally: Tally): void => {
          if (!reachesBackTo(changes, shared.nextChange)) shared = newSharedStructures(changes)
          by.hear(shared, stateOf(draft), changes)
          const ranged = isRanged ? [tally] : []
          const sum = by
            .sharedSums(shared, { tallies: [tally], extremesTallies: ranged }, stateOf(draft))
            .get(tally)
          const { countAt, extremes } = domainCounts(stateOf(draft), tally)
          expect(ranked.map(sum!.countAt)).toEqual(ranked.map(countAt))
          if (isRanged) expect(sum!.extremes()).toEqual(extremes())
        }
        // Within a trial some count in a way of their own, of which sums know nothing: see
        // `hasTrialRemovals`.
        const tallies = stages.map(({ tally: { removal: _, ...tally } }) =>
          lowerTally(draft, tally),
        )
        for (const { isTried, class: another, moves } of stages) {
          const go = (): void => {
            const known = [defineRecipe(draft, another), ...classes]
            for (const move of ranked.length === 0 ? [] : moves)
              if (move._tag === 'Hear') tallies.forEach(agrees)
              else perform(draft, known, ranked[move.node % ranked.length]!, move)
          }
          if (isTried)
            trial(draft, () => {
              go()
              return [false, undefined]
            })
          else go()
          tallies.forEach(agrees)
        }
      })
    },
  )

const perform = (
  draft: Draft,
  classes: readonly ClassId[],
  row: number,
  { _tag, class: of, phase }: Move,
): void => {
  const node = nodeIdOf(stateOf(draft), row)
  const [newest] = replicasOn(draft, node)
  if (_tag === 'Bind') getOrThrow(bind(draft, classes[of % classes.length]!, node, phase))
  else if (newest === undefined) return
  else if (_tag === 'Stop') getOrThrow(evict(draft, newest.id))
  else if (_tag === 'Reclass') getOrThrow(reclass(draft, newest.id, classes[of % classes.length]!))
  else getOrThrow(setPhase(draft, newest.id, phase))
}

describe('sums', () => {
  it('hear of all that comes and goes, in trials too', () =>
    fc.assert(keepsUp(ways), { numRuns: 200 }))

  it.each<[string, Partial<typeof ways>]>([
    ['they hear of nothing', { hear: () => undefined }],
    [
      'the last move is not heard of',
      {
        hear: (shared, parts, changes) => {
          catchUpShared(shared, parts, { ...changes, count: changes.count - 1 })
          shared.nextChange = changes.count
        },
      },
    ],
    [
      'who counts a class is never asked again',
      {
        sharedSums: (shared, reads, parts) => {
          const hearing = [...shared.subscribers]
          const sums = sharedCounts(shared, reads, parts)
          shared.subscribers.push(...hearing)
          return sums
        },
      },
    ],
    [
      'they know no extremes',
      {
        sharedSums: (shared, { tallies }, parts) =>
          sharedCounts(shared, { tallies, extremesTallies: [] }, parts),
      },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(keepsUp({ ...ways, ...broken }))).toBe(true)
  })
})

/** What the body of a batch may return: no promise. */
type Settled<Value> = ReturnType<Parameters<typeof batch<Value>>[1]>

/** One node, and classes that have one fact each. */
const withOne = <Value>(
  look: (at: {
    readonly draft: Draft
    readonly shared: SharedStructures
    readonly node: NodeId
    readonly classOf: (fact: string) => ClassId
    readonly tallyOf: (fact: string) => Tally
    readonly heard: () => void
  }) => Settled<Value>,
): Value =>
  batch<Value>(empty, (draft) => {
    const changes = changesOf(draft)
    listen(changes)
    const shared = newSharedStructures(changes)
    const describing = (facts: readonly WordId[]): ClassSpec => ({
      facts,
      occupies: [],
      filters: [],
      choice: { _tag: 'Chain', keys: [], tie: 'rank' },
      priority: 0,
    })
    return look({
      draft,
      shared,
      node: getOrThrow(join(draft, { name: 'a', capacity: [], attributes: [], marks: [] })),
      classOf: (fact) => getOrThrow(define(draft, describing([internWord(draft, fact)]))),
      tallyOf: (fact) => ({
        facts: { _tag: 'Fact', word: internWord(draft, fact) },
        domain: 'node',
        absent: 'own',
      }),
      heard: () => catchUpShared(shared, stateOf(draft), changes),
    })
  })[1]

describe('a sum', () => {
  it('hears only of what it counts', () => {
    const heardBy = withOne(({ draft, shared, node, classOf, tallyOf, heard }) => {
      const [x, y] = sumsNow(
        shared,
        { tallies: ['x', 'y'].map(tallyOf), extremesTallies: [] },
        stateOf(draft),
      )
      const ids = ['x', 'y', 'z'].map(classOf)
      for (const id of ids) getOrThrow(bind(draft, id, node, 'running'))
      heard()
      return ids.map((id) =>
        shared.subscribers[id]!.counts.map((sum) =>
          sum === x ? 'x' : sum === y ? 'y' : 'another',
        ),
      )
    })
    expect(heardBy).toEqual([['x'], ['y'], []])
  })

  it('is asked once whether it counts a class', () => {
    const [before, after] = withOne(({ draft, shared, node, classOf, tallyOf, heard }) => {
      sharedCounts(shared, { tallies: [tallyOf('x')], extremesTallies: [] }, stateOf(draft))
      const id = classOf('x')
      return [0, 1].map(() => {
        getOrThrow(bind(draft, id, node, 'running'))
        heard()
        return shared.subscribers[id]
      })
    })
    expect(after).toBe(before)
  })

  it('hears of each phase apart', () => {
    const phases: readonly Phase[] = ['assumed', 'running', 'leaving']
    const counts = withOne(({ draft, shared, node, classOf, heard }) => {
      const tallies = phases.map(
        (phase): Tally => ({ facts: { _tag: 'Phase', phase }, domain: 'node', absent: 'own' }),
      )
      const sums = sumsNow(shared, { tallies, extremesTallies: [] }, stateOf(draft))
      phases.forEach((phase, i) => {
        for (let j = 0; j <= i; j++) getOrThrow(bind(draft, classOf('x'), node, phase))
      })
      heard()
      return sums.map(({ countAt }) => countAt(0))
    })
    expect(counts).toEqual([1, 2, 3])
  })

  it('is one for tallies that say the same, with its extremes if any of them asks for them', () => {
    withOne(({ draft, shared, tallyOf }) => {
      const [one, same, other] = [tallyOf('x'), tallyOf('x'), tallyOf('y')]
      const reads = { tallies: [one, same, other], extremesTallies: [same] }
      const counts = sharedCounts(shared, reads, stateOf(draft))
      expect([...counts.keys()]).toEqual(reads.tallies)
      expect(counts.get(same)).toBe(counts.get(one))
      expect([one, other].map((tally) => counts.get(tally)!.histogram !== undefined)).toEqual([
        true,
        false,
      ])
      const again = sumsNow(
        shared,
        { tallies: [tallyOf('x')], extremesTallies: [one] },
        stateOf(draft),
      )
      expect(again).toEqual([counts.get(one)])
      expect(again[0]).toBe(counts.get(one))
      const [unranged] = sumsNow(shared, { tallies: [one], extremesTallies: [] }, stateOf(draft))
      expect(unranged!.histogram).toBeUndefined()
    })
  })

  it('is another once a mask of those that are counted is given anew', () => {
    withOne(({ draft, shared, node, tallyOf }) => {
      const given = internMask(draft, 'm')
      const tally: Tally = { ...tallyOf('x'), eligible: { _tag: 'InMask', mask: given } }
      const sumNow = () =>
        sumsNow(shared, { tallies: [tally], extremesTallies: [] }, stateOf(draft))[0]
      const before = sumNow()
      expect(sumNow()).toBe(before)
      getOrThrow(giveMask(draft, given, [node]))
      expect(sumNow()).not.toBe(before)
    })
  })

  it('is the one before, which has heard of all, once the mask is what it was before a trial', () => {
    withOne(({ draft, shared, node, classOf, tallyOf, heard }) => {
      const given = internMask(draft, 'm')
      getOrThrow(giveMask(draft, given, [node]))
      const tally: Tally = { ...tallyOf('x'), eligible: { _tag: 'InMask', mask: given } }
      const sumNow = () =>
        sumsNow(shared, { tallies: [tally], extremesTallies: [] }, stateOf(draft))[0]!
      const before = sumNow()
      trial(draft, () => {
        getOrThrow(giveMask(draft, given, []))
        return [false, sumNow()]
      })
      getOrThrow(bind(draft, classOf('x'), node, 'running'))
      heard()
      expect(sumNow()).toBe(before)
      expect(before.countAt(0)).toBe(1)
    })
  })

  it('hears of nothing that was there when it was made, as it has counted that', () => {
    const count = withOne(({ draft, shared, node, classOf, tallyOf, heard }) => {
      getOrThrow(bind(draft, classOf('x'), node, 'running'))
      heard()
      const [sum] = sumsNow(
        shared,
        { tallies: [tallyOf('x')], extremesTallies: [] },
        stateOf(draft),
      )
      heard()
      return sum!.countAt(0)
    })
    expect(count).toBe(1)
  })
})

describe('what is shared', () => {
  const readsIn = (draft: Draft): ReadSet =>
    readSetOf(
      {
        facts: [],
        occupies: [],
        filters: [],
        choice: { _tag: 'Chain', keys: [], tie: 'rank' },
        priority: 0,
      },
      stateOf(draft),
    )!
  const kindsNow = (draft: Draft, shared: SharedStructures, reads: ReadSet) =>
    sharedPartitions(shared, reads, stateOf(draft), newScratch())

  it('is one order for all that ask for the same of the same kinds', () => {
    withOne(({ draft, shared }) => {
      const kinds = kindsNow(draft, shared, readsIn(draft))
      expect(kindsNow(draft, shared, readsIn(draft))).toBe(kinds)
      const orderNow = (of: typeof cpu, sign: 1 | -1) =>
        sharedOrder(shared, { dimension: of, sign }, kinds, stateOf(draft))
      const orders = [
        orderNow(cpu, 1),
        orderNow(cpu, -1),
        orderNow(memory, 1),
        orderNow(memory, -1),
      ]
      expect(new Set(orders).size).toBe(4)
      expect([
        orderNow(cpu, 1),
        orderNow(cpu, -1),
        orderNow(memory, 1),
        orderNow(memory, -1),
      ]).toEqual(orders)
      expect(orderNow(memory, -1)).toBe(orders[3])
      expect(orderNow(cpu, 1)).toBe(orders[0])
      expect(shared.orders.get(kinds)).toHaveLength(4)
    })
  })

  it('is an order of its own once there are more dimensions, and those before are let go', () => {
    withOne(({ draft, shared }) => {
      const kinds = kindsNow(draft, shared, readsIn(draft))
      const orderNow = () => sharedOrder(shared, { dimension: cpu, sign: 1 }, kinds, stateOf(draft))
      const before = orderNow()
      internDimension(draft, 'widgets')
      const after = orderNow()
      expect(after).not.toBe(before)
      expect(shared.orders.get(kinds)).toEqual([after])
    })
  })

  it('is let go unless it is used', () => {
    withOne(({ draft, shared, node, classOf, tallyOf, heard }) => {
      const partitions = kindsNow(draft, shared, readsIn(draft))
      const gone = kindsNow(draft, shared, { ...readsIn(draft), tallies: [tallyOf('x')] })
      const tallies = ['x', 'y'].map(tallyOf)
      const [one, other] = sumsNow(shared, { tallies, extremesTallies: [] }, stateOf(draft))
      const id = classOf('x')
      getOrThrow(bind(draft, id, node, 'running'))
      heard()
      evictUnused(shared, [{ partitions, counts: new Map([[tallies[1]!, other!]]) }])
      expect(shared.partitions.map(({ value }) => value)).toEqual([partitions])
      expect(shared.partitions.map(({ value }) => value)).not.toContain(gone)
      expect(shared.counts.map(({ value }) => value)).toEqual([other])
      getOrThrow(bind(draft, id, node, 'running'))
      heard()
      expect([one!.countAt(0), other!.countAt(0)]).toEqual([1, 0])
    })
  })
})
