/**
 * Tests the checks of classes and nodes: each invalid field is reported with its path, and
 * everything that the random generators of the tests make is accepted.
 */
import { anyClass, build, lowerClass, lowerNode, moves } from '@stowage/testing'
import { anyNode } from '../../../testing/src/arbitrary/node.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  cpu,
  define,
  empty,
  join,
  pluginId,
  pattern,
  reasonId,
  internWord as wordIn,
  everyNode,
  type ClassSpec,
  type ColumnId,
  type DimensionId,
  type Expr,
  type Filter,
  type MaskId,
  type Match,
  type NodeSpec,
  type Program,
  type RawScore,
  type WordId,
} from '../index.js'
import type { LoadPointsScore } from '../rule/raw.js'

const word = 99 as WordId
/** The only word of the cluster. */
const zone = 0 as WordId
const nowhere = 99 as DimensionId
const [source, tie] = [
  { plugin: pluginId(0), reason: reasonId(0), removable: true },
  'rank',
] as const

const sound: ClassSpec = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie },
  priority: 0,
}
const requiring = (expr: Expr): Partial<ClassSpec> => ({
  filters: [{ _tag: 'Require', ...source, expr }],
})
const filtering = (filter: Filter): Partial<ClassSpec> => ({ filters: [filter] })
const fitting = (dimension: DimensionId, amount: number): Partial<ClassSpec> =>
  filtering({
    _tag: 'Fit',
    plugin: pluginId(0),
    removable: true,
    parts: [{ dimension, amount, reason: reasonId(0), slot: false }],
  })
const limiting = (facts: Match, self = 0, most = 0): Partial<ClassSpec> =>
  filtering({
    _tag: 'Limit',
    ...source,
    tally: { facts, domain: 'node', absent: 'own' },
    self,
    max: most,
  })
const scoring = (raw: RawScore, weight = 1): Partial<ClassSpec> => ({
  choice: { _tag: 'Sum', scores: [{ plugin: pluginId(0), raw, normaliser: 'none', weight }], tie },
})
const loading = (dimension: DimensionId, amount: number, weight: number): Partial<ClassSpec> =>
  scoring({ _tag: 'Load', curve: 'least', parts: [{ dimension, amount, weight }] })
const counting = (domain: WordId | 'node', weight: number): RawScore => ({
  _tag: 'Counts',
  terms: [[{ facts: { _tag: 'Every', of: [] }, domain, absent: 'own' }, weight]],
})
const everything: Match = { _tag: 'Every', of: [] }
const sounding = (tally: object): Partial<ClassSpec> =>
  filtering({
    _tag: 'Limit',
    ...source,
    tally: { facts: everything, domain: 'node', absent: 'own', ...tally },
    self: 0,
    max: 0,
  })
const skewing = (changes: object): Partial<ClassSpec> =>
  filtering({
    _tag: 'Skew',
    ...source,
    tally: { facts: everything, domain: 'cluster', absent: 'own' },
    self: 1,
    max: 1,
    domainsMin: 0,
    ...changes,
  })
const needing = (changes: object): Partial<ClassSpec> =>
  filtering({
    _tag: 'Need',
    ...source,
    facts: everything,
    domains: ['node'],
    firstMayStart: false,
    ...changes,
  })
const bending = (points: LoadPointsScore['points']): Partial<ClassSpec> =>
  scoring({ _tag: 'Load', curve: 'points', parts: [], points })
const count: Expr = {
  _tag: 'Count',
  tally: { facts: everything, domain: 'node', absent: 'own' },
  op: '<',
  than: 1,
}
const matching = (program: Program): Partial<ClassSpec> =>
  requiring({ _tag: 'Pattern', key: zone, program })
const nested = (depth: number): Expr =>
  depth === 0 ? everyNode : { _tag: 'Not', of: nested(depth - 1) }
const has: Expr = { _tag: 'Has', key: word }
const marks: Expr = { _tag: 'Marks', tolerated: { _tag: 'All', of: [] } }
const named: Expr = { _tag: 'Named', nodes: [] }

it.each<[string, Partial<ClassSpec>]>([
  ['facts.0', { facts: [word] }],
  ['occupies.0.0', { occupies: [[nowhere, 1]] }],
  ['occupies.0.1', { occupies: [[cpu, 2 ** 53 / 100]] }],
  [
    'occupies.1.0',
    {
      occupies: [
        [cpu, 1],
        [cpu, 1],
      ],
    },
  ],
  ['priority', { priority: Infinity }],
  ['_tag', { ['_tag' as 'priority']: 7 }],
  ['filters.0.expr.key', requiring(has)],
  ['filters.0.expr.of.0.key', requiring({ _tag: 'All', of: [has] })],
  ['filters.0.expr.of.of.1.key', requiring({ _tag: 'Not', of: { _tag: 'Any', of: [named, has] } })],
  ['filters.0.expr.tolerated.key', requiring({ _tag: 'Marks', tolerated: has })],
  ['filters.0.expr.tolerated', requiring({ _tag: 'Marks', tolerated: marks })],
  [
    'filters.0.expr.tolerated.of',
    requiring({ _tag: 'Marks', tolerated: { _tag: 'Not', of: named } }),
  ],
  ['filters.0.parts.0.dimension', fitting(nowhere, 1)],
  ['filters.0.parts.0.amount', fitting(cpu, -1)],
  ['filters.0.tally.facts.word', limiting({ _tag: 'Fact', word })],
  ['filters.0.tally.facts.of.word', limiting({ _tag: 'None', of: { _tag: 'Fact', word } })],
  ['filters.0.tally.facts.of.0.word', limiting({ _tag: 'Some', of: [{ _tag: 'Fact', word }] })],
  ['filters.0.self', limiting({ _tag: 'Every', of: [] }, 0.5)],
  ['filters.0.max', limiting({ _tag: 'Every', of: [] }, 0, NaN)],
  ['choice.scores.0.weight', scoring(counting('node', 1), -1)],
  ['choice.scores.0.raw.parts.0.dimension', loading(nowhere, 1, 1)],
  ['choice.scores.0.raw.parts.0.amount', loading(cpu, 0.5, 1)],
  ['choice.scores.0.raw.parts.0.weight', loading(cpu, 1, -1)],
  ['choice.scores.0.raw.parts.0.weight', loading(cpu, 1, 0.5)],
  ['choice.scores.0.raw.terms.0.0.domain', scoring(counting(word, 1))],
  ['choice.scores.0.raw.terms.0.1', scoring(counting('node', NaN))],
  [
    'choice.keys.0.raw.terms.0.1',
    {
      choice: {
        _tag: 'Chain',
        keys: [{ plugin: pluginId(0), raw: counting('node', Infinity), prefer: 'most' }],
        tie,
      },
    },
  ],
  ['filters.0._tag', filtering({ ...source, _tag: 'Only if' } as never)],
  ['filters.0.tally.elligible', sounding({ elligible: everyNode })],
  ['filters.0.tally.domain', sounding({ domain: 'zone' })],
  ['filters.0.tally.key', sounding({ key: word })],
  ['filters.0.tally.key', sounding({ domain: zone, key: zone })],
  ['filters.0.tally.absent', sounding({ absent: undefined })],
  ['filters.0.tally.eligible', sounding({ eligible: count })],
  ['filters.0.tally.eligible.of.0', sounding({ eligible: { _tag: 'Any', of: [count] } })],
  ['filters.0.tally.removal.word', sounding({ removal: { _tag: 'Fact', word } })],
  ['filters.0.domainsMin', skewing({ domainsMin: -1 })],
  ['filters.0.self', skewing({ self: 'one' })],
  ['filters.0.domains', needing({ domains: [] })],
  ['filters.0.domains.1', needing({ domains: ['node', word] })],
  ['filters.0.firstMayStart', needing({ firstMayStart: 1 })],
  ['filters.0.expr.mask', requiring({ _tag: 'InMask', mask: 0 as MaskId })],
  ['filters.0.expr.tolerated', requiring({ _tag: 'Marks', tolerated: count })],
  [
    'filters.0.expr.tally.domain',
    requiring({ ...count, tally: { ...count.tally, domain: 'cluster' as 'node' } }),
  ],
  ['filters.0.expr.than', requiring({ ...count, than: NaN })],
  ['filters.0.expr.program', matching([])],
  ['filters.0.expr.program', matching(Array<number>(8193).fill(0))],
  ['filters.0.expr.program.0', matching([9])],
  ['filters.0.expr.program.0', matching([0.5])],
  ['filters.0.expr.program.1', matching([0, 3, 2, 97, 97])],
  ['filters.0.expr.program.1', matching([0, 3, -1])],
  ['filters.0.expr.program.0', matching([1, 1, 0])],
  ['filters.0.expr.program.0', matching([2, 3, 9, 0])],
  ['filters.0.expr.program.0', matching([4])],
  ['filters.0.expr.program.0', matching([3, 1, 97, 97])],
  ['choice.scores.0.raw.column', scoring({ _tag: 'Column', column: 0 as ColumnId })],
  [
    'choice.scores.0.raw.curve',
    scoring({ _tag: 'Load', curve: 'point', parts: [], points: [] } as never),
  ],
  ['choice.scores.0.raw.points', bending([])],
  [
    'choice.scores.0.raw.points.1.0',
    bending([
      [50, 1],
      [50, 2],
    ]),
  ],
  [
    'choice.scores.0.raw.points.2.0',
    bending([
      [0, 1],
      [50, 2],
      [40, 3],
    ]),
  ],
  ['choice.scores.0.raw.points.0.0', bending([[101, 1]])],
  [
    'choice.scores.0.raw.terms.0.1',
    scoring({ ...counting('node', 0), _tag: 'Spread' } as RawScore),
  ],
  [
    'choice.scores.0.normaliser',
    {
      choice: {
        _tag: 'Sum',
        scores: [
          { plugin: pluginId(0), raw: counting('node', 1), normaliser: 'mean' as 'max', weight: 1 },
        ],
        tie,
      },
    },
  ],
  ['choice.tie', { choice: { _tag: 'Sum', scores: [], tie: 'first' as 'rank' } }],
  ['choice.tie.seeded', { choice: { _tag: 'Sum', scores: [], tie: { seeded: 2 ** 53 } } }],
])('finds what is wrong with a class at %s', (path, wrong) => {
  const [, came] = batch(empty, (draft) => {
    wordIn(draft, 'zone')
    return define(draft, { ...sound, ...wrong })
  })
  expect(came).toMatchObject({ left: { _tag: 'BadClass', at: steps(path) } })
})

it.each<[string, Partial<NodeSpec>]>([
  ['capacity.0.0', { capacity: [[nowhere, 1]] }],
  ['capacity.0.1', { capacity: [[cpu, -1]] }],
  ['attributes.0.0', { attributes: [[word, word]] }],
  ['marks.0.0.0', { marks: [[[word, word]]] }],
])('finds what is wrong with a node at %s', (path, wrong) => {
  const node: NodeSpec = { name: 'a', capacity: [], attributes: [], marks: [], ...wrong }
  const [, came] = batch(empty, (draft) => join(draft, node))
  expect(came).toMatchObject({ left: { _tag: 'BadNode', name: 'a', at: steps(path) } })
})

it('finds a key that is given twice', () => {
  const [, came] = batch(empty, (draft) => {
    const zone = lowerNode(draft, {
      name: 'a',
      capacity: [],
      attributes: [['zone', 'x']],
      marks: [],
    }).attributes[0]!
    return join(draft, { name: 'a', capacity: [], attributes: [zone, zone], marks: [] })
  })
  expect(came).toMatchObject({ left: { at: ['attributes', 1, 0], found: '"zone"' } })
})

it('says how deep an expression may be, where it begins to be too deep', () => {
  const [, came] = batch(empty, (draft) => define(draft, { ...sound, ...requiring(nested(5_000)) }))
  expect(came).toMatchObject({ left: { expected: 'an expression at most 400 steps deep' } })
  const [, fine] = batch(empty, (draft) => define(draft, { ...sound, ...requiring(nested(300)) }))
  expect(E.isRight(fine)).toBe(true)
})

it('takes a program of any pieces', () => {
  const piece = pattern.either(pattern.many(pattern.any), pattern.text('a'))
  const program = pattern.program(pattern.atStart, piece, pattern.oneOf([]), pattern.atEnd)
  const [, came] = batch(empty, (draft) => {
    wordIn(draft, 'zone')
    return define(draft, { ...sound, ...matching(program) })
  })
  expect(came).toMatchObject({ _tag: 'Right' })
})

it('lets in every class and node that the generators make', () =>
  fc.assert(
    fc.property(anyClass, anyNode, (classSpec, node) => {
      const { cluster } = build({ nodes: [], classes: [], replicas: [] })
      batch(cluster, (draft) => {
        expect(E.isRight(moves.join(draft, lowerNode(draft, node)))).toBe(true)
        expect(E.isRight(define(draft, lowerClass(draft, classSpec)))).toBe(true)
      })
    }),
  ))

function steps(path: string): readonly (string | number)[] {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}
