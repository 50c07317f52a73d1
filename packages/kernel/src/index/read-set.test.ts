/**
 * Tests the read set of a class: what its filters, scores and tallies read, which classes get no
 * index, and which are served by a sorted list.
 */
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import {
  batch,
  getOrThrow,
  internColumn,
  cpu,
  empty,
  giveColumn,
  join,
  internMask,
  memory,
  pluginId,
  reasonId,
  internWord,
  type Choice,
  type ClassSpec,
  type Expr,
  type Filter,
  type NodeId,
  type RawScore,
  type Score,
  type Tally,
} from '../index.js'
import type { Normaliser } from '../rule/score.js'
import type { LoadPart } from '../rule/raw.js'
import type { ChainKey } from '../rule/score.js'
import { readSetOf, type ReadSet } from './read-set.js'
import { masksOfTally } from './rule-reads.js'

const [cluster, names] = batch(empty, (draft) => {
  const node: NodeId = getOrThrow(
    join(draft, { name: 'a', capacity: [], attributes: [], marks: [] }),
  )
  const columns = { whole: internColumn(draft, 'whole'), broken: internColumn(draft, 'broken') }
  getOrThrow(giveColumn(draft, columns.whole, [[node, 3]]))
  const other = getOrThrow(join(draft, { name: 'b', capacity: [], attributes: [], marks: [] }))
  getOrThrow(
    giveColumn(draft, columns.broken, [
      [other, 1],
      [node, 0.5],
    ]),
  )
  return {
    node,
    columns,
    zone: internWord(draft, 'zone'),
    app: internWord(draft, 'app'),
    masks: [internMask(draft, 'm'), internMask(draft, 'n'), internMask(draft, 'o')] as const,
  }
})
const { node, columns, zone, app, masks } = names

const source = { plugin: pluginId(0), removable: false, reason: reasonId(0) }
const tallyOver = (domain: Tally['domain'], more: Partial<Tally> = {}): Tally => ({
  facts: { _tag: 'Fact', word: app },
  domain,
  absent: 'own',
  ...more,
})
const byNode = tallyOver('node') as Tally & { readonly domain: 'node' }
const byZone = tallyOver(zone)
const has: Expr = { _tag: 'Has', key: zone }
const few = { _tag: 'Count', tally: byNode, op: '<', than: 1 } as const
const counting: Expr = { _tag: 'Any', of: [has, few] }
const given = (i: 0 | 1 | 2): Expr => ({ _tag: 'InMask', mask: masks[i] })

const only: Filter = { _tag: 'Only', ...source, nodes: [node] }
const requires = (expr: Expr): Filter => ({ _tag: 'Require', ...source, expr })
const fits: Filter = { _tag: 'Fit', plugin: pluginId(0), removable: false, parts: [] }
const limits = (tally: Tally): Filter => ({ _tag: 'Limit', ...source, tally, self: 1, max: 1 })
const skews = (tally: Tally): Filter => ({
  _tag: 'Skew',
  ...source,
  tally,
  self: 1,
  max: 1,
  domainsMin: 0,
})
const needs: Filter = {
  _tag: 'Need',
  ...source,
  facts: { _tag: 'Fact', word: app },
  domains: [zone, 'node'],
  firstMayStart: true,
}

const column0: RawScore = { _tag: 'Column', column: columns.whole }
const statically = (holds: Expr, number = 1): RawScore => ({
  _tag: 'Static',
  cases: [[holds, number]],
  marks: [],
})
const counts = (tally: Tally): RawScore => ({ _tag: 'Counts', terms: [[tally, 1]] })
const spread = (tally: Tally): RawScore => ({ _tag: 'Spread', terms: [[tally, 1]] })
const load = (
  curve: 'least' | 'most' | 'remaining' | 'balance-change' = 'least',
  parts: readonly LoadPart[] = [{ dimension: cpu, amount: 1, weight: 1 }],
): RawScore => ({ _tag: 'Load', curve, parts })
const points = (...scores: readonly number[]): RawScore => ({
  _tag: 'Load',
  curve: 'points',
  parts: [],
  points: scores.map((score, i) => [i, score] as const),
})

const scored = (raw: RawScore, weight = 1, normaliser: Normaliser = 'none'): Score => ({
  plugin: pluginId(0),
  raw,
  normaliser,
  weight,
})
const keyed = (raw: RawScore, prefer: ChainKey['prefer'] = 'most'): ChainKey => ({
  plugin: pluginId(0),
  raw,
  prefer,
})
const sum = (...scores: readonly Score[]): Choice => ({ _tag: 'Sum', scores, tie: 'rank' })
const chain = (...keys: readonly ChainKey[]): Choice => ({ _tag: 'Chain', keys, tie: 'rank' })
const classOf = (filters: readonly Filter[], choice: Choice = chain()): ClassSpec => ({
  facts: [],
  occupies: [],
  filters,
  choice,
  priority: 0,
})

const readsIn = (classSpec: ClassSpec): ReadSet | undefined =>
  readSetOf(classSpec, stateOf(cluster))
const readsFor = (...of: Parameters<typeof classOf>): ReadSet => readsIn(classOf(...of))!

describe('filters', () => {
  const [wide, narrow] = [limits(byZone), limits(byNode)]
  const [seeing, naming] = [requires(counting), requires(has)]
  const skewed = skews(byNode)
  const reads = readsFor([only, naming, seeing, fits, wide, narrow, skewed, needs])

  it('are fixed, of the node itself, or shared', () => {
    expect({
      fixed: reads.staticFilters,
      own: reads.nodeFilters,
      shared: reads.domainFilters,
    }).toEqual({
      fixed: [only, naming],
      own: [seeing, fits, narrow],
      shared: [wide, skewed, needs],
    })
  })

  it('have their tallies looked at where they are shared, and extremes but where there is a limit', () => {
    const domains = (tallies: readonly Tally[]) => tallies.map(({ domain }) => domain)
    expect(domains(reads.tallies)).toEqual([zone, 'node', zone, 'node'])
    expect(domains(reads.extremesTallies)).toEqual(['node', zone, 'node'])
    expect(readsFor([narrow, limits(tallyOver('node', { key: zone, absent: 'shared' }))])).toEqual(
      expect.objectContaining({
        nodeFilters: [narrow],
        tallies: [expect.anything()],
        extremesTallies: [],
      }),
    )
  })

  it('that ask what counts on other nodes have no index, wherever they ask', () => {
    const far: Expr = {
      _tag: 'Count',
      tally: { ...byNode, key: zone, absent: 'shared' },
      op: '<',
      than: 1,
    }
    const near: Expr = { ...far, tally: { ...byNode, key: zone } }
    const all = (expr: Expr): readonly ClassSpec[] => [
      classOf([requires({ _tag: 'Not', of: { _tag: 'Any', of: [has, expr] } })]),
      classOf([], sum(scored(statically(expr)))),
      classOf([], sum(scored({ _tag: 'Static', cases: [], marks: [[expr, 1]] }))),
    ]
    expect(all(far).map(readsIn)).toEqual([undefined, undefined, undefined])
    expect(all(near).map(readsIn)).not.toContain(undefined)
  })
})

describe('masks and columns', () => {
  it('are all that filters, scores and tallies name, also of who is counted by an expression', () => {
    const within: Expr = {
      _tag: 'Count',
      tally: { ...byNode, eligible: given(2) },
      op: '<',
      than: 1,
    }
    const reads = readsFor(
      [
        requires({ _tag: 'All', of: [given(0), within] }),
        limits({ ...byNode, eligible: given(1) }),
      ],
      sum(scored(column0), scored(statically(given(0)))),
    )
    expect(new Set(reads.masks)).toEqual(new Set(masks))
    expect(reads.columns).toEqual([columns.whole])
    expect(readsFor([], sum(scored(counts({ ...byZone, eligible: given(1) })))).masks).toEqual([
      masks[1],
    ])
    expect(readsFor([requires(has)], sum(scored(load())))).toMatchObject({ masks: [], columns: [] })
  })

  it('are named by a tally where it says who is counted', () => {
    const eligible: Expr = { _tag: 'All', of: [given(0), { _tag: 'Not', of: given(1) }, has] }
    expect(masksOfTally({ ...byNode, eligible })).toEqual([masks[0], masks[1]])
    expect(masksOfTally(byNode)).toEqual([])
  })
})

describe('what is removed', () => {
  const removal: Tally['removal'] = { _tag: 'Every', of: [] }
  it.each<readonly [boolean, string, ClassSpec]>([
    [true, 'a filter', classOf([limits({ ...byNode, removal }), limits(byNode)])],
    [true, 'a score', classOf([], sum(scored(counts({ ...byZone, removal }))))],
    [true, 'an expression', classOf([requires({ ...few, tally: { ...byNode, removal } })])],
    [false, 'none', classOf([limits(byNode), requires(counting)], sum(scored(counts(byZone))))],
  ])('is counted in a way of its own: %s, by %s', (removes, _, classSpec) => {
    expect(readsIn(classSpec)!.hasRemovals).toBe(removes)
  })
})

describe('scores', () => {
  const [fixed, moving] = [statically(has), statically(counting)]
  const [left, taken] = [load('least'), load('most')]

  it('of a sum are common, moving, or tell nodes apart', () => {
    const normalised = load('balance-change')
    const reads = readsFor(
      [],
      sum(
        scored(column0),
        scored(fixed),
        scored(moving),
        scored(counts(byZone)),
        scored(spread(byNode)),
        scored(normalised, 1, 'max'),
        scored(left, 2),
        scored(taken, 3),
      ),
    )
    expect(reads).toMatchObject({
      staticScores: [column0, fixed],
      nodeScores: [moving, normalised],
      valueTerms: [
        { raw: left, factor: 2 },
        { raw: taken, factor: 3 },
      ],
      tallies: [byZone, byNode],
    })
  })

  it('of a chain tell nodes apart by the first load', () => {
    const reads = readsFor(
      [],
      chain(keyed(fixed), keyed(left, 'least'), keyed(taken), keyed(moving)),
    )
    expect(reads).toMatchObject({
      staticScores: [fixed],
      nodeScores: [taken, moving],
      valueTerms: [{ raw: left, factor: -1 }],
    })
    expect(readsFor([], chain(keyed(left))).valueTerms).toEqual([{ raw: left, factor: 1 }])
  })

  it('that are marks move where these count', () => {
    const marked: RawScore = { _tag: 'Static', cases: [], marks: [[counting, 1]] }
    expect(readsFor([], sum(scored(marked)))).toMatchObject({
      staticScores: [],
      nodeScores: [marked],
    })
  })

  it.each<readonly [boolean, string, Choice]>([
    [true, 'nothing', sum()],
    [true, 'percentages', sum(scored(left, 327))],
    [false, 'more than 32,767', sum(scored(left, 328))],
    [false, 'more than that below 0', sum(scored(left, -328))],
    [false, 'more in all', sum(scored(left, 300), scored(taken, 300))],
    [true, 'points', sum(scored(points(3, -32_767)))],
    [false, 'higher points', sum(scored(points(3, 32_768)))],
    [false, 'points by weight', sum(scored(points(3, -16_384), 2))],
    [false, 'what is no whole number', sum(scored(left, 0.5))],
    [false, 'what is left', chain(keyed(load('remaining')))],
    [true, 'a percentage', chain(keyed(left))],
  ])('are small: %s, where they come to %s', (isSmall, _, choice) => {
    expect(readsFor([], choice).isInt16).toBe(isSmall)
  })

  it.each<readonly [boolean, string, readonly Score[]]>([
    [true, 'one alone, whatever it is', [scored(load('remaining'), 0.5)]],
    [true, 'whole numbers', [scored(left), scored(fixed), scored(column0), scored(spread(byZone))]],
    [true, 'counts', [scored(left), scored(counts(byZone))]],
    [false, 'a broken weight', [scored(left), scored(taken, 0.5)]],
    [false, 'a broken number', [scored(left), scored(statically(has, 0.5))]],
    [
      false,
      'a broken number for a mark',
      [scored(left), scored({ _tag: 'Static', cases: [], marks: [[has, 0.5]] })],
    ],
    [
      false,
      'a broken number beside a whole one',
      [
        scored(left),
        scored({
          _tag: 'Static',
          cases: [
            [has, 1],
            [has, 0.5],
          ],
          marks: [],
        }),
      ],
    ],
    [
      false,
      'a broken count beside a whole one',
      [
        scored(left),
        scored({
          _tag: 'Counts',
          terms: [
            [byZone, 1],
            [byZone, 0.5],
          ],
        }),
      ],
    ],
    [false, 'a broken column', [scored(left), scored({ _tag: 'Column', column: columns.broken })]],
    [false, 'what is left', [scored(left), scored(load('remaining'))]],
  ])('of a sum are the same in any order: %s, for %s', (isExact, _, scores) => {
    expect(readsIn(classOf([], sum(...scores))) !== undefined).toBe(isExact)
  })

  it('of a chain are never added', () => {
    expect(
      readsIn(classOf([], chain(keyed(left), keyed(statically(has, 0.5))))),
    ).not.toBeUndefined()
  })
})

describe('an order', () => {
  const remaining = load('remaining', [{ dimension: memory, amount: 1, weight: 1 }])
  const two = load('remaining', [
    { dimension: cpu, amount: 1, weight: 1 },
    { dimension: memory, amount: 1, weight: 1 },
  ])
  const heavy = load('remaining', [{ dimension: cpu, amount: 1, weight: 2 }])
  const most = { dimension: memory, sign: -1 }

  it.each<readonly [string, readonly Filter[], Choice, ReadSet['orderKey'] | object]>([
    ['what is left', [], chain(keyed(remaining)), most],
    ['what is not left', [fits], chain(keyed(remaining, 'least')), { ...most, sign: 1 }],
    [
      'what nodes share before that',
      [only, fits, fits, limits(byZone)],
      chain(keyed(counts(byZone)), keyed(statically(has)), keyed(column0), keyed(remaining)),
      most,
    ],
  ])('is had for %s', (_, filters, choice, ordering) => {
    expect(readsFor(filters, choice).orderKey).toEqual(ordering)
  })

  it.each<readonly [string, readonly Filter[], Choice]>([
    ['a sum', [], sum(scored(remaining))],
    ['ties that are drawn', [], { _tag: 'Chain', keys: [keyed(remaining)], tie: { seeded: 1 } }],
    ['no load', [], chain(keyed(column0))],
    ['two loads', [], chain(keyed(remaining), keyed(remaining))],
    ['a percentage', [], chain(keyed(load('least')))],
    ['two dimensions', [], chain(keyed(two))],
    ['no dimension', [], chain(keyed(load('remaining', [])))],
    ['a weight', [], chain(keyed(heavy))],
    ['a spread before', [], chain(keyed(spread(byZone)), keyed(remaining))],
    ['what moves before', [], chain(keyed(statically(counting)), keyed(remaining))],
    [
      'a filter that a node answers by what stands there',
      [fits, limits(byNode)],
      chain(keyed(remaining)),
    ],
  ])('is not had for %s', (_, filters, choice) => {
    expect(readsFor(filters, choice).orderKey).toBeUndefined()
  })
})
