/**
 * A vocabulary's plans as text: the machines with what they hold, then every workload with where it
 * is, on the machines and on Fargate side by side when both were asked for.
 */
import { byCodeUnit, type WordedPlan } from '@stowage/kernel'
import type { Planned, Vocabulary } from '../vocabulary/vocabulary.js'
import { countText, gaugeText } from './amount.js'
import { warningLines } from './notes.js'
import { rowsOf, type FargateLine, type Row } from './plan-row.js'
import { tableText } from './table.js'

/** The plans of one vocabulary; each that was asked for. */
export interface Plans {
  readonly vocabulary: Vocabulary
  readonly machines: Planned | undefined
  readonly fargate: Planned | undefined
}

/** How many replicas have a place, and how many have none. */
export const tallied = ({
  plan,
  vended,
  refused,
  held,
}: Planned): readonly [placed: number, not: number] => {
  const sum = (rows: readonly { readonly count: number }[]): number =>
    rows.reduce((total, { count }) => total + count, 0)
  const running = sum(plan.nodes.flatMap(({ holds }) => holds))
  return [running + sum(vended), sum(plan.unplaced) + sum(refused) + sum(held)]
}

export const plansText = ({ vocabulary, machines, fargate }: Plans): string =>
  [
    ...(machines === undefined ? [] : [heading(machines, 'machines', vocabulary)]),
    ...(machines === undefined ? [] : [nodesText(machines.plan, vocabulary)]),
    ...(fargate === undefined ? [] : [heading(fargate, 'fargate', vocabulary)]),
    workloadsText(vocabulary, machines, fargate),
    ...notes([...(machines?.warnings ?? []), ...(fargate?.warnings ?? [])]),
  ]
    .filter((text) => text !== '')
    .join('\n\n')

const heading = (
  planned: Planned,
  supply: 'machines' | 'fargate',
  vocabulary: Vocabulary,
): string => {
  const [placed, not] = tallied(planned)
  const all = countText(placed + not, vocabulary.replica)
  const how = not > 0 ? `${placed} of ${all}` : placed > 1 ? `all ${all}` : all
  return `${vocabulary.title} on ${suppliesText(planned, supply, vocabulary)}: ${how} placed`
}

/**
 * Some go to Fargate by their own words, so both supplies may have a part in what was planned on
 * machines.
 */
const suppliesText = (
  { plan, vended }: Planned,
  supply: 'machines' | 'fargate',
  { machine }: Vocabulary,
): string => {
  if (supply === 'fargate' || plan.nodes.length === 0) return 'Fargate'
  const machines = countText(plan.nodes.length, machine)
  return vended.length === 0 ? machines : `${machines} and Fargate`
}

const nodesText = ({ nodes }: WordedPlan, { machine }: Vocabulary): string => {
  if (nodes.length === 0) return ''
  const resources = [
    ...new Set(nodes.flatMap(({ gauges }) => gauges.map((gauge) => gauge.resource))),
  ]
  return tableText(
    [machine[0].toUpperCase(), ...resources.map((name) => name.toUpperCase()), 'HOLDS'],
    nodes.map(({ name, gauges, holds }) => [
      name,
      ...resources.map((resource) => {
        const gauge = gauges.find((one) => one.resource === resource)
        return gauge === undefined ? '' : gaugeText(gauge)
      }),
      holds
        .map((held) => (held.count === 1 ? held.name : `${held.name} x${held.count}`))
        .join(', '),
    ]),
  )
}

const fargateText = ({ onFargate }: Row, part: keyof FargateLine): string => {
  const lines = onFargate.map((line) => line[part] ?? '')
  return lines.every((line) => line === '') ? '' : lines.join('\n')
}

interface Column {
  readonly title: string
  readonly shown: boolean
  readonly cell: (name: string, row: Row) => string
}

const workloadsText = (
  vocabulary: Vocabulary,
  machines: Planned | undefined,
  fargate: Planned | undefined,
): string => {
  const rows = rowsOf(vocabulary, machines, fargate)
  const all = [...rows].sort(([a], [b]) => byCodeUnit(a, b))
  const onFargate = all.some(([, row]) => row.onFargate.length > 0)
  const whyNot = all.some(([, { why }]) => why.length > 0)
  const columns: readonly Column[] = [
    { title: vocabulary.replica[0], shown: true, cell: (name) => name },
    { title: 'count', shown: true, cell: (_, { count }) => String(count) },
    { title: 'on Fargate, each', shown: onFargate, cell: (_, row) => fargateText(row, 'size') },
    { title: 'wasted, each', shown: onFargate, cell: (_, row) => fargateText(row, 'wasted') },
    {
      title: `on ${vocabulary.machine[1]}`,
      shown: machines !== undefined && machines.plan.nodes.length > 0,
      cell: (_, { nodes }) => nodes.join(', '),
    },
    ...launchedColumns(all),
    { title: 'why not', shown: whyNot, cell: (_, { why }) => why.join('\n') },
  ]
  if (!onFargate && !whyNot) return ''
  const shown = columns.filter((column) => column.shown)
  return tableText(
    shown.map(({ title }) => title.toUpperCase()),
    all
      .filter(([, { why }]) => onFargate || why.length > 0)
      .map(([name, row]) => shown.map(({ cell }) => cell(name, row))),
  )
}

/** Where nobody names a provider or a subnet there is nothing to tell. */
const launchedColumns = (rows: readonly (readonly [string, Row])[]): readonly Column[] =>
  (['provider', 'subnet'] as const).map((title) => ({
    title,
    shown: rows.some(([, row]) => fargateText(row, title) !== ''),
    cell: (_, row) => fargateText(row, title),
  }))

const notes = (warnings: Parameters<typeof warningLines>[0]): readonly string[] => {
  const lines = warningLines(warnings)
  return lines.length === 0 ? [] : [['Warnings:', ...lines].join('\n')]
}
