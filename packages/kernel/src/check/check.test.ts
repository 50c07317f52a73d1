import { anyClass, anyNode, build, lowerClass, lowerNode, moves } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  cpu,
  define,
  empty,
  join,
  plugin,
  reason,
  type Class,
  type Expr,
  type Filter,
  type Match,
  type NodeSpec,
  type Raw,
} from '../index.js'
import type { Dimension, Word } from '../rule/id.js'

const word = 99 as Word
const nowhere = 99 as Dimension
const [said, tie] = [{ plugin: plugin(0), reason: reason(0), removable: true }, 'rank'] as const

const sound: Class = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie },
  priority: 0,
}
const requiring = (expr: Expr): Partial<Class> => ({
  filters: [{ _tag: 'Require', ...said, expr }],
})
const filtering = (filter: Filter): Partial<Class> => ({ filters: [filter] })
const fitting = (dimension: Dimension, amount: number): Partial<Class> =>
  filtering({
    _tag: 'Fit',
    plugin: plugin(0),
    removable: true,
    parts: [{ dimension, amount, reason: reason(0), slot: false }],
  })
const limiting = (facts: Match, self = 0, most = 0): Partial<Class> =>
  filtering({
    _tag: 'Limit',
    ...said,
    tally: { facts, domain: 'node', absent: 'own' },
    self,
    most,
  })
const scoring = (raw: Raw, weight = 1): Partial<Class> => ({
  choice: { _tag: 'Sum', scores: [{ plugin: plugin(0), raw, normaliser: 'none', weight }], tie },
})
const loading = (dimension: Dimension, amount: number, weight: number): Partial<Class> =>
  scoring({ _tag: 'Load', curve: 'least', parts: [{ dimension, amount, weight }] })
const counting = (domain: Word | 'node', weight: number): Raw => ({
  _tag: 'Counts',
  terms: [[{ facts: { _tag: 'Every', of: [] }, domain, absent: 'own' }, weight]],
})
const has: Expr = { _tag: 'Has', key: word }
const marks: Expr = { _tag: 'Marks', tolerated: { _tag: 'All', of: [] } }
const named: Expr = { _tag: 'Named', nodes: [] }

it.each<[string, Partial<Class>]>([
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
  ['filters.0.most', limiting({ _tag: 'Every', of: [] }, 0, NaN)],
  ['choice.scores.0.weight', scoring(counting('node', 1), -1)],
  ['choice.scores.0.raw.parts.0.dimension', loading(nowhere, 1, 1)],
  ['choice.scores.0.raw.parts.0.amount', loading(cpu, 0.5, 1)],
  ['choice.scores.0.raw.parts.0.weight', loading(cpu, 1, -1)],
  ['choice.scores.0.raw.terms.0.0.domain', scoring(counting(word, 1))],
  ['choice.scores.0.raw.terms.0.1', scoring(counting('node', NaN))],
  [
    'choice.keys.0.raw.terms.0.1',
    {
      choice: {
        _tag: 'Chain',
        keys: [{ plugin: plugin(0), raw: counting('node', Infinity), prefer: 'most' }],
        tie,
      },
    },
  ],
  ['choice.tie.seeded', { choice: { _tag: 'Sum', scores: [], tie: { seeded: 2 ** 53 } } }],
])('finds what is wrong with a class at %s', (path, wrong) => {
  const [came] = batch(empty, (draft) => define(draft, { ...sound, ...wrong }))
  expect(came).toMatchObject({ left: { _tag: 'BadClass', at: steps(path) } })
})

it.each<[string, Partial<NodeSpec>]>([
  ['capacity.0.0', { capacity: [[nowhere, 1]] }],
  ['capacity.0.1', { capacity: [[cpu, -1]] }],
  ['attributes.0.0', { attributes: [[word, word]] }],
  ['marks.0.0.0', { marks: [[[word, word]]] }],
])('finds what is wrong with a node at %s', (path, wrong) => {
  const node: NodeSpec = { name: 'a', capacity: [], attributes: [], marks: [], ...wrong }
  const [came] = batch(empty, (draft) => join(draft, node))
  expect(came).toMatchObject({ left: { _tag: 'BadNode', name: 'a', at: steps(path) } })
})

it('finds a key that is given twice', () => {
  const [came] = batch(empty, (draft) => {
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

it('lets in every class and node that the generators make', () =>
  fc.assert(
    fc.property(anyClass, anyNode, (described, node) => {
      const { cluster } = build({ nodes: [], classes: [], replicas: [] })
      batch(cluster, (draft) => {
        expect(E.isRight(moves.join(draft, lowerNode(draft, node)))).toBe(true)
        expect(E.isRight(define(draft, lowerClass(draft, described)))).toBe(true)
      })
    }),
  ))

function steps(path: string): readonly (string | number)[] {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}
