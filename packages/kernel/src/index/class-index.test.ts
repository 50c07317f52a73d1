/**
 * Property: placing by index gives the same answers as placing by scan, for classes with every rule
 * and any existing replicas.
 */
import {
  anyClass,
  anyHistory,
  anyRequests,
  anyWorld,
  build,
  moves,
  picture,
  plainClass,
  plainNode,
  isRefuted,
  lowerRequests,
  worldOf,
  type ClassRecipe,
  type ClusterHistory,
  type NodeRecipe,
} from '@stowage/testing'
import {
  anyEchoingClass,
  anyPackedClass,
  anyRoomyClass,
} from '../../../testing/src/arbitrary/class.js'
import { anyLimit, anyNeed, anySkew } from '../../../testing/src/arbitrary/filter.js'
import { anyNode, anyNodes } from '../../../testing/src/arbitrary/node.js'
import { anyCounts, anyLoad, anySpread } from '../../../testing/src/arbitrary/score.js'
import { anyColumnName, anyMaskName, anyPhase } from '../../../testing/src/arbitrary/text.js'
import type { Operation } from '../../../testing/src/play/operation.js'
import { play } from '../../../testing/src/play/play.js'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import { nodeIdOf } from '../cluster/read.js'
import { changesOf } from '../cluster/draft.js'
import { listen } from '../cluster/changes.js'
import { getClassSpec } from '../place/get-class-spec.js'
import { book, phaseRowOf } from '../cluster/write.js'
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  internColumn,
  cpu,
  define,
  empty,
  giveColumn,
  giveMask,
  join,
  internMask,
  memory,
  nodeIds as kernelNodes,
  nodeName,
  place,
  trial,
  pluginId,
  reasonId,
  internWord,
  type ClassSpec,
  type ClassId,
  type ColumnId,
  type DimensionId,
  type Draft,
  type Expr,
  type MaskId,
  type NodeId,
  type PlaceResult,
  type RawScore,
  type Score,
  type Tally,
  type PlaceRequest,
  type WordId,
} from '../index.js'
import { nextReplicaId } from '../place/by-the-book.js'
import { placingOrder } from '../place/place.js'
import { catchUp, isUsable, openClassIndex, type ClassIndex } from './class-index.js'
import { decideByIndex } from './decide.js'
import { readSetOf } from './read-set.js'
import { newSharedStructures } from './shared-structures.js'

type Placing = (draft: Draft, wanted: readonly PlaceRequest[]) => PlaceResult

const byIndex: Placing = (draft, wanted) => place(draft, wanted, { decideBy: 'index' })
const byTheBook: Placing = (draft, wanted) => place(draft, wanted, { decideBy: 'scan' })

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
    filters: fc.array(fc.oneof(anyLimit, anySkew, anyNeed), { maxLength: 3 }),
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
const anyCrowdedWorld = worldOf(
  fc.oneof(anyCrowdedClass, anyPackedClass, anyRoomyClass, anyEchoingClass),
  {
    nodes: anyCrowd,
    names: fc.constantFrom(...names),
  },
)
const manyReplicas = fc.array(fc.record({ class: fc.nat(2), count: fc.nat(15) }), { maxLength: 2 })
const anyQuestion = fc.oneof(
  fc.tuple(anyWorld, anyRequests),
  fc.tuple(anyCrowdedWorld, manyReplicas),
)

/** Much is placed and stopped, and now and then the nodes or what is given of them change. */
const anyName = fc.constantFrom(...names)
const placings: Arbitrary<Operation> = fc.record({
  _tag: fc.constant('Place'),
  requests: fc.array(fc.record({ class: fc.nat(2), count: fc.nat(3) }), { maxLength: 2 }),
})
const position = fc.nat(29)
const changes: readonly Arbitrary<Operation>[] = [
  fc.record({ _tag: fc.constant('Stop'), replica: position }),
  fc.record({ _tag: fc.constant('SetPhase'), replica: position, phase: anyPhase }),
  fc.record({ _tag: fc.constant('Bind'), class: fc.nat(2), node: anyName, phase: anyPhase }),
  fc.record({ _tag: fc.constant('Reclass'), replica: position, class: fc.nat(2) }),
]
const rarities: readonly Arbitrary<Operation>[] = [
  fc.record({ _tag: fc.constant('Leave'), node: anyName }),
  fc
    .record({ _tag: fc.constant('Join'), node: fc.tuple(anyNode, anyName) })
    .map(({ _tag, node: [node, name] }) => ({ _tag, node: { ...node, name } })),
  fc
    .record({ _tag: fc.constant('Redescribe'), node: fc.tuple(anyNode, anyName) })
    .map(({ _tag, node: [node, name] }) => ({ _tag, node: { ...node, name } })),
  fc.record({ _tag: fc.constant('Launch'), class: anyClass, count: fc.nat(2) }),
  fc.constant<Operation>({ _tag: 'Forget' }),
  fc.record({
    _tag: fc.constant('GiveMask'),
    mask: anyMaskName,
    nodes: fc.array(anyName, { maxLength: 6 }),
  }),
  fc.record({
    _tag: fc.constant('GiveColumn'),
    column: anyColumnName,
    numbers: fc.array(fc.tuple(anyName, fc.integer({ min: -3, max: 9 })), { maxLength: 6 }),
  }),
]
const anyTrial: Arbitrary<Operation> = fc.record({
  _tag: fc.constant('Trial'),
  end: fc.constantFrom('kept', 'rolled back', 'thrown'),
  body: fc.array(fc.oneof(placings, ...changes, ...rarities), { maxLength: 4 }),
})
const anyBusyOperation = fc.oneof(
  { weight: 8, arbitrary: placings },
  { weight: 6, arbitrary: fc.oneof(...changes) },
  { weight: 2, arbitrary: anyTrial },
  { weight: 1, arbitrary: fc.oneof(...rarities) },
)
const anyBusyHistory: Arbitrary<ClusterHistory> = fc.array(
  fc.record({
    taken: fc.boolean(),
    operations: fc.array(anyBusyOperation, { maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 3 },
)
const anyPlay = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(anyWorld, anyHistory) },
  { weight: 4, arbitrary: fc.tuple(anyCrowdedWorld, anyBusyHistory) },
)

const equalsTheBook = (placing: Placing) =>
  fc.property(anyQuestion, ([world, requests]) => {
    const { cluster, classes } = build(world)
    const seen = (by: Placing) => {
      const [after, { answers }] = batch(cluster, (draft) =>
        by(draft, lowerRequests(draft, classes, requests)),
      )
      return { answers, after: picture(after) }
    }
    expect(seen(placing)).toEqual(seen(byTheBook))
  })

/** The same history, with trials and returns to old values, by index and by the book. */
const playsTheSame = (placing: Placing) =>
  fc.property(anyPlay, ([world, history]) => {
    const seen = (by: Placing) => {
      const { cluster, classes } = build(world)
      const moments = play(cluster, classes, history, { ...moves, place: by })
      return moments.map(({ outcomes, observation }) => ({
        outcomes,
        picture: observation.picture,
      }))
    }
    expect(seen(placing)).toEqual(seen(byTheBook))
  })

/** Where each replica goes, by an index of its own with one of its steps broken. */
const nodesBy = (
  draft: Draft,
  wanted: readonly PlaceRequest[],
  { decide, see }: { readonly decide: typeof decideByIndex; readonly see: typeof catchUp },
): readonly NodeId[] =>
  placingOrder(draft, wanted).flatMap((position) => {
    const { class: id, count } = wanted[position]!
    listen(changesOf(draft))
    const classSpec = getClassSpec(stateOf(draft), id)
    const reads = readSetOf(classSpec, stateOf(draft))
    const chosen: NodeId[] = []
    if (reads === undefined) return []
    const index = openClassIndex(draft, classSpec, reads, newSharedStructures(changesOf(draft)))
    while (chosen.length < count) {
      const row = decide(index, draft, nextReplicaId(stateOf(draft)))
      if (row === undefined) break
      book(draft, id, row, phaseRowOf('assumed'))
      see(index, draft)
      chosen.push(nodeIdOf(stateOf(draft), row))
    }
    return chosen
  })

const whole = { decide: decideByIndex, see: catchUp }

const choosesTheSame = (broken: Partial<typeof whole>) =>
  fc.property(anyQuestion, ([world, requests]) => {
    const { cluster, classes } = build(world)
    const chosen = (steps: typeof whole) =>
      batch(cluster, (draft) => nodesBy(draft, lowerRequests(draft, classes, requests), steps))[1]
    expect(chosen({ ...whole, ...broken })).toEqual(chosen(whole))
  })

describe('placing by index', () => {
  it('equals placing by the book', () => fc.assert(equalsTheBook(byIndex), { numRuns: 500 }))
  it('equals it in the long run', () => fc.assert(playsTheSame(byIndex), { numRuns: 500 }))

  it('is done now and then, so that the property says something', () => {
    const isScanned = fc.property(anyWorld, anyRequests, (world, requests) => {
      const { cluster, classes } = build(world)
      const [, { decidedBy }] = batch(cluster, (draft) =>
        byIndex(draft, lowerRequests(draft, classes, requests)),
      )
      expect(decidedBy).toBe('scan')
    })
    expect(isRefuted(isScanned)).toBe(true)
  })

  it('is refuted when one replica fewer is placed', () => {
    const stinting: Placing = (draft, wanted) =>
      byIndex(
        draft,
        wanted.map((one) => ({ ...one, count: Math.max(0, one.count - 1) })),
      )
    expect(isRefuted(equalsTheBook(stinting))).toBe(true)
  })

  it.each<[string, Partial<typeof whole>]>([
    ['nothing is seen of what was placed', { see: () => true }],
    [
      'sums stay as they were',
      {
        see: (index, draft) =>
          catchUp({ ...index, shared: { ...index.shared, counts: [] } }, draft),
      },
    ],
    [
      'any id will have the next replica',
      { decide: (index, draft) => decideByIndex(index, draft, 0) },
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(choosesTheSame(broken))).toBe(true)
  })

  it('is given up where hardly two nodes are alike', () => {
    const nodes = Array.from({ length: 200 }, (_, i) => ({
      ...plainNode,
      name: `n${String(i).padStart(3, '0')}`,
    }))
    const seen = (by: Placing) =>
      batch(build({ nodes, classes: [], replicas: [] }).cluster, (draft) => {
        const app = internWord(draft, 'app')
        const tally: Tally = { facts: { _tag: 'Fact', word: app }, domain: 'node', absent: 'skip' }
        const counting: ClassSpec = {
          facts: [app],
          occupies: [],
          filters: [],
          choice: {
            _tag: 'Chain',
            keys: [
              { plugin: pluginId(0), raw: { _tag: 'Counts', terms: [[tally, 1]] }, prefer: 'most' },
            ],
            tie: 'rank',
          },
          priority: 0,
        }
        const id = getOrThrow(define(draft, counting))
        const one = { class: id, count: 1 }
        const first = by(draft, [one])
        kernelNodes(draft).forEach((node, i) => {
          for (let j = 0; j <= i; j++) getOrThrow(bind(draft, id, node, 'running'))
        })
        return [first, by(draft, [one]), by(draft, [{ class: id, count: 3 }])]
      })[1]
    const indexed = seen(byIndex)
    expect(indexed.map(({ answers }) => answers)).toEqual(
      seen(byTheBook).map(({ answers }) => answers),
    )
    expect(indexed.map(({ decidedBy }) => decidedBy)).toEqual(['index', 'scan', 'scan'])
  })

  it('is chosen where many replicas go to many nodes, and the answer says so', () => {
    const nodes = Array.from({ length: 64 }, (_, i) => ({ ...plainNode, name: `n${i}` }))
    const { cluster, classes } = build({ nodes, classes: [plainClass], replicas: [] })
    const pathOf = (count: number) =>
      batch(cluster, (draft) => place(draft, [{ class: classes[0]!, count }]))[1].decidedBy
    expect([31, 32].map(pathOf)).toEqual(['scan', 'index'])
  })
})

/** Ten nodes alike, of which a replica takes a fiftieth of the CPU and a tenth of the memory. */
const placedOnTen = (scores: (app: WordId) => readonly Score[], by: Placing): readonly string[] =>
  batch(allowIndexes(empty), (draft) => {
    const app = internWord(draft, 'app')
    for (let i = 0; i < 10; i++)
      getOrThrow(
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
    const classSpec: ClassSpec = {
      facts: [app],
      occupies: [
        [cpu, 1],
        [memory, 1],
      ],
      filters: [],
      choice: { _tag: 'Sum', scores: scores(app), tie: 'rank' },
      priority: 0,
    }
    const { answers } = by(draft, [{ class: getOrThrow(define(draft, classSpec)), count: 6 }])
    return answers.flatMap(({ placed }) => placed.map(({ node }) => nodeName(draft, node)))
  })[1]

const scoring = (raw: RawScore, weight: number): Score => ({
  plugin: pluginId(0),
  raw,
  normaliser: 'none',
  weight,
})
const free = (dimension: DimensionId): RawScore => ({
  _tag: 'Load',
  curve: 'least',
  parts: [{ dimension, amount: 1, weight: 1 }],
})

describe('a node that joined in a trial', () => {
  it('is looked at no more once the trial is rolled back', () => {
    const placed = batch(allowIndexes(empty), (draft) => {
      const bare = { capacity: [], attributes: [], marks: [] }
      getOrThrow(join(draft, { name: 'a', ...bare }))
      const id = getOrThrow(
        define(draft, {
          facts: [],
          occupies: [],
          filters: [],
          choice: { _tag: 'Sum', scores: [], tie: 'rank' },
          priority: 0,
        }),
      )
      const go = (): readonly string[] =>
        byIndex(draft, [{ class: id, count: 1 }]).answers.flatMap((answer) =>
          answer.placed.map(({ node }) => nodeName(draft, node)),
        )
      const before = go()
      trial(draft, () => {
        getOrThrow(bind(draft, id, getOrThrow(join(draft, { name: 'A', ...bare })), 'running'))
        return [false, undefined]
      })
      return [...before, ...go()]
    })[1]
    expect(placed).toEqual(['a', 'a'])
  })
})

describe('a mask that was given in a trial', () => {
  /**
   * Two classes count the same, of nodes of a mask; of the second is decided once the mask is again
   * what it was.
   */
  const placedAfter = (by: Placing): readonly string[] =>
    batch(allowIndexes(empty), (draft) => {
      const [app, given] = [internWord(draft, 'app'), internMask(draft, 'm')]
      const ids = ['a', 'b'].map((name) =>
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] })),
      )
      getOrThrow(giveMask(draft, given, ids))
      const tally: Tally = {
        facts: { _tag: 'Fact', word: app },
        domain: 'node',
        absent: 'own',
        eligible: { _tag: 'InMask', mask: given },
      }
      const raw: RawScore = { _tag: 'Counts', terms: [[tally, 1]] }
      const [one, other, counted] = [[], [], [app]].map((facts, priority) =>
        getOrThrow(
          define(draft, {
            facts,
            occupies: [],
            filters: [],
            choice: {
              _tag: 'Chain',
              keys: [{ plugin: pluginId(0), raw, prefer: 'least' }],
              tie: 'rank',
            },
            priority,
          }),
        ),
      )
      const go = (id: ClassId): readonly string[] =>
        by(draft, [{ class: id, count: 1 }]).answers.flatMap(({ placed }) =>
          placed.map(({ node }) => nodeName(draft, node)),
        )
      const before = [...go(one!), ...go(other!)]
      const tried = trial(draft, () => {
        getOrThrow(giveMask(draft, given, [ids[1]!]))
        return [false, go(one!)]
      })
      getOrThrow(bind(draft, counted!, ids[0]!, 'running'))
      return [...before, ...tried, ...go(other!)]
    })[1]

  it('is forgotten by all that counted nodes of it', () => {
    expect(placedAfter(byTheBook)).toEqual(['a', 'a', 'a', 'b'])
    expect(placedAfter(byIndex)).toEqual(['a', 'a', 'a', 'b'])
  })
})

describe('a class that was let in by a trial', () => {
  /**
   * Of two nodes the one on which the fewest replicas with a fact stand, once another class has the
   * row of the one with that fact.
   */
  const placedAfter = (by: Placing, domain: Tally['domain']): readonly string[] =>
    batch(allowIndexes(empty), (draft) => {
      const [app, other] = [internWord(draft, 'app'), internWord(draft, 'other')]
      const [a] = ['a', 'b'].map((name) =>
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] })),
      )
      const withFact = (fact: WordId): ClassSpec => ({
        facts: [fact],
        occupies: [],
        filters: [],
        choice: { _tag: 'Sum', scores: [], tie: 'rank' },
        priority: 0,
      })
      const tally: Tally = { facts: { _tag: 'Fact', word: app }, domain, absent: 'own' }
      const counting: ClassSpec = {
        facts: [],
        occupies: [],
        filters: [],
        choice: {
          _tag: 'Chain',
          keys: [
            { plugin: pluginId(0), raw: { _tag: 'Counts', terms: [[tally, 1]] }, prefer: 'least' },
          ],
          tie: 'rank',
        },
        priority: 0,
      }
      const id = getOrThrow(define(draft, counting))
      const go = (): readonly string[] =>
        by(draft, [{ class: id, count: 1 }]).answers.flatMap(({ placed }) =>
          placed.map(({ node }) => nodeName(draft, node)),
        )
      const bound = (fact: WordId): void => {
        getOrThrow(bind(draft, getOrThrow(define(draft, withFact(fact))), a!, 'running'))
      }
      // The log holds what is undone only where it holds as much from before.
      const before = [...go(), ...go(), ...go(), ...go()]
      const tried = trial(draft, () => {
        bound(app)
        return [false, go()]
      })
      bound(other)
      return [...before, ...tried, ...go()]
    })[1]

  it.each<readonly [string, Tally['domain']]>([
    ['node', 'node'],
    ['attribute', 0 as WordId],
  ])('is not taken for the one that has its row now, in the domain %s', (_, domain) => {
    const before = ['a', 'a', 'a', 'a']
    expect(placedAfter(byTheBook, domain)).toEqual([...before, 'b', 'a'])
    expect(placedAfter(byIndex, domain)).toEqual([...before, 'b', 'a'])
  })
})

describe('a count that nodes share', () => {
  it('is asked of all of them', () => {
    const placedBy = (by: Placing) =>
      batch(allowIndexes(empty), (draft) => {
        for (const name of ['a', 'b'])
          getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] }))
        const tally: Tally & { readonly domain: 'node' } = {
          facts: { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } },
          domain: 'node',
          key: internWord(draft, 'zone'),
          absent: 'shared',
        }
        const expr: Expr = { _tag: 'Count', tally, op: '<', than: 1 }
        const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }
        const classSpec: ClassSpec = {
          facts: [],
          occupies: [],
          filters: [{ _tag: 'Require', ...source, expr }],
          choice: { _tag: 'Sum', scores: [], tie: 'rank' },
          priority: 0,
        }
        return by(draft, [{ class: getOrThrow(define(draft, classSpec)), count: 2 }]).answers
      })[1]
    expect(placedBy(byIndex)).toEqual(placedBy(byTheBook))
    expect(placedBy(byTheBook)[0]?.unplaced?.count).toBe(1)
  })
})

describe('a raw score that stands in two scores', () => {
  it('tells nodes apart in one of them, and moves in the other', () => {
    const [one, other] = (['scan', 'index'] as const).map(
      (path) =>
        batch(allowIndexes(empty), (draft) => {
          for (let i = 0; i < 12; i++)
            getOrThrow(
              join(draft, {
                name: `n${String(i).padStart(2, '0')}`,
                capacity: [[cpu, 100 + 10 * i]],
                attributes: [],
                marks: [],
              }),
            )
          const raw: RawScore = {
            _tag: 'Load',
            curve: 'least',
            parts: [{ dimension: cpu, amount: 10, weight: 1 }],
          }
          const scored = (normaliser: 'none' | 'max-reversed') =>
            ({ plugin: pluginId(0), raw, normaliser, weight: 1 }) as const
          const id = getOrThrow(
            define(draft, {
              facts: [],
              occupies: [[cpu, 10]],
              filters: [],
              choice: {
                _tag: 'Sum',
                scores: [scored('none'), scored('max-reversed')],
                tie: 'rank',
              },
              priority: 0,
            }),
          )
          return place(draft, [{ class: id, count: 9 }], { decideBy: path }).answers[0]!.placed
        })[1],
    )
    expect(other).toEqual(one)
  })
})

describe('nodes that are alike', () => {
  it('weigh as many as they are where counts are spread', () => {
    const scores = (app: WordId): readonly Score[] => {
      const tally = { facts: { _tag: 'Fact', word: app }, domain: 'node', absent: 'skip' } as const
      return [scoring({ _tag: 'Spread', terms: [[tally, 5]] }, 1), scoring(free(cpu), 1)]
    }
    expect(placedOnTen(scores, byIndex)).toEqual(placedOnTen(scores, byTheBook))
    expect(placedOnTen(scores, byTheBook)).toEqual(['n0', 'n0', 'n0', 'n0', 'n0', 'n0'])
  })

  it('are told apart by all loads that are scored', () => {
    const packing: RawScore = { ...free(memory), curve: 'most' } as RawScore
    const scores = (): readonly Score[] => [scoring(packing, 1), scoring(free(cpu), 2)]
    expect(placedOnTen(scores, byIndex)).toEqual(placedOnTen(scores, byTheBook))
    expect(placedOnTen(scores, byTheBook)).toEqual(['n0', 'n0', 'n0', 'n0', 'n0', 'n0'])
  })
})

describe('what is given anew', () => {
  /**
   * Where two replicas go, one before and one after the last node takes the place of the first in
   * what is given.
   */
  const placedAround = (
    describedBy: (given: {
      readonly mask: MaskId
      readonly column: ColumnId
    }) => Partial<ClassSpec>,
  ): readonly string[] =>
    batch(allowIndexes(empty), (draft) => {
      const ids = ['a', 'b', 'c'].map((name) =>
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] })),
      )
      const given = { mask: internMask(draft, 'm'), column: internColumn(draft, 'c') }
      const give = (node: NodeId): void => {
        getOrThrow(giveMask(draft, given.mask, [node]))
        getOrThrow(giveColumn(draft, given.column, [[node, 7]]))
      }
      give(ids[0]!)
      const classSpec: ClassSpec = {
        facts: [],
        occupies: [],
        filters: [],
        choice: { _tag: 'Sum', scores: [], tie: 'rank' },
        priority: 0,
        ...describedBy(given),
      }
      const id = getOrThrow(define(draft, classSpec))
      const go = (): readonly string[] =>
        byIndex(draft, [{ class: id, count: 1 }]).answers.flatMap(({ placed }) =>
          placed.map(({ node }) => nodeName(draft, node)),
        )
      const before = go()
      give(ids[2]!)
      return [...before, ...go()]
    })[1]

  const held = (of: MaskId): Expr => ({ _tag: 'InMask', mask: of })
  const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }

  it.each<readonly [string, Parameters<typeof placedAround>[0]]>([
    ['a mask', ({ mask: of }) => ({ filters: [{ _tag: 'Require', ...source, expr: held(of) }] })],
    [
      'a column',
      ({ column: of }) => ({
        choice: {
          _tag: 'Chain',
          keys: [{ plugin: pluginId(0), raw: { _tag: 'Column', column: of }, prefer: 'most' }],
          tie: 'rank',
        },
      }),
    ],
    [
      'a mask of those that are counted',
      ({ mask: of }) => {
        const tally: Tally & { readonly domain: 'node' } = {
          facts: { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } },
          domain: 'node',
          absent: 'skip',
          eligible: { _tag: 'Not', of: held(of) },
        }
        const none: Expr = { _tag: 'Count', tally, op: '<', than: 0 }
        const expr: Expr = { _tag: 'Any', of: [held(of), none] }
        return { filters: [{ _tag: 'Require', ...source, expr }] }
      },
    ],
  ])('is seen: %s', (_, describedBy) => {
    expect(placedAround(describedBy)).toEqual(['a', 'c'])
  })
})

describe('what an index lends to a decision', () => {
  const lookAt = (
    look: (draft: Draft, index: ClassIndex, known: readonly Tally[]) => void,
  ): void => {
    batch(allowIndexes(empty), (draft) => {
      const [app, zone] = [internWord(draft, 'app'), internWord(draft, 'zone')]
      const ids = ['a', 'b', 'c'].map((name, i) =>
        getOrThrow(
          join(draft, {
            name,
            capacity: [],
            attributes: [[zone, internWord(draft, i < 2 ? 'x' : 'y')]],
            marks: [],
          }),
        ),
      )
      const given = internColumn(draft, 'c')
      getOrThrow(giveColumn(draft, given, [[ids[1]!, 7]]))
      const facts = { _tag: 'Fact', word: app } as const
      const known: readonly Tally[] = [
        { facts, domain: 'node', absent: 'own' },
        { facts, domain: zone, absent: 'own' },
      ]
      const classSpec: ClassSpec = {
        facts: [],
        occupies: [],
        filters: [],
        choice: {
          _tag: 'Sum',
          scores: [
            scoring({ _tag: 'Column', column: given }, 1),
            scoring({ _tag: 'Spread', terms: known.map((tally) => [tally, 1] as const) }, 1),
          ],
          tie: 'rank',
        },
        priority: 0,
      }
      const changes = changesOf(draft)
      listen(changes)
      const reads = readSetOf(classSpec, stateOf(draft))!
      look(draft, openClassIndex(draft, classSpec, reads, newSharedStructures(changes)), known)
    })
  }

  it('are its sums, by what a tally says, and whether they are of single nodes', () => {
    lookAt((_, { answers, counts }, [byNode, byZone]) => {
      const unknown: Tally = { ...byZone!, absent: 'skip' }
      expect([...counts.keys()]).toEqual([byNode, byZone])
      expect([byNode!, byZone!].map(answers.domainCounts)).toEqual([...counts.values()])
      expect(answers.domainCounts(unknown)).toBeUndefined()
      expect([byNode!, byZone!, unknown].map(answers.isPerNode)).toEqual([true, false, false])
    })
  })

  it('are scores that nodes of a kind have in common', () => {
    lookAt((_, { answers, readSet, classSpec }) => {
      const [common] = readSet.staticScores
      expect([0, 1, 2].map(answers.scoreOf(common!)!)).toEqual([0, 7, 0])
      expect(classSpec.choice._tag === 'Sum' && classSpec.choice.scores[0]!.raw).toBe(common)
      expect(answers.scoreOf({ ...common! })).toBeUndefined()
    })
  })

  it('is how many are alike', () => {
    lookAt((draft, index, [byNode]) => {
      expect([0, 1, 2].map(index.answers.nodesLike)).toEqual([1, 1, 1])
      expect(byNode!.domain).toBe('node')
      const classSpec: ClassSpec = {
        ...index.classSpec,
        choice: { _tag: 'Sum', scores: [], tie: 'rank' },
      }
      const reads = readSetOf(classSpec, stateOf(draft))!
      const plain = openClassIndex(draft, classSpec, reads, newSharedStructures(changesOf(draft)))
      expect([0, 1, 2].map(plain.answers.nodesLike)).toEqual([3, 3, 3])
    })
  })

  it('is of use as long as there is room for its groups', () => {
    lookAt((draft, index) => {
      if (index.structure._tag !== 'Groups') throw new Error('not what was classSpec')
      const { groups } = index.structure
      const usableWith = (room: number): readonly boolean[] => {
        groups.budget = room
        return [isUsable(index), catchUp(index, draft)]
      }
      expect([1, 0, -1].map(usableWith)).toEqual([
        [true, true],
        [true, true],
        [false, false],
      ])
    })
  })
})
