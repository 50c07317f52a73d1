/**
 * Builds the clusters of the index benches, and many classes (workloads as the scheduler sees them)
 * of different sizes, under each rule set such as plain, anti-affinity or spreading.
 */
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  memory,
  pluginId,
  reasonId,
  slots,
  ticksPerVcpu,
  internWord,
  type ClassSpec,
  type ClassId,
  type Cluster,
  type Draft,
  type Expr,
  type Filter,
  type RawScore,
  type Score,
  type Tally,
} from '@stowage/kernel'
import { sequence } from './world.js'

/** What the classes ask for beside room. */
export const ruleSets = [
  'plain',
  'selectors and taints',
  'hard zone spread',
  'hard zone spread of one service',
  'default spreading with preferences',
  'host anti-affinity',
  'an ECS chain',
] as const
export type RuleSet = (typeof ruleSets)[number]

const mebi = 1_048_576
const gibi = 1_024 * mebi
const vcpus = [2, 4, 8, 16, 32, 48, 64, 96]

/**
 * Eight types of node in three zones, taken from a fifth to two thirds by one replica each; a tenth
 * is marked.
 */
export const crowd = (nodes: number): Cluster => {
  if (last?.nodes !== nodes) last = { nodes, cluster: crowdOf(nodes) }
  return last.cluster
}

/** A cluster does not change, so that the last one is given again. */
let last: { readonly nodes: number; readonly cluster: Cluster } | undefined

const crowdOf = (nodes: number): Cluster =>
  batch(allowIndexes(empty), (draft) => {
    const random = sequence(7)
    const fillers = vcpus.map((count) =>
      [2, 3, 4, 5, 6].map((tenths) => getOrThrow(define(draft, filler(count, tenths / 10)))),
    )
    for (let i = 0; i < nodes; i++) {
      const type = Math.floor(random() * vcpus.length)
      const node = getOrThrow(join(draft, nodeOf(draft, i, vcpus[type]!)))
      const size = fillers[type]![Math.floor(random() * 5)]!
      getOrThrow(bind(draft, size, node, 'running'))
    }
  })[0]

const nodeOf = (draft: Draft, i: number, count: number) => ({
  name: `node-${String(i).padStart(7, '0')}`,
  capacity: [
    [cpu, count * ticksPerVcpu],
    [memory, count * 4 * gibi],
    [slots, 110],
  ] as const,
  attributes: [
    [internWord(draft, 'zone'), internWord(draft, `zone-${i % 3}`)],
    [internWord(draft, 'disk'), internWord(draft, ['ssd', 'hdd', 'nvme'][Math.floor(i / 3) % 3]!)],
    [internWord(draft, 'host'), internWord(draft, `host-${i}`)],
  ] as const,
  marks:
    i % 10 === 0 ? [[[internWord(draft, 'dedicated'), internWord(draft, 'batch')] as const]] : [],
})

const filler = (count: number, share: number): ClassSpec => ({
  facts: [],
  occupies: [
    [cpu, Math.floor(count * ticksPerVcpu * share)],
    [memory, Math.floor(count * 4 * gibi * share)],
  ],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
})

/** So many classes of the rule set, no two of a shape. */
export const shapes = (
  cluster: Cluster,
  rules: RuleSet,
  count: number,
): readonly [after: Cluster, answer: readonly ClassId[]] => {
  const random = sequence(11)
  return batch(cluster, (draft) =>
    Array.from({ length: count }, (_, i) => {
      const ticks = (ticksPerVcpu / 1_000) * (50 + Math.floor(random() * 1_000))
      const bytes = mebi * (64 + Math.floor(random() * 4_096))
      return getOrThrow(define(draft, shape(draft, rules, i, ticks, bytes)))
    }),
  )
}

const shape = (
  draft: Draft,
  rules: RuleSet,
  i: number,
  ticks: number,
  bytes: number,
): ClassSpec => {
  const service = internWord(
    draft,
    rules === 'hard zone spread of one service' ? 'service' : `service-${i}`,
  )
  const tally = (domain: Tally['domain'], absent: Tally['absent'] = 'skip'): Tally => ({
    facts: { _tag: 'Fact', word: service },
    domain,
    absent,
  })
  const parts = [
    { dimension: cpu, amount: ticks, weight: 1 },
    { dimension: memory, amount: bytes, weight: 1 },
  ]
  const room: readonly Score[] = [
    score({ _tag: 'Load', curve: 'least', parts }, 'none', 1),
    score({ _tag: 'Load', curve: 'balance-change', parts }, 'none', 1),
  ]
  const common = {
    facts: [service],
    occupies: [
      [cpu, ticks],
      [memory, bytes],
      [slots, 1],
    ] as const,
    priority: 0,
  }
  const sum = (filters: readonly Filter[], scores: readonly Score[] = []): ClassSpec => ({
    ...common,
    filters: [...filters, fit(ticks, bytes)],
    choice: { _tag: 'Sum', scores: [...room, ...scores], tie: 'rank' },
  })
  const reason = { plugin: pluginId(1), removable: true, reason: reasonId(9) }
  const zone = tally(internWord(draft, 'zone'))
  const host = tally(internWord(draft, 'host'))
  switch (rules) {
    case 'plain':
      return sum([])
    case 'selectors and taints':
      return sum([require(draft, ['ssd', 'nvme']), untainted])
    case 'hard zone spread':
    case 'hard zone spread of one service':
      return sum([{ _tag: 'Skew', ...reason, tally: zone, self: 1, max: 1, domainsMin: 0 }])
    case 'host anti-affinity':
      return sum([{ _tag: 'Limit', ...reason, tally: host, self: 1, max: 1 }])
    case 'default spreading with preferences':
      return sum(
        [untainted],
        [
          score(preferred(draft), 'max', 2),
          score({ _tag: 'Counts', terms: [[host, -1]] }, 'min-max', 2),
          score(
            {
              _tag: 'Spread',
              terms: [
                [tally('node'), 3],
                [zone, 5],
              ],
            },
            'spread',
            2,
          ),
        ],
      )
    case 'an ECS chain': {
      const counted = (domain: Tally): RawScore => ({ _tag: 'Counts', terms: [[domain, 1]] })
      const left: RawScore = {
        _tag: 'Load',
        curve: 'remaining',
        parts: [{ dimension: memory, amount: bytes, weight: 1 }],
      }
      return {
        ...common,
        filters: [fit(ticks, bytes)],
        choice: {
          _tag: 'Chain',
          keys: [
            { plugin: pluginId(2), raw: counted(zone), prefer: 'least' },
            { plugin: pluginId(2), raw: left, prefer: 'least' },
          ],
          tie: 'rank',
        },
      }
    }
  }
}

const score = (raw: RawScore, normaliser: Score['normaliser'], weight: number): Score => ({
  plugin: pluginId(2),
  raw,
  normaliser,
  weight,
})

const fit = (ticks: number, bytes: number): Filter => ({
  _tag: 'Fit',
  plugin: pluginId(0),
  removable: true,
  parts: [
    { dimension: slots, amount: 1, reason: reasonId(0), slot: true },
    { dimension: cpu, amount: ticks, reason: reasonId(1), slot: false },
    { dimension: memory, amount: bytes, reason: reasonId(2), slot: false },
  ],
})

const disks = (draft: Draft, values: readonly string[]): Expr => ({
  _tag: 'In',
  key: internWord(draft, 'disk'),
  values: values.map((value) => internWord(draft, value)),
})

const require = (draft: Draft, values: readonly string[]): Filter => ({
  _tag: 'Require',
  plugin: pluginId(3),
  removable: false,
  reason: reasonId(3),
  expr: disks(draft, values),
})

/** No mark is tolerated. */
const untainted: Filter = {
  _tag: 'Require',
  plugin: pluginId(4),
  removable: false,
  reason: reasonId(4),
  expr: { _tag: 'Marks', tolerated: { _tag: 'Any', of: [] } },
}

const preferred = (draft: Draft): RawScore => ({
  _tag: 'Static',
  cases: [[disks(draft, ['ssd', 'nvme']), 50]],
  marks: [],
})
