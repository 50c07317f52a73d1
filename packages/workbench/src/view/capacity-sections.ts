/**
 * Converts the answer to `capacity` to sections and to JSON: (1) a table of the machines of each
 * platform, with their sum; (2) a table of how many more replicas fit on each machine, and why the
 * machine takes no further replica.
 */
import { sumByResource } from '../compare/summary.js'
import { unplacedText } from '../platform/plan.js'
import type { Capacities, Capacity, Headrooms, WorkloadHeadroom } from '../question/capacity.js'
import { countText } from '../text/count.js'
import { answerVersion } from '../schema/part.js'
import { lines, tableOf, type Section } from '../block/block.js'
import { machineColumns, sumRow } from './machine-columns.js'
import { warningBlocks } from './notes.js'
import { rowsMax, type PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'

/** A section per platform. */
export const capacitySections = (
  { capacities }: Capacities,
  view: PlanView = {},
): readonly Section[] => capacities.map((one) => capacitySection(one, view))

const capacitySection = ({ platform, machines, warnings }: Capacity, view: PlanView): Section => {
  const [rows, others] = cutRows(machines, view)
  const sums = [
    ...(others.length === 0 ? [] : [sumRow(others, `the other ${others.length}`)]),
    ...(machines.length < 2 ? [] : [sumRow(machines, `all ${machines.length}`)]),
  ]
  const hint = others.length === 0 ? '' : '; --all-nodes shows each'
  return [
    lines(`${platform.title}: ${countText(machines.length, platform.machine)}${hint}`),
    tableOf(machineColumns(machines, platform.machine), [...rows, ...sums]),
    ...warningBlocks(warnings, view),
  ]
}

/** All rows, or the first ones and the others. */
const cutRows = <Row>(
  all: readonly Row[],
  { allNodes = false }: PlanView,
): readonly [rows: readonly Row[], others: readonly Row[]] =>
  allNodes || all.length <= rowsMax ? [all, []] : [all.slice(0, rowsMax), all.slice(rowsMax)]

/** `{ capacities }`, with every machine and the sums over them. */
export const capacitiesJson = ({ capacities }: Capacities): object => ({
  version: answerVersion,
  capacities: capacities.map(({ platform, machines, warnings }) => ({
    vocabulary: platform.id,
    nodes: machines.map(({ holds: _, leaving: __, ...machine }) => machine),
    total: sumByResource(machines.flatMap(({ gauges }) => gauges)),
    warnings,
  })),
})

/** A section per workload. */
export const headroomSections = (
  { headrooms }: Headrooms,
  view: PlanView = {},
): readonly Section[] => headrooms.map((one) => headroomSection(one, view))

/** A machine, how many more it takes, and why no other. */
interface HeadroomRow {
  readonly name: string
  readonly count: number
  readonly reasons: readonly string[]
}

/** A row per machine, in the order of their names; none where the number is not known. */
export const headroomRows = (headroom: WorkloadHeadroom): readonly HeadroomRow[] => {
  if (headroom._tag === 'Note') return []
  const counts = new Map<string, number>()
  for (const node of headroom.placed) counts.set(node, (counts.get(node) ?? 0) + 1)
  return headroom.explanation.nodes.map(({ name, first }) => ({
    ...{ name, count: counts.get(name) ?? 0, reasons: first?.reasons ?? [] },
  }))
}

const headroomSection = (headroom: WorkloadHeadroom, view: PlanView): Section => {
  const { platform, name } = headroom
  if (headroom._tag === 'Note') return [lines(printable(`${platform.title}: ${headroom.text}`))]
  const { count, unplaced, refusal } = headroom
  const all = headroomRows(headroom)
  const taking = all.filter((row) => row.count > 0)
  const [rows, others] =
    all.length <= rowsMax || view.allNodes === true
      ? [all, []]
      : [taking.slice(0, rowsMax), [...taking.slice(rowsMax), ...all.filter((row) => !row.count)]]
  const rest: HeadroomRow = {
    name: `the other ${others.length}`,
    count: others.reduce((sum, row) => sum + row.count, 0),
    reasons: ['--all-nodes shows each'],
  }
  const machines = countText(all.length, platform.machine)
  const beyond = unplaced === undefined && refusal === undefined ? ' and more' : ''
  const more = `${count}${beyond} more ${platform.replica[count === 1 ? 0 : 1]} of ${name}`
  const outcome =
    count === 0
      ? `no more ${platform.replica[0]} of ${name} ${refusal === undefined ? `fits on ${machines}` : 'may be made'}`
      : `${more} would fit, on ${taking.length} of ${machines}`
  return [
    lines(
      printable(`${platform.title}: ${outcome}`),
      ...(unplaced === undefined ? [] : [printable(`One more: ${unplacedText(unplaced)}`)]),
      ...(refusal === undefined ? [] : [printable(`One more: ${refusal}`)]),
    ),
    tableOf(
      [
        { title: platform.machine[0], cell: (row) => row.name },
        { title: 'more', cell: (row) => String(row.count) },
        { title: 'then', cell: (row) => row.reasons.join(', ') },
      ],
      [...rows, ...(others.length === 0 ? [] : [rest])],
    ),
  ]
}

/**
 * `{ headrooms }`, with every machine; `unplaced` says of one more why no machine takes it,
 * `refusal` why it would not be made.
 */
export const headroomsJson = ({ headrooms }: Headrooms): object => ({
  version: answerVersion,
  headrooms: headrooms.map((one) => {
    const subject = { vocabulary: one.platform.id, name: one.name }
    if (one._tag === 'Note') return { ...subject, note: one.text }
    const { count, unplaced, refusal } = one
    const isAll = unplaced !== undefined || refusal !== undefined
    return { ...subject, count, isAll, nodes: headroomRows(one), unplaced, refusal }
  }),
})
