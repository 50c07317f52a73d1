/**
 * Times the scan (a decision that looks at every node) for two classes (workloads as the scheduler
 * sees them) on the same nodes: one that has every kind of filter, expression and score, and a
 * plain one.
 */
import {
  allowIndexes,
  batch,
  getOrThrow,
  internColumn,
  cpu,
  define,
  empty,
  giveColumn,
  giveMask,
  internMask,
  memory,
  nodeIds,
  pattern,
  pluginId,
  reasonId,
  ticksPerVcpu,
  internWord,
  type ClassSpec,
  type Cluster,
  type ClassId,
  type ColumnId,
  type Draft,
  type Expr,
  type Filter,
  type MaskId,
  type RawScore,
  type Match,
  type Tally,
  type View,
  type WordId,
  type Score,
} from '@stowage/kernel'
import { explainedNames, placedNames } from './placed.js'
import type { Suite } from './suite.js'
import { plainClass, seededWorld, zoneKey } from './world.js'

/** Placements of one run: each sees those before it. */
const placements = 20

interface Words {
  readonly zone: WordId
  readonly one: WordId
  readonly service: WordId
  readonly claims: MaskId
  readonly prices: ColumnId
}

const reason = { plugin: pluginId(0), removable: true, reason: reasonId(0) }

const requirementOf = ({ zone, one, claims }: Words, ofService: Tally): Expr => ({
  _tag: 'All',
  of: [
    { _tag: 'Has', key: zone },
    {
      _tag: 'Any',
      of: [
        { _tag: 'In', key: zone, values: [one] },
        { _tag: 'Not', of: { _tag: 'Named', nodes: [] } },
      ],
    },
    { _tag: 'Not', of: { _tag: 'Compare', key: zone, as: 'int64', op: '<', than: '0' } },
    {
      _tag: 'Pattern',
      key: zone,
      program: pattern.program(pattern.text('zone-'), pattern.many(pattern.any)),
    },
    { _tag: 'Marks', tolerated: { _tag: 'Has', key: zone } },
    { _tag: 'InMask', mask: claims },
    { _tag: 'Count', tally: { ...ofService, domain: 'node' }, op: '<', than: 100 },
  ],
})

const filtersOf = (words: Words, all: View, ofService: Tally): readonly Filter[] => [
  { _tag: 'Only', ...reason, nodes: nodeIds(all) },
  { _tag: 'Require', ...reason, expr: requirementOf(words, ofService) },
  ...plainClass.filters,
  { _tag: 'Limit', ...reason, tally: ofService, self: 1, max: 50 },
  {
    _tag: 'Skew',
    ...reason,
    tally: { ...ofService, domain: words.zone },
    self: 1,
    max: 2,
    domainsMin: 0,
  },
  { _tag: 'Need', ...reason, facts: ofService.facts, domains: ['cluster'], firstMayStart: true },
]

const rawOf = (
  words: Words,
  ofService: Tally,
): readonly (readonly [RawScore, Score['normaliser']])[] => {
  const parts = [cpu, memory].map((dimension) => ({ dimension, amount: ticksPerVcpu, weight: 1 }))
  const byZone: Tally = { ...ofService, domain: words.zone }
  return [
    [
      {
        _tag: 'Static',
        cases: [[{ _tag: 'In', key: words.zone, values: [words.one] }, 5]],
        marks: [[{ _tag: 'Has', key: words.zone }, 1]],
      },
      'max',
    ],
    [{ _tag: 'Column', column: words.prices }, 'max-reversed'],
    [{ _tag: 'Load', curve: 'least', parts }, 'none'],
    [{ _tag: 'Load', curve: 'most', parts }, 'none'],
    [{ _tag: 'Load', curve: 'remaining', parts }, 'min-max'],
    [{ _tag: 'Load', curve: 'balance-change', parts }, 'none'],
    [
      {
        _tag: 'Load',
        curve: 'points',
        parts,
        points: [
          [0, 0],
          [100, 100],
        ],
      },
      'none',
    ],
    [{ _tag: 'Counts', terms: [[byZone, 1]] }, 'min-max'],
    [
      {
        _tag: 'Spread',
        terms: [
          [ofService, 3],
          [byZone, 5],
        ],
      },
      'spread',
    ],
  ]
}

/** A service that has every kind of rule. */
const everyClass = (words: Words, all: View): ClassSpec => {
  const ofService: Tally = {
    facts: {
      _tag: 'Every',
      of: [
        { _tag: 'Fact', word: words.service },
        { _tag: 'Some', of: [{ _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } }] },
      ],
    },
    domain: 'node',
    absent: 'skip',
    eligible: { _tag: 'Has', key: words.zone },
  }
  return {
    ...plainClass,
    facts: [words.service],
    filters: filtersOf(words, all, ofService),
    choice: {
      _tag: 'Sum',
      tie: { seeded: 7 },
      scores: rawOf(words, ofService).map(([raw, normaliser]) => ({
        plugin: pluginId(0),
        raw,
        normaliser,
        weight: 2,
      })),
    },
  }
}

type Kind =
  | (Filter | Expr | RawScore | Match)['_tag']
  | Extract<RawScore, { readonly _tag: 'Load' }>['curve']
  | Score['normaliser']

const kinds: Readonly<Record<Kind, true>> = {
  ...{ Only: true, Require: true, Fit: true, Limit: true, Skew: true, Need: true },
  ...{ All: true, Any: true, Not: true, Has: true, In: true, Compare: true, Pattern: true },
  ...{ Marks: true, Named: true, InMask: true, Count: true },
  ...{ Fact: true, Phase: true, Every: true, Some: true, None: true },
  ...{ Static: true, Column: true, Load: true, Counts: true, Spread: true },
  ...{ least: true, most: true, remaining: true, 'balance-change': true, points: true },
  ...{ none: true, max: true, 'max-reversed': true, 'min-max': true, spread: true },
}

/** The kinds of rule that the class has not. */
export const missing = (): readonly string[] => {
  const [, text] = batch(allowIndexes(empty), (draft) =>
    JSON.stringify(everyClass(wordsIn(draft), draft)),
  )
  return Object.keys(kinds).filter((kind) => !text.includes(JSON.stringify(kind)))
}

const wordsIn = (draft: Draft): Words => {
  const words = {
    zone: internWord(draft, zoneKey),
    one: internWord(draft, 'zone-1'),
    service: internWord(draft, 'service'),
    claims: internMask(draft, 'claims'),
    prices: internColumn(draft, 'prices'),
  }
  getOrThrow(giveMask(draft, words.claims, nodeIds(draft)))
  getOrThrow(
    giveColumn(
      draft,
      words.prices,
      nodeIds(draft).map((node, i) => [node, i % 7] as const),
    ),
  )
  return words
}

const everyWorld = (cluster: Cluster): { readonly every: ClassId; readonly cluster: Cluster } => {
  const [after, every] = batch(cluster, (draft) =>
    getOrThrow(define(draft, everyClass(wordsIn(draft), draft))),
  )
  return { every, cluster: after }
}

export const everyRule: Suite = {
  name: 'the scan, by the book: a class with every kind of rule',
  sizes: { smoke: [16], full: [100, 1_000, 5_000] },
  unit: 'ns per node',
  cases: (size) => {
    const world = seededWorld(42, size)
    const { every, cluster } = everyWorld(world.cluster)
    const run = (classId: ClassId) => () => placedNames(cluster, classId, placements, 'scan')
    const answers = (classId: ClassId) => [
      run(classId)(),
      explainedNames(cluster, classId, placements),
    ]
    return {
      perRun: placements * size,
      rows: [
        { name: 'every kind of rule', run: run(every), answers: answers(every) },
        { name: 'plain class', run: run(world.plain), answers: answers(world.plain) },
      ],
    }
  },
}
