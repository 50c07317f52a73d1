/**
 * Converts the answer to `diff` to sections (lines and tables without layout) and to JSON. The
 * sections show the objects that a change replaces and adds, the workloads and machines that differ
 * on each platform, and the costs of both plans.
 */
import { hoursPerMonth } from '../bill/bill.js'
import type { AddedObject } from '../change/change.js'
import type { Differences, PlanDifference, SideSummary } from '../difference/difference.js'
import type { MachineDifference } from '../difference/machine-difference.js'
import type { WorkloadPlaces } from '../difference/places.js'
import { moreUnplaced, type WorkloadDifference } from '../difference/workload-difference.js'
import type { Platform } from '../platform/platform.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { amountText, gaugeText, holdText } from '../block/amount.js'
import { billJson, billParts, costChange, missingPriceLines, originText } from './bill-rows.js'
import { lines, tableOf, type Block, type Cell, type Column, type Section } from '../block/block.js'
import { ignoredSections, warningBlocks } from './notes.js'
import { namesText, rowsMax, type PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'

/** A section for the change, one per platform and supply, and one for the ignored documents. */
export const differenceSections = (
  { differences, change, ignored }: Differences,
  view: PlanView = {},
): readonly Section[] => [
  ...(change === undefined ? [] : [[lines(...changeLines(change))]]),
  ...differences.map((one) => differenceSection(one, view)),
  ...ignoredSections(ignored, view),
]

const changeLines = ({
  replaced,
  added,
}: NonNullable<Differences['change']>): readonly string[] => {
  const line = (verb: string, all: readonly AddedObject[]): readonly string[] => {
    const titles = all.map(({ title }) => title)
    return all.length === 0 ? [] : [printable(`The change ${verb} ${namesText(titles, {})}`)]
  }
  const texts = [...line('replaces', replaced), ...line('adds', added)]
  return texts.length === 0 ? ['The change has no objects'] : texts
}

const differenceSection = (one: PlanDifference, view: PlanView): Section => {
  const { platform, workloads, machines, alike, warnings } = one
  const isSame = workloads.length + machines.length === 0
  const others = countText(alike, ['workload is', 'workloads are'])
  return [
    lines(headingText(one), ...(isSame ? ['Nothing differs.'] : [])),
    ...(workloads.length === 0 ? [] : workloadTable(one, view)),
    ...(isSame || alike === 0 ? [] : [lines(`${others} placed as before.`)]),
    ...(machines.length === 0 ? [] : machineTable(machines, platform, view)),
    ...costChangeBlocks(one),
    ...warningBlocks(warnings, view),
  ]
}

/** `Kubernetes: 4 nodes before, 3 after; 21 of 21 pods placed before, 20 of 21 after`. */
const headingText = ({ platform, supply, before, after }: PlanDifference): string => {
  const hasMachines = before.machines + after.machines > 0
  const where = supply === 'fargate' || !hasMachines ? ' on Fargate' : ''
  const machines =
    where !== ''
      ? ''
      : before.machines === after.machines
        ? `${countText(before.machines, platform.machine)} before and after; `
        : `${countText(before.machines, platform.machine)} before, ${after.machines} after; `
  const share = ({ replicas: { placed, unplaced } }: SideSummary): string =>
    `${placed} of ${placed + unplaced}`
  const replicas = `${share(before)} ${platform.replica[1]} placed before`
  return `${platform.title}${where}: ${machines}${
    share(before) === share(after) ? `${replicas} and after` : `${replicas}, ${share(after)} after`
  }`
}

/** A row per workload, those that lose places first; of many the first ones. */
const workloadTable = (
  { platform, workloads }: PlanDifference,
  view: PlanView,
): readonly Block[] => {
  const ordered = [...workloads].sort((one, other) => moreUnplaced(other) - moreUnplaced(one))
  const rows = view.allNodes === true ? ordered : ordered.slice(0, rowsMax)
  const hasReasons = rows.some((one) => whyNotText(one) !== '')
  const columns: readonly Column<WorkloadDifference>[] = [
    { title: platform.replica[0], cell: ({ name }) => name },
    { title: 'before', cell: ({ before }) => sideText(before) },
    { title: 'after', cell: afterCell },
    { title: 'what changes', cell: (one) => changesText(one, view) },
    ...(hasReasons ? [{ title: 'why not', cell: whyNotText }] : []),
  ]
  return [tableOf(columns, rows), ...hiddenLines(workloads.length - rows.length)]
}

/** How many rows a table does not have. */
const hiddenLines = (rows: number): readonly Block[] =>
  rows === 0
    ? []
    : [lines(`${countText(rows, ['more differs', 'more differ'])}; --all-nodes shows each`)]

/** `3`, `2 of 3`; a side without the workload has a dash. */
const sideText = (side: WorkloadPlaces | undefined): string => {
  if (side === undefined) return '-'
  const { placed, unplaced } = side
  return unplaced === 0 ? String(placed) : `${placed} of ${placed + unplaced}`
}

const afterCell = (one: WorkloadDifference): Cell => {
  const more = moreUnplaced(one)
  const text = sideText(one.after)
  return more === 0 ? text : { text, tone: more > 0 ? 'bad' : 'good' }
}

const flowsMax = 8

/** A line per move, and per place that gains or loses replicas. */
const changesText = (
  { moves, added, removed }: WorkloadDifference,
  { allNodes = false }: PlanView,
): string => {
  const all = [
    ...moves.map(({ from, to, count }) => `${count} from ${from} to ${to}`),
    ...added.map(({ place, count }) => `${count} more on ${place}`),
    ...removed.map(({ place, count }) => `${count} fewer on ${place}`),
  ]
  const shown = allNodes || all.length <= flowsMax + 2 ? all : all.slice(0, flowsMax)
  const others = all.length - shown.length
  return [...shown, ...(others === 0 ? [] : [`and ${others} more; --all-nodes shows each`])].join(
    '\n',
  )
}

/** Why replicas have no place after, or had none before if they have one now. */
const whyNotText = (one: WorkloadDifference): string => {
  const more = moreUnplaced(one)
  if (more < 0) {
    const before = (one.before?.reasons ?? []).map((reason) => `before: ${reason}`)
    return [...before, ...(one.after?.reasons ?? [])].join('\n')
  }
  return (one.after?.reasons ?? []).join('\n')
}

/**
 * A row per machine that differs, of many the first ones, those that join or leave before others.
 */
const machineTable = (
  machines: readonly MachineDifference[],
  platform: Platform,
  { allNodes = false }: PlanView,
): readonly Block[] => {
  const isChange = (one: MachineDifference): boolean => machineChange(one) === 'changes'
  const ordered = [
    ...machines.filter((one) => !isChange(one)),
    ...machines.filter((one) => isChange(one)),
  ]
  const rows = allNodes ? ordered : ordered.slice(0, rowsMax)
  const resources = new Set(
    rows.flatMap(({ before, after }) =>
      [...(before?.gauges ?? []), ...(after?.gauges ?? [])].map(({ resource }) => resource),
    ),
  )
  const columns: readonly Column<MachineDifference>[] = [
    ...(rows.some(({ cluster }) => cluster !== undefined)
      ? [{ title: 'cluster', cell: ({ cluster = '' }: MachineDifference) => cluster }]
      : []),
    { title: platform.machine[0], cell: ({ name }) => name },
    ...(rows.some((one) => stateText(one) !== '') ? [{ title: '', cell: stateText }] : []),
    ...[...resources].map((resource) => ({
      title: resource,
      cell: (one: MachineDifference) => gaugeChange(one, resource),
    })),
    { title: 'holds before', cell: (one) => holdingsText(one, 'before') },
    { title: 'after', cell: (one) => holdingsText(one, 'after') },
  ]
  return [tableOf(columns, rows), ...hiddenLines(machines.length - rows.length)]
}

const stateText = (one: MachineDifference): string => {
  const change = machineChange(one)
  if (change !== 'changes') return change
  const [before, after] = [one.before?.status ?? 'ACTIVE', one.after?.status ?? 'ACTIVE']
  return before === after ? '' : `${before} to ${after}`
}

/** `300m to 800m/1930m 41%`; of a machine that joins or leaves what the one side has. */
const gaugeChange = ({ before, after }: MachineDifference, resource: string): string => {
  const gaugeIn = (side: MachineDifference['before']) =>
    side?.gauges.find((one) => one.resource === resource)
  const [old, next] = [gaugeIn(before), gaugeIn(after)]
  if (old === undefined || next === undefined) {
    const only = next ?? old
    return only === undefined ? '' : gaugeText(only)
  }
  if (old.of !== next.of) return `${gaugeText(old)} to ${gaugeText(next)}`
  return old.used === next.used
    ? gaugeText(next)
    : `${amountText(old.used, old.unit)} to ${gaugeText(next)}`
}

/** What the machine holds on a side; what it holds alike on both is a number. */
const holdingsText = ({ before, after }: MachineDifference, side: 'before' | 'after'): string => {
  const [here, there] = side === 'before' ? [before, after] : [after, before]
  if (here === undefined) return '-'
  const counts = new Map((there?.holds ?? []).map(({ name, count }) => [name, count]))
  const isAlike = ({ name, count }: { readonly name: string; readonly count: number }): boolean =>
    counts.get(name) === count
  const named = here.holds.filter((one) => !isAlike(one)).map(holdText)
  const others = here.holds.filter(isAlike).reduce((sum, { count }) => sum + count, 0)
  return [
    ...named,
    ...(others === 0
      ? []
      : [named.length === 0 ? `${others} alike` : countText(others, ['other', 'others'])]),
    ...(here.leaving ?? []).map((one) => `${holdText(one)} leaving`),
  ].join(', ')
}

/** Costs per hour by part, and all of it per month. */
const costChangeBlocks = ({ platform, before, after }: PlanDifference): readonly Block[] => {
  const [old, next] = [before.bill, after.bill]
  if (old === undefined || next === undefined) return []
  const parts = billParts([old, next], platform)
  const place = `${next.prices.currency}${originText(next)}`
  const rows = parts.map(({ title, cost }) => [
    `${title}, per hour`,
    ...costChange(cost(old), cost(next), 1, 4),
  ])
  const total = ['all of it, per month', ...costChange(old.total, next.total, hoursPerMonth, 2)]
  return [
    { _tag: 'Table', head: [place, 'BEFORE', 'AFTER', 'DIFFERENCE'], rows: [...rows, total] },
    ...missingPriceLines([old, next]),
  ]
}

/** `{ version, differences, change, ignored }`, a difference per platform and supply. */
export const differencesJson = ({ differences, change, ignored }: Differences): object => ({
  version: answerVersion,
  differences: differences.map(differenceJson),
  ...(change === undefined
    ? {}
    : {
        change: {
          replaced: change.replaced.map(({ title, before, after }) => ({
            ...{ title, before: before.from, after: after.from },
          })),
          added: change.added.map(({ title, after }) => ({ title, after: after.from })),
        },
      }),
  ignored,
})

const differenceJson = (one: PlanDifference): object => ({
  vocabulary: one.platform.id,
  supply: one.supply === 'machines' ? 'nodes' : 'fargate',
  before: sideJson(one.before),
  after: sideJson(one.after),
  workloads: one.workloads.map(workloadJson),
  alike: one.alike,
  nodes: one.machines.map(machineJson),
  warnings: one.warnings,
})

const sideJson = ({ replicas, machines, bill }: SideSummary): object => ({
  ...{ replicas, machines },
  ...(bill === undefined ? {} : { bill: billJson(bill) }),
})

const workloadJson = (one: WorkloadDifference): object => ({
  name: one.name,
  change: workloadChange(one),
  ...(one.before === undefined ? {} : { before: placesJson(one.before) }),
  ...(one.after === undefined ? {} : { after: placesJson(one.after) }),
  ...{ moves: one.moves, added: one.added, removed: one.removed },
})

const placesJson = ({ placed, unplaced, reasons }: WorkloadPlaces): object => ({
  ...{ placed, unplaced, reasons },
})

/** The most important thing that has changed for a workload. */
export const workloadChange = (
  one: WorkloadDifference,
): 'added' | 'removed' | 'loses' | 'gains' | 'moves' | 'scales' => {
  if (one.before === undefined) return 'added'
  if (one.after === undefined) return 'removed'
  const more = moreUnplaced(one)
  if (more !== 0) return more > 0 ? 'loses' : 'gains'
  return one.moves.length > 0 ? 'moves' : 'scales'
}

const machineJson = (one: MachineDifference): object => ({
  ...one,
  change: machineChange(one),
})

/** What has become of a machine. */
export const machineChange = ({
  before,
  after,
}: MachineDifference): 'joins' | 'leaves' | 'changes' =>
  before === undefined ? 'joins' : after === undefined ? 'leaves' : 'changes'
