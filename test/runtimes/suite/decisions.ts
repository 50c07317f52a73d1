/**
 * Simulates random clusters from a seed, with rules of every kind, until the kernel has placed or
 * refused the wanted number of replicas. The kernel is an argument, because its main entry and its
 * entry without fp-ts must decide the same.
 */
import type * as kernel from '@stowage/kernel'
import type {
  Choice,
  ClassSpec,
  Cluster,
  DecidedBy,
  Domain,
  Draft,
  Expr,
  Filter,
  NodeId,
  RawScore,
  Vector,
  WordId,
} from '@stowage/kernel'

/** What both entries of the kernel have alike; results differ in their wrappers alone. */
export interface KernelEntry
  extends Pick<
    typeof kernel,
    | 'allowIndexes'
    | 'batch'
    | 'chainOf'
    | 'classSpecOf'
    | 'cpu'
    | 'empty'
    | 'encode'
    | 'explain'
    | 'internColumn'
    | 'internMask'
    | 'internWord'
    | 'limit'
    | 'memory'
    | 'need'
    | 'nodeSpecOf'
    | 'onlyNodes'
    | 'place'
    | 'reasonId'
    | 'requireThat'
    | 'skew'
    | 'slots'
    | 'sumOf'
    | 'take'
    | 'tallyOf'
  > {
  /** Writers of a draft, without what they are wrapped in. */
  readonly join: (draft: Draft, spec: kernel.NodeSpec) => NodeId
  readonly define: (draft: Draft, spec: ClassSpec) => kernel.ClassId
  readonly giveMask: (draft: Draft, mask: kernel.MaskId, nodes: readonly NodeId[]) => void
  readonly giveColumn: (
    draft: Draft,
    column: kernel.ColumnId,
    values: readonly (readonly [NodeId, number])[],
  ) => void
}

/** How the decisions of a run are made; every way gives the same answer. */
export interface DecisionOptions {
  readonly decisionsMin: number
  readonly decideBy?: DecidedBy
}

/** The answers, one line a request, and what the last cluster of each world holds. */
export const seededDecisions = (
  entry: KernelEntry,
  { decisionsMin, decideBy }: DecisionOptions,
): string => {
  const random = sequence(22)
  const lines: string[] = []
  for (let decided = 0, world = 0; decided < decisionsMin; world++) {
    const [start, classes] = worldOf(entry, random)
    let cluster: Cluster = start
    for (let request = 0; request < 12; request++) {
      const id = classes[random(classes.length)]!
      const count = 1 + random(12)
      const options = decideBy === undefined ? {} : { decideBy }
      const [after, { answers }] = entry.batch(entry.take(cluster), (draft) =>
        entry.place(draft, [{ class: id, count }], options),
      )
      cluster = after
      decided += count
      lines.push(JSON.stringify(answers))
    }
    const { nodes, best } = entry.explain(cluster, { class: classes[0]! })
    lines.push(JSON.stringify([nodes, best]), entry.encode(cluster).join(' '))
  }
  return lines.join('\n')
}

/** Whole numbers from 0 to below a bound (mulberry32); chance without a float that could differ. */
const sequence = (seed: number): ((below: number) => number) => {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof sequence>

const capacityOf = ({ cpu, memory, slots }: KernelEntry, random: Random): Vector => [
  [cpu, (2 + random(30)) * 128_000],
  [memory, (4 + random(60)) * 2 ** 30],
  [slots, 8 + random(30)],
]

const worldOf = (
  entry: KernelEntry,
  random: Random,
): readonly [Cluster, readonly kernel.ClassId[]] =>
  entry.batch(entry.allowIndexes(entry.empty), (draft) => {
    const word = (text: string) => entry.internWord(draft, text)
    const [zone, disk, version, taint] = ['zone', 'disk', 'version', 'taint'].map(word)
    const nodes = Array.from({ length: 8 + random(40) }, (_, i) => {
      const attributes: (readonly [WordId, WordId])[] = [[zone!, word(`z${random(4)}`)]]
      if (random(3) > 0) attributes.push([disk!, word(random(2) === 0 ? 'ssd' : 'hdd')])
      if (random(4) > 0) attributes.push([version!, word(`1.${random(20)}.${random(3)}`)])
      const marks = random(5) === 0 ? [[[taint!, word('gpu')] as const]] : []
      const name = `node-${(i * 7919) % 1000}-${i}`
      return entry.join(
        draft,
        entry.nodeSpecOf(name, capacityOf(entry, random), { attributes, marks }),
      )
    })
    const mask = entry.internMask(draft, 'some')
    entry.giveMask(
      draft,
      mask,
      nodes.filter(() => random(3) > 0),
    )
    const column = entry.internColumn(draft, 'distance')
    entry.giveColumn(
      draft,
      column,
      nodes.map((node) => [node, random(100)] as const),
    )
    const words = { zone: zone!, disk: disk!, version: version!, taint: taint! }
    const classes = Array.from({ length: 5 }, (_, i) =>
      entry.define(draft, classOf(entry, random, { ...words, mask, column, nodes, word, i })),
    )
    return classes
  })

interface Vocabulary {
  readonly zone: WordId
  readonly disk: WordId
  readonly version: WordId
  readonly taint: WordId
  readonly mask: kernel.MaskId
  readonly column: kernel.ColumnId
  readonly nodes: readonly NodeId[]
  readonly word: (text: string) => WordId
  readonly i: number
}

const classOf = (entry: KernelEntry, random: Random, words: Vocabulary): ClassSpec => {
  const app = words.word(`app-${words.i % 3}`)
  const occupies: Vector = [
    [entry.cpu, (1 + random(16)) * 32_000],
    [entry.memory, (1 + random(8)) * 2 ** 28],
    [entry.slots, 1],
  ]
  const all = filtersOf(entry, random, words, app)
  const filters = all.filter(() => random(4) === 0)
  const tie = random(2) === 0 ? 'rank' : { seeded: random(1000) }
  const scores = scoresOf(entry, words, app, occupies)
  const choice: Choice =
    random(3) === 0
      ? entry.chainOf(
          [scores[random(scores.length)]!, scores[random(scores.length)]!].map((raw) => ({
            raw,
            prefer: random(2) === 0 ? 'least' : 'most',
          })),
          tie,
        )
      : entry.sumOf(
          scores
            .filter(() => random(2) === 0)
            .map((raw) => ({
              raw,
              weight: 1 + random(5),
              normaliser: raw._tag === 'Spread' ? 'spread' : normalisers[random(4)]!,
            })),
          tie,
        )
  return entry.classSpecOf(occupies, { facts: [app], filters, choice, priority: random(3) })
}

const normalisers = ['none', 'max', 'max-reversed', 'min-max'] as const

const filtersOf = (
  entry: KernelEntry,
  random: Random,
  { zone, disk, version, taint, mask, nodes, word }: Vocabulary,
  app: WordId,
): readonly Filter[] => {
  const domains: readonly Domain[] = ['node', 'cluster', zone, disk]
  const domain = domains[random(4)]!
  const expressions: readonly Expr[] = [
    { _tag: 'In', key: disk, values: [word('ssd')] },
    { _tag: 'Not', of: { _tag: 'Has', key: version } },
    { _tag: 'Compare', key: version, as: 'version', op: '>=', than: '1.9.1' },
    { _tag: 'InMask', mask },
    {
      _tag: 'Any',
      of: [
        { _tag: 'Has', key: disk },
        { _tag: 'Named', nodes: nodes.slice(0, 3) },
      ],
    },
    { _tag: 'Marks', tolerated: { _tag: 'Not', of: { _tag: 'Has', key: taint } } },
  ]
  const reason = entry.reasonId(3 + random(5))
  return [
    ...expressions.map((expr) => entry.requireThat(expr, { reason })),
    entry.onlyNodes(
      nodes.filter(() => random(4) > 0),
      { reason },
    ),
    entry.limit(entry.tallyOf(app, domain), 1 + random(30), { reason }),
    entry.skew(entry.tallyOf(app, zone, { absent: 'refuse' }), 1 + random(3), { reason }),
    entry.need({ _tag: 'Fact', word: app }, [zone], { reason, firstMayStart: true }),
  ]
}

const scoresOf = (
  entry: KernelEntry,
  { zone, disk, column, word }: Vocabulary,
  app: WordId,
  occupies: Vector,
): readonly RawScore[] => {
  const parts = occupies
    .slice(0, 2)
    .map(([dimension, amount], i) => ({ dimension, amount, weight: i + 1 }))
  const points = [
    [0, 0],
    [40, 7],
    [100, 10],
  ] as const
  const curves = ['least', 'most', 'remaining', 'balance-change'] as const
  return [
    ...curves.map((curve): RawScore => ({ _tag: 'Load', curve, parts })),
    { _tag: 'Load', curve: 'points', parts, points },
    { _tag: 'Column', column },
    { _tag: 'Counts', terms: [[entry.tallyOf(app, zone), 2]] },
    { _tag: 'Static', cases: [[{ _tag: 'In', key: disk, values: [word('ssd')] }, 5]], marks: [] },
    { _tag: 'Spread', terms: [[entry.tallyOf(app, zone, { absent: 'skip' }), 1]] },
  ]
}
