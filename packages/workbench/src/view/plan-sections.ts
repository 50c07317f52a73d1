/**
 * Converts the answer to `plan` to sections, one per platform: first the machines with their
 * replicas, then the workloads with their places on machines and on Fargate side by side.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Bill } from '../bill/bill.js'
import { replicaCounts, type MachineRow, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Plans, SupplyPlans } from '../question/plans.js'
import { countText } from '../text/count.js'
import { billBlocks } from './bill-rows.js'
import { lines, tableOf, type Block, type Column, type Section } from '../block/block.js'
import { machineColumns, sumRow } from './machine-columns.js'
import { ignoredSections, warningBlocks } from './notes.js'
import {
  countsText,
  holdsText,
  namesText,
  reasonSums,
  shareOf,
  shownPart,
  type PlanView,
  type ReasonSum,
} from './plan-view.js'
import { printable } from '../block/printable.js'
import { workloadRows, type FargateLine, type WorkloadRow } from './workload-row.js'

/** A section per platform, and one for the ignored documents. */
export const planSections = (
  { plans, ignored }: Plans,
  view: PlanView = {},
): readonly Section[] => [
  ...plans.map((one) => supplySection(one, view)),
  ...(view.isSummary === true ? [] : ignoredSections(ignored, view)),
]

const supplySection = (plans: SupplyPlans, view: PlanView): Section => {
  const { platform, machines, fargate, namespaces } = plans
  const part = (plan: PlatformPlan): ReturnType<typeof shownPart> =>
    shownPart(plan, view, namespaces)
  const shown = {
    ...plans,
    machines: machines === undefined ? undefined : part(machines).plan,
    fargate: fargate === undefined ? undefined : part(fargate).plan,
  }
  return [
    ...(machines === undefined
      ? []
      : [lines(planHeading(machines, 'machines', platform, namespaces))]),
    ...(machines === undefined ? [] : nodeTables(machines, platform, view, part(machines))),
    ...(fargate === undefined
      ? []
      : [lines(planHeading(fargate, 'fargate', platform, namespaces))]),
    ...(view.isSummary === true ? reasonTables(shown) : workloadTables(shown, view)),
    ...costBlocks(plans),
    ...(view.isSummary === true
      ? []
      : warningBlocks([...(machines?.warnings ?? []), ...(fargate?.warnings ?? [])], view)),
  ]
}

/** The bill of each supply; of two, a line says which. */
const costBlocks = ({ platform, bills = {} }: SupplyPlans): readonly Block[] => {
  const { machines, fargate } = bills
  const titled = (bill: Bill | undefined, title: string): readonly Block[] =>
    bill === undefined
      ? []
      : [
          ...(machines === undefined || fargate === undefined ? [] : [lines(title)]),
          ...billBlocks(bill, platform),
        ]
  return [
    ...titled(machines, `What the plan on ${platform.machine[1]} costs:`),
    ...titled(fargate, 'What the plan on Fargate costs:'),
  ]
}

/** What a plan is on. */
export type Supply = 'machines' | 'fargate'

/** Such as `Kubernetes on 4 nodes: all 21 pods placed`. */
export const planHeading = (
  plan: PlatformPlan,
  supply: Supply,
  platform: Platform,
  namespaces: readonly string[] = [],
): string => {
  const word = namespaces.length === 1 ? 'namespace' : 'namespaces'
  const of = namespaces.length === 0 ? '' : `, ${word} ${namespaces.map(printable).join(', ')}`
  const where = suppliesText(plan, supply, platform)
  return `${platform.title} on ${where}${of}: ${countsText(plan, platform)}`
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

/**
 * A row per machine, or for some of them, and a row for the sum of the others. None without
 * machines, and none when what is shown is on no machine.
 */
const nodeTables = (
  all: PlatformPlan,
  { machine }: Platform,
  view: PlanView,
  { plan, isPart }: ReturnType<typeof shownPart>,
): readonly Block[] => {
  const { nodes } = plan.plan
  const { rows, others, note } =
    view.isSummary === true ? { rows: [], others: nodes, note: '' } : shareOf(nodes, view, isPart)
  if (nodes.length === 0 || (isPart && rows.length === 0 && view.isSummary !== true)) return []
  const style = {
    marksNew: view.only === undefined && replicaCounts(all).running > 0,
    isShort: others.length > 0 && !isPart,
  }
  const columns = [
    ...machineColumns(nodes, machine),
    { title: 'holds', cell: (row: MachineRow) => holdsText(row, style) },
  ]
  if (others.length === 0) return [tableOf(columns, rows)]
  const sum = sumRow(others, `${rows.length === 0 ? 'all' : 'the other'} ${others.length}`)
  const table = tableOf(columns, [...rows, sum])
  const last = (table.rows.at(-1) ?? []).slice(0, -1)
  return [{ ...table, rows: [...table.rows.slice(0, -1), [...last, note]] }]
}

/** A row per reason without a place: how many replicas, and of how many workloads. */
const reasonTables = ({ platform, machines, fargate }: SupplyPlans): readonly Block[] => {
  const rows = reasonSums([machines, fargate].flatMap((one) => one ?? []))
  if (rows.length === 0) return []
  const columns: readonly Column<ReasonSum>[] = [
    { title: `${platform.replica[1]} without a place`, cell: ({ count }) => String(count) },
    { title: 'workloads', cell: ({ workloads }) => String(workloads) },
    { title: 'why', cell: ({ why }) => why },
  ]
  return [tableOf(columns, rows)]
}

/**
 * A row per workload, by name. Without Fargate only workloads that lack a place are shown,
 * unless the view is wide: the table of machines has the others.
 */
const workloadTables = (plans: SupplyPlans, view: PlanView): readonly Block[] => {
  const { isWide = false } = view
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
      cell: ({ nodes }) => namesText(nodes, view),
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
