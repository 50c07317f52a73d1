/**
 * Converts the answer to `compare` to one section per platform, with two tables:
 *
 * 1. The first table has a row for each workload.
 * 2. The second table has a row for each total, such as machines used or cost, and a column for
 *    each of the three plans (all on EC2, all on Fargate, mixed).
 */
import type { Comparison, Comparisons, WorkloadComparison } from '../compare/comparison.js'
import type { WorldSummary } from '../compare/summary.js'
import type { WorkloadInWorld } from '../compare/workload.js'
import { worldIds, type WorldId } from '../platform/worlds.js'
import { countText } from '../text/count.js'
import { amountText, sizeText } from '../block/amount.js'
import { billRows, missingPriceLines } from './bill-rows.js'
import { lines, tableOf, type Column, type Section, type Table } from '../block/block.js'
import { ignoredSections, warningBlocks } from './notes.js'
import { printable } from '../block/printable.js'
import type { PlanView } from './plan-view.js'
import { worldRow, worldTitles, type WorldRow } from '../compare/world-row.js'

/** A section per platform, and one for the ignored documents. */
export const comparisonSections = (
  { comparisons, ignored }: Comparisons,
  view: PlanView = {},
): readonly Section[] => [
  ...comparisons.map((one) => comparisonSection(one, view)),
  ...ignoredSections(ignored, view),
]

const comparisonSection = (comparison: Comparison, view: PlanView): Section => {
  const { platform, workloads, warnings, bills } = comparison
  const count = countText(workloads.length, ['workload', 'workloads'])
  return [
    lines(`${platform.title}: ${count} on EC2, on Fargate and as they are, mixed`),
    workloadsTable(comparison),
    worldsTable(comparison),
    ...(bills === undefined ? [] : missingPriceLines(worldIds.map((id) => bills[id]))),
    ...warningBlocks(warnings, view),
  ]
}

/** Empty columns are left out. */
const workloadsTable = ({ platform, workloads }: Comparison): Table => {
  const columns: readonly Column<WorkloadComparison>[] = [
    { title: 'cluster', cell: ({ cluster = '' }) => printable(cluster) },
    { title: platform.replica[0], cell: ({ name }) => printable(name) },
    { title: 'count', cell: ({ count }) => String(count) },
    { title: 'on EC2', cell: ({ ec2 }) => onInstancesText(ec2) },
    { title: 'on Fargate, each', cell: ({ fargate }) => onFargateText(fargate) },
    { title: 'mixed', cell: ({ mixed }) => placesText(mixed) },
    { title: 'to change for Fargate', cell: ({ changes }) => changes.join(', ') },
    { title: 'why not', cell: reasonsText },
  ]
  return tableOf(
    columns.filter(({ cell }) => workloads.some((one) => cell(one) !== '')),
    workloads,
  )
}

/** `3`, `2 of 3`, `none of 3`. */
const onInstancesText = ({ onInstances, unplaced }: WorkloadInWorld): string =>
  unplaced === 0 ? String(onInstances) : `${onInstances || 'none'} of ${onInstances + unplaced}`

/** `3 x 0.5 vCPU 1 GB, 2 on Spot`. */
const onFargateText = (workload: WorkloadInWorld): string => {
  const { onFargate, onFargateSpot: spot, unplaced, size } = workload
  if (size === undefined) return `none of ${unplaced}`
  return `${onFargate} x ${sizeText(size)}${spot === 0 ? '' : `, ${spot} on Spot`}`
}

/** `1 on Fargate, 2 on Fargate Spot`. */
const placesText = (workload: WorkloadInWorld): string => {
  const { onInstances, onFargate, onFargateSpot: spot, unplaced } = workload
  const parts: readonly (readonly [count: number, where: string])[] = [
    [onInstances, 'on EC2'],
    [onFargate - spot, 'on Fargate'],
    [spot, 'on Fargate Spot'],
    [unplaced, 'nowhere'],
  ]
  return parts.flatMap(([count, where]) => (count === 0 ? [] : [`${count} ${where}`])).join(', ')
}

/** A line per reason and world; the mixed world adds only reasons of its own. */
const reasonsText = (workload: WorkloadComparison): string => {
  const others = [...workload.ec2.reasons, ...workload.fargate.reasons]
  return worldIds
    .flatMap((id) =>
      workload[id].reasons
        .filter((reason) => id !== 'mixed' || !others.includes(reason))
        .map((reason) => `${worldTitles[id]}: ${reason}`),
    )
    .map(printable)
    .join('\n')
}

/** Empty rows are left out. */
const worldsTable = (comparison: Comparison): Table => {
  const { platform, worlds, bills } = comparison
  const row = (title: string, cell: (summary: WorldSummary) => string): WorldRow =>
    worldRow(title, (id) => cell(worlds[id]))
  const rows = [
    row(`${platform.replica[1]} placed`, ({ placed, unplaced }) =>
      unplaced === 0 ? `all ${placed}` : `${placed} of ${placed + unplaced}`,
    ),
    row(`${platform.machine[1]} used`, ({ instances: { used, all } }) =>
      all === 0 ? '' : `${used} of ${all}`,
    ),
    ...leftoverRows(comparison),
    row('on Fargate', ({ fargate }) => (fargate.cpu === 0 ? '' : boughtText(fargate))),
    row('more than asked for', ({ fargate, demand }) =>
      fargate.cpu === 0 ? '' : surplusText(fargate, demand),
    ),
    ...(bills === undefined ? [] : billRows(bills)),
  ]
  return {
    _tag: 'Table',
    head: ['', ...worldIds.map((id) => worldTitles[id].toUpperCase())],
    rows: rows.filter(([, ...cells]) => cells.some((cell) => cell !== '')),
  }
}

const boughtText = ({ cpu, memory }: WorldSummary['fargate']): string => {
  const hundredths = (value: number): number => Math.round((value * 100) / 1024) / 100
  return `${hundredths(cpu)} vCPU ${hundredths(memory)} GB`
}

const surplusText = (bought: WorldSummary['fargate'], demand: WorldSummary['demand']): string =>
  bought.cpu === demand.cpu && bought.memory === demand.memory
    ? 'nothing'
    : boughtText({ cpu: bought.cpu - demand.cpu, memory: bought.memory - demand.memory })

/** A row per resource of the machines in use. */
const leftoverRows = ({ worlds }: Comparison): readonly WorldRow[] => {
  const resources = new Set(worldIds.flatMap((id) => worlds[id].gauges.map((one) => one.resource)))
  const cell = (id: WorldId, resource: string): string => {
    const gauge = worlds[id].gauges.find((one) => one.resource === resource)
    if (gauge === undefined) return ''
    const { of, used, unit } = gauge
    return `${amountText(of - used, unit)} of ${amountText(of, unit)}`
  }
  return [...resources].map((resource) =>
    worldRow(`${resource} left on those`, (id) => cell(id, resource)),
  )
}
