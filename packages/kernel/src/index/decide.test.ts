/** Tests each decision by index against the decision by scan on the same state. */
import { anyClass, build, isRefuted, worldOf, type NodeRecipe } from '@stowage/testing'
import {
  anyEchoingClass,
  anyPackedClass,
  anyRoomyClass,
} from '../../../testing/src/arbitrary/class.js'
import { anyNodes } from '../../../testing/src/arbitrary/node.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listen } from '../cluster/changes.js'
import { stateOf } from '../cluster/cluster.js'
import { changesOf, type Draft } from '../cluster/draft.js'
import { newScratch } from '../cluster/scratch.js'
import { book, phaseRowOf } from '../cluster/write.js'
import {
  allowIndexes,
  batch,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  memory,
  nodeName,
  place,
  pluginId,
  reasonId,
  internWord,
  type Choice,
  type ClassSpec,
  type ClassId,
  type Filter,
  type DecidedBy,
  type Tally,
} from '../index.js'
import type { ChainKey } from '../rule/score.js'
import { decide, nextReplicaId } from '../place/by-the-book.js'
import { getClassSpec } from '../place/get-class-spec.js'
import { catchUp, openClassIndex } from './class-index.js'
import { decideByIndex } from './decide.js'
import { readSetOf } from './read-set.js'
import { newSharedStructures } from './shared-structures.js'

const names = Array.from({ length: 10 }, (_, i) => `n${(i * 7) % 10}`)
const anyCrowd: Arbitrary<readonly NodeRecipe[]> = anyNodes
  .filter((some) => some.length > 0)
  .map((some) => names.map((name, i) => ({ ...some[i % Math.min(3, some.length)]!, name })))

const decidesTheSame = (by: typeof decideByIndex) =>
  fc.property(
    worldOf(fc.oneof(anyClass, anyPackedClass, anyRoomyClass, anyEchoingClass), {
      nodes: anyCrowd,
      names: fc.constantFrom(...names),
    }),
    fc.nat(8),
    (world, count) => {
      const { cluster, classes } = build(world)
      batch(cluster, (draft) => {
        for (const id of classes) bookAll(by, draft, id, count)
      })
    },
  )

const bookAll = (by: typeof decideByIndex, draft: Draft, id: ClassId, count: number): void => {
  listen(changesOf(draft))
  const classSpec = getClassSpec(stateOf(draft), id)
  const reads = readSetOf(classSpec, stateOf(draft))
  if (reads === undefined) return
  const index = openClassIndex(draft, classSpec, reads, newSharedStructures(changesOf(draft)))
  for (let i = 0; i <= count; i++) {
    catchUp(index, draft)
    const parts = stateOf(draft)
    const row = by(index, draft, nextReplicaId(parts))
    expect(row).toBe(decide(parts, classSpec, undefined, newScratch()))
    if (row === undefined) return
    book(draft, id, row, phaseRowOf('assumed'))
  }
}

describe('a decision by index', () => {
  it('is the one by the book', () => fc.assert(decidesTheSame(decideByIndex), { numRuns: 200 }))

  it.each<[string, typeof decideByIndex]>([
    ['nobody is taken', () => undefined],
    ['any replica is the first', (index, draft) => decideByIndex(index, draft, 0)],
    [
      'what nodes share is not asked',
      (index, ...rest) =>
        decideByIndex({ ...index, readSet: { ...index.readSet, domainFilters: [] } }, ...rest),
    ],
    [
      'nobody asks for room',
      (index, ...rest) =>
        index.structure._tag === 'FreeOrder'
          ? decideByIndex({ ...index, structure: { ...index.structure, demand: [] } }, ...rest)
          : decideByIndex(index, ...rest),
    ],
    [
      'what nodes share does not come first',
      (index, ...rest) =>
        index.structure._tag === 'FreeOrder'
          ? decideByIndex(
              {
                ...index,
                structure: { ...index.structure, keysBefore: index.structure.keysAfter },
              },
              ...rest,
            )
          : decideByIndex(index, ...rest),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(decidesTheSame(broken))).toBe(true)
  })
})

const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }

/**
 * Zones of three nodes each, in no order, and one class: where so many of its replicas go, by name.
 */
const placedOver = (
  zones: number,
  count: number,
  describedBy: (tally: Tally) => Partial<ClassSpec>,
  path: DecidedBy,
): readonly string[] =>
  batch(allowIndexes(empty), (draft) => {
    const [zone, app] = [internWord(draft, 'zone'), internWord(draft, 'app')]
    const nodes = 3 * zones
    for (let i = 0; i < nodes; i++)
      getOrThrow(
        join(draft, {
          name: `n${String((i * 41) % nodes).padStart(3, '0')}`,
          capacity: [
            [cpu, 4 + (i % 2)],
            [memory, 9],
          ],
          attributes: [[zone, internWord(draft, `z${i % zones}`)]],
          marks: [],
        }),
      )
    const tally: Tally = { facts: { _tag: 'Fact', word: app }, domain: zone, absent: 'own' }
    const classSpec: ClassSpec = {
      facts: [app],
      occupies: [[cpu, 1]],
      filters: [],
      choice: { _tag: 'Chain', keys: [], tie: 'rank' },
      priority: 0,
      ...describedBy(tally),
    }
    const answered = place(draft, [{ class: getOrThrow(define(draft, classSpec)), count }], {
      decideBy: path,
    })
    expect(answered.decidedBy).toBe(path)
    return answered.answers.flatMap(({ placed }) => placed.map(({ node }) => nodeName(draft, node)))
  })[1]

const fewest = (tally: Tally): ChainKey => ({
  plugin: pluginId(0),
  raw: { _tag: 'Counts', terms: [[tally, 1]] },
  prefer: 'least',
})
const left = (prefer: ChainKey['prefer']): ChainKey => ({
  plugin: pluginId(0),
  raw: {
    _tag: 'Load',
    curve: 'remaining',
    parts: [{ dimension: cpu, amount: 1, weight: 1 }],
  },
  prefer,
})
const chain = (...keys: readonly ChainKey[]): Choice => ({ _tag: 'Chain', keys, tie: 'rank' })
const fits = (...amounts: readonly number[]): Filter => ({
  _tag: 'Fit',
  plugin: pluginId(0),
  removable: false,
  parts: amounts.map((amount) => ({ dimension: cpu, amount, reason: reasonId(0), slot: false })),
})

describe('replicas over many zones', () => {
  const even = (tally: Tally): Filter => ({
    _tag: 'Skew',
    ...source,
    tally,
    self: 1,
    max: 1,
    domainsMin: 0,
  })
  it.each<readonly [string, (tally: Tally) => Partial<ClassSpec>]>([
    ['where the fewest are', (tally) => ({ choice: chain(fewest(tally)) })],
    [
      'where the fewest are, by lot',
      (tally) => ({ choice: { _tag: 'Chain', keys: [fewest(tally)], tie: { seeded: 5 } } }),
    ],
    ['evenly', (tally) => ({ filters: [even(tally)] })],
    ['evenly, where there is room', (tally) => ({ filters: [fits(1), even(tally)] })],
    [
      'where the least is left',
      (tally) => ({ filters: [fits(1)], choice: chain(fewest(tally), left('least')) }),
    ],
    [
      'where the most is left, evenly',
      (tally) => ({ filters: [even(tally), fits(1)], choice: chain(left('most')) }),
    ],
    [
      'where the least is left, of zones that are alike by where the fewest are then',
      (tally) => ({ filters: [fits(1)], choice: chain(left('least'), fewest(tally)) }),
    ],
    [
      'where there is room for all that is asked for',
      (tally) => ({ filters: [fits(3, 1), fits(2)], choice: chain(fewest(tally), left('least')) }),
    ],
  ])('are placed %s', (_, describedBy) => {
    for (const zones of [1, 2, 14, 20]) {
      const count = 16 * zones
      const byTheBook = placedOver(zones, count, describedBy, 'scan')
      expect(placedOver(zones, count, describedBy, 'index')).toEqual(byTheBook)
      expect(byTheBook.length).toBeGreaterThan(2 * zones)
    }
  })
})
