/**
 * Converts the answer to `drain` to sections, to JSON and to flat rows: a table of the nodes with
 * the outcome for each, and a table of the pods that go.
 */
import type { Drain, DrainedNode, DrainedPod } from '@stowage/kubernetes'
import { lines, tableOf, type Cell, type Section, type Table } from '../block/block.js'
import { printable } from '../block/printable.js'
import { unplacedText } from '../platform/plan.js'
import type { Drains } from '../question/drain.js'
import { durationText } from '../rollout/durations.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { warningBlocks } from './notes.js'
import type { PlanView } from './plan-view.js'

/** A section per platform. */
export const drainSections = (
  { drains, options }: Drains,
  view: PlanView = {},
): readonly Section[] =>
  drains.map(({ platform, nodes, pods, waiting, warnings }) => [
    lines(
      `${platform.title}: ${headline(nodes, pods)}`,
      `Assumed: ${(['start', 'ready', 'stop'] as const)
        .map((name) => `${name} ${durationText(options.durations[name])}`)
        .join(', ')}; --durations changes that`,
    ),
    tableOf(
      [
        { title: 'node', cell: ({ name }) => printable(name) },
        { title: 'outcome', cell: (node) => outcomeCell(node, pods) },
      ],
      nodes,
    ),
    ...(pods.length === 0 ? [] : [podTable(pods)]),
    ...(waiting.length === 0 ? [] : [waitingTable(waiting)]),
    ...warningBlocks(warnings, view),
  ])

const headline = (nodes: Drain['nodes'], pods: Drain['pods']): string => {
  const drained = nodes.filter(({ outcome }) => outcome === 'Drained').length
  const gone = pods.filter(({ goneAt }) => goneAt !== undefined).length
  const homeless = pods.filter(
    ({ replacement: one }) => one !== undefined && one.node === undefined,
  )
  return [
    `${drained} of ${countText(nodes.length, ['node', 'nodes'])} drained`,
    `${gone} of ${countText(pods.length, ['pod', 'pods'])} evicted`,
    ...(homeless.length === 0 ? [] : [`${homeless.length} without a place afterwards`]),
  ].join(', ')
}

const outcomeCell = (node: DrainedNode, pods: readonly DrainedPod[]): Cell => {
  const left = pods.filter(({ node: on, goneAt }) => on === node.name && goneAt === undefined)
  const counts = countText(left.length, ['pod', 'pods'])
  const [text, tone] = nodeOutcome(node, counts)
  return { text: [text, ...stayingTexts(node)].map(printable).join('; '), tone }
}

const nodeOutcome = (
  { outcome, from = 0, to = 0, refusals }: DrainedNode,
  left: string,
): readonly [text: string, tone: 'good' | 'bad'] => {
  switch (outcome) {
    case 'Drained':
      return [`drained after ${durationText(to)}`, 'good']
    case 'Refused':
      return [
        `refused: ${refusals.map(({ why, pods }) => `${why}: ${pods.join(', ')}`).join('; ')}`,
        'bad',
      ]
    case 'Failed':
      return [`fails after ${durationText(to)}: ${left} left`, 'bad']
    case 'TimedOut':
      return [`given up after ${durationText(to - from)}: ${left} left`, 'bad']
    case 'Stuck':
      return [`stuck: ${left} left, and nothing that is to happen changes that`, 'bad']
    case 'NotReached':
      return ['not reached: a node before it is stuck', 'bad']
  }
}

const stayingTexts = ({ staying }: DrainedNode): readonly string[] =>
  staying.length === 0
    ? []
    : [`stays: ${staying.map(({ pod, why }) => `${pod} (${why})`).join(', ')}`]

const podTable = (pods: readonly DrainedPod[]): Table =>
  tableOf(
    [
      { title: 'pod', cell: ({ name }) => printable(name) },
      { title: 'node', cell: ({ node }) => printable(node) },
      { title: 'evicted', cell: evictedCell },
      { title: 'held back by', cell: (pod) => printable(heldText(pod)) },
      { title: 'in its place', cell: replacementCell },
    ],
    pods,
  )

/** The pods that waited for a node before the drain. */
const waitingTable = (rows: Drain['waiting']): Table =>
  tableOf(
    [
      { title: 'waited before', cell: ({ name }) => printable(name) },
      { title: 'pods', cell: ({ count }) => String(count) },
      { title: 'place', cell: waitingCell },
    ],
    rows,
  )

const waitingCell = ({ count, placed, unplaced, held }: Drain['waiting'][number]): Cell => {
  const counts = new Map<string, number>()
  for (const { node, at } of placed) {
    const text = `on ${node} after ${durationText(at)}`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const left = count - placed.length
  const why = held ?? (unplaced === undefined ? '' : unplacedText(unplaced))
  return [
    ...[...counts].map(([text, of]) => `${of} ${text}`),
    ...(left === 0 ? [] : [`${left} without a place: ${why}`]),
  ]
    .map(printable)
    .join('; ')
}

const evictedCell = ({ evictedAt, error, heldBy }: DrainedPod): Cell => {
  if (evictedAt !== undefined) return `after ${durationText(evictedAt)}`
  if (error !== undefined) return { text: printable(error), tone: 'bad' }
  return heldBy === undefined ? '' : { text: 'not at all', tone: 'bad' }
}

/** `shop/web: 1 healthy of 2 that must be`. */
const heldText = ({ heldBy }: DrainedPod): string =>
  heldBy === undefined
    ? ''
    : `${heldBy.budget}: ${
        heldBy.failure ?? `${heldBy.healthy} healthy, ${heldBy.desiredHealthy} must be`
      }${heldBy.until === undefined ? '' : `, until ${durationText(heldBy.until)}`}`

const replacementCell = ({ evictedAt, replacement }: DrainedPod): Cell => {
  if (evictedAt === undefined) return ''
  if (replacement === undefined) return 'nothing'
  const { node, placedAt = 0, unplaced, held } = replacement
  if (node !== undefined) return printable(`on ${node} after ${durationText(placedAt)}`)
  const why = held ?? (unplaced === undefined ? '' : unplacedText(unplaced))
  return { text: printable(`no place: ${why}`), tone: 'bad' }
}

/** The whole answer; times are milliseconds after the beginning. */
export const drainsJson = ({ drains, options, isDone }: Drains): object => ({
  version: answerVersion,
  ...{ isDone, options },
  drains: drains.map(({ platform, nodes, pods, waiting, warnings }) => ({
    vocabulary: platform.id,
    ...{ nodes, pods, waiting, warnings },
  })),
})

/** A pod as cells of a flat table. */
export const drainRow = (
  vocabulary: string,
  { name, node, workload = '', evictedAt, goneAt, heldBy, error, replacement }: DrainedPod,
): Readonly<Record<string, string | number>> => ({
  ...{ platform: vocabulary, pod: name, node, workload },
  ...(evictedAt === undefined ? {} : { evicted_s: evictedAt / 1_000 }),
  ...(goneAt === undefined ? {} : { gone_s: goneAt / 1_000 }),
  ...(heldBy === undefined ? {} : { budget: heldBy.budget }),
  ...(replacement?.node === undefined ? {} : { place: replacement.node }),
  reason:
    error ??
    replacement?.held ??
    (replacement?.unplaced === undefined ? '' : unplacedText(replacement.unplaced)),
})
