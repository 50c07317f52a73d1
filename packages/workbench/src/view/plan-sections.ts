/**
 * Converts the answer to `plan` to sections, one per platform: first the machines with their
 * replicas, then the workloads with their places on machines and on Fargate side by side.
 */
import { byCodeUnit } from '@stowage/kernel'
import { replicaCounts, type MachineRow, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Plans, SupplyPlans } from '../question/plan.js'
import { countText } from '../text/count.js'
import { gaugeCell, holdText } from './amount.js'
import { lines, tableOf, type Block, type Column, type Section } from './block.js'
import { ignoredSections, warningBlocks } from './notes.js'
import { workloadRows, type FargateLine, type WorkloadRow } from './workload-row.js'

/** How much a plan shows. */
export interface PlanLook {
  /** Whether workloads that all have a place on machines have a row, too. */
  readonly isWide?: boolean
}

/** A section per platform, and one for the ignored documents. */
export const planSections = (
  { plans, ignored }: Plans,
  look: PlanLook = {},
): readonly Section[] => [
  ...plans.map((plan) => supplySection(plan, look)),
  ...ignoredSections(ignored),
]

const supplySection = (plans: SupplyPlans, { isWide = false }: PlanLook): Section => {
  const { platform, machines, fargate } = plans
  return [
    ...(machines === undefined ? [] : [lines(planHeading(machines, 'machines', platform))]),
    ...(machines === undefined ? [] : nodeTables(machines.plan, platform)),
    ...(fargate === undefined ? [] : [lines(planHeading(fargate, 'fargate', platform))]),
    ...workloadTables(plans, isWide),
    ...warningBlocks([...(machines?.warnings ?? []), ...(fargate?.warnings ?? [])]),
  ]
}

/** What a plan is on. */
export type Supply = 'machines' | 'fargate'

/** Such as `Kubernetes on 4 nodes: all 21 pods placed`. */
export const planHeading = (plan: PlatformPlan, supply: Supply, platform: Platform): string => {
  const [placed, unplaced] = replicaCounts(plan)
  const all = countText(placed + unplaced, platform.replica)
  const share = unplaced > 0 ? `${placed} of ${all}` : placed > 1 ? `all ${all}` : all
  return `${platform.title} on ${suppliesText(plan, supply, platform)}: ${share} placed`
}

/** A plan on machines uses Fargate too when workloads ask for it themselves. */
const suppliesText = (
  { plan, vended }: PlatformPlan,
  supply: Supply,
  { machine }: Platform,
): string => {
  if (supply === 'fargate' || plan.nodes.length === 0) return 'Fargate'
  const machines = countText(plan.nodes.length, machine)
  return vended.length === 0 ? machines : `${machines} and Fargate`
}

/** A row per machine; none without machines. */
const nodeTables = ({ nodes }: PlatformPlan['plan'], { machine }: Platform): readonly Block[] => {
  if (nodes.length === 0) return []
  const resources = new Set(nodes.flatMap(({ gauges }) => gauges.map(({ resource }) => resource)))
  const columns: readonly Column<MachineRow>[] = [
    ...(nodes.some(({ cluster }) => cluster !== undefined)
      ? [{ title: 'cluster', cell: ({ cluster = '' }: MachineRow) => cluster }]
      : []),
    { title: machine[0], cell: ({ name }) => name },
    ...(nodes.some(({ status }) => status !== undefined)
      ? [{ title: 'status', cell: ({ status = 'ACTIVE' }: MachineRow) => status }]
      : []),
    ...[...resources].map((resource) => ({
      title: resource,
      cell: ({ gauges }: MachineRow) => {
        const gauge = gauges.find((one) => one.resource === resource)
        return gauge === undefined ? '' : gaugeCell(gauge)
      },
    })),
    {
      title: 'holds',
      cell: ({ holds, leaving = [] }) =>
        [...holds.map(holdText), ...leaving.map((one) => `${holdText(one)} leaving`)].join(', '),
    },
  ]
  return [tableOf(columns, nodes)]
}

/**
 * A row per workload, by name. Without Fargate only workloads that lack a place are shown,
 * unless the view is wide: the table of machines has the others.
 */
const workloadTables = (plans: SupplyPlans, isWide: boolean): readonly Block[] => {
  const rows = [...workloadRows(plans)].sort((a, b) => byCodeUnit(a.name, b.name))
  const hasFargate = rows.some(({ onFargate }) => onFargate.length > 0)
  const hasReasons = rows.some(({ why }) => why.length > 0)
  if (!hasFargate && !hasReasons && !isWide) return []
  const { platform, machines } = plans
  const { clusters } = machines ?? plans.fargate ?? {}
  const hasMachines = machines !== undefined && machines.plan.nodes.length > 0
  const columns: readonly (Column<WorkloadRow> & { readonly isShown: boolean })[] = [
    {
      title: 'cluster',
      isShown: clusters !== undefined,
      cell: ({ name }) => clusters?.get(name) ?? '',
    },
    { title: platform.replica[0], isShown: true, cell: ({ name }) => name },
    { title: 'count', isShown: true, cell: ({ count }) => String(count) },
    { title: 'on Fargate, each', isShown: hasFargate, cell: fargateCell('size') },
    { title: 'wasted, each', isShown: hasFargate, cell: fargateCell('wasted') },
    {
      title: `on ${platform.machine[1]}`,
      isShown: hasMachines,
      cell: ({ nodes }) => nodes.join(', '),
    },
    ...(['provider', 'subnet'] as const).map((title) => ({
      title,
      isShown: rows.some((row) => fargateCell(title)(row) !== ''),
      cell: fargateCell(title),
    })),
    { title: 'why not', isShown: hasReasons, cell: ({ why }) => why.join('\n') },
  ]
  return [
    tableOf(
      columns.filter(({ isShown }) => isShown),
      rows.filter(({ why }) => hasFargate || isWide || why.length > 0),
    ),
  ]
}

/** A line per size; empty when no line has that part. */
const fargateCell =
  (part: keyof FargateLine) =>
  ({ onFargate }: WorkloadRow): string => {
    const parts = onFargate.map((line) => line[part] ?? '')
    return parts.every((text) => text === '') ? '' : parts.join('\n')
  }
