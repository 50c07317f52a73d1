/**
 * A vocabulary's plans as text: the machines with what they hold, then every workload with where it is, on the machines and on
 * Fargate side by side when both were asked for.
 */
import { byCodeUnit, type WordedPlan, type WordedUnplaced } from '@stowage/kernel'
import type { Vended } from '@stowage/fargate'
import type { Planned, Vocabulary } from '../vocabulary/vocabulary.js'
import { amountText, countText, gaugeText, memoryText, sizeText } from './amount.js'
import { providersText, subnetsText } from './launched-text.js'
import { warningLines } from './notes.js'
import { preempted } from './remedies-text.js'
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

/** Some go to Fargate by their own words, so both supplies may have a part in what was planned on machines. */
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

/** A workload's row: how many replicas, where on the machines, in which size on Fargate, and why not. */
interface Row {
  count: number
  readonly nodes: string[]
  readonly sizes: string[]
  readonly wasted: string[]
  readonly launched: Planned['launched'][number][]
  readonly why: string[]
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
  const onFargate = all.some(([, { sizes }]) => sizes.length > 0)
  const whyNot = all.some(([, { why }]) => why.length > 0)
  const columns: readonly Column[] = [
    { title: vocabulary.replica[0], shown: true, cell: (name) => name },
    { title: 'count', shown: true, cell: (_, { count }) => String(count) },
    { title: 'on Fargate, each', shown: onFargate, cell: (_, { sizes }) => sizes.join('\n') },
    { title: 'wasted, each', shown: onFargate, cell: (_, { wasted }) => wasted.join('\n') },
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
  (
    [
      ['provider', providersText],
      ['subnet', subnetsText],
    ] as const
  ).map(([title, textOf]) => ({
    title,
    shown: rows.some(([, { launched }]) => textOf(launched) !== ''),
    cell: (_, { launched }) => textOf(launched),
  }))

/** A row per workload; replicas that are on machines and on Fargate, because both were asked for, count once. */
const rowsOf = (
  vocabulary: Vocabulary,
  machines: Planned | undefined,
  fargate: Planned | undefined,
): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row>()
  for (const planned of [machines, fargate]) {
    if (planned === undefined) continue
    const counted = new Set(planned === fargate ? rows.keys() : [])
    const add = (name: string, count: number): Row => {
      const row = rows.get(name) ?? emptyRow()
      rows.set(name, row)
      if (!counted.has(name)) row.count += count
      return row
    }
    addPlaced(add, planned, vocabulary)
    addRefused(add, planned)
  }
  return rows
}

const emptyRow = (): Row => ({
  ...{ count: 0, nodes: [], sizes: [], wasted: [], launched: [], why: [] },
})

type Add = (name: string, count: number) => Row

const addPlaced = (
  add: Add,
  { plan, vended, launched, onFargate = [] }: Planned,
  vocabulary: Vocabulary,
): void => {
  const profiles = new Map(onFargate.map((one) => [one.name, one.fargateProfileName]))
  for (const { name: node, holds } of plan.nodes)
    for (const { name, count } of holds)
      add(name, count).nodes.push(count === 1 ? node : `${node} x${count}`)
  for (const one of vended) {
    const row = add(one.name, one.count)
    const profile = profiles.get(one.name)
    row.sizes.push(`${sizeText(one.size)}${profile === undefined ? '' : ` by ${profile}`}`)
    row.wasted.push(wasteText(one, vocabulary))
    row.launched.push(...launched.filter(({ name }) => name === one.name))
  }
}

const addRefused = (add: Add, { plan, refused, held, preemptions }: Planned): void => {
  for (const unplaced of plan.unplaced) {
    const row = add(unplaced.name, unplaced.count)
    row.nodes.push(`no place for ${unplaced.count}`)
    row.why.push(unplacedText(unplaced))
  }
  for (const { name, count, reason } of held) {
    const row = add(name, count)
    row.nodes.push(`no place for ${count}`)
    row.why.push(reason)
  }
  for (const { name, node, victims } of preemptions)
    add(name, 0).why.push(`one would fit on ${node} by preemption of ${preempted(victims)}`)
  for (const { name, count, reason, supply = 'fargate' } of refused) {
    const row = add(name, count)
    const cell = supply === 'fargate' ? row.sizes : row.nodes
    cell.push(`no place for ${count}`)
    row.why.push(reason)
  }
}

/** `0 of 3 fit: 3 Insufficient cpu`. */
export const unplacedText = ({ nodes, reasons }: WordedUnplaced): string =>
  [
    `0 of ${nodes} fit`,
    reasons.map(({ reason, nodes: refused }) => `${refused} ${reason}`).join(', '),
  ]
    .filter((text) => text !== '')
    .join(': ')

const wasteText = ({ wasted }: Vended, { cpu }: Vocabulary): string => {
  const parts = [
    ...(wasted.cpu === 0 ? [] : [amountText(wasted.cpu / cpu.per, cpu.unit)]),
    ...(wasted.memory === 0 ? [] : [memoryText(wasted.memory)]),
  ]
  return parts.length === 0 ? 'none' : parts.join(' ')
}

const notes = (warnings: Parameters<typeof warningLines>[0]): readonly string[] => {
  const lines = warningLines(warnings)
  return lines.length === 0 ? [] : [['Warnings:', ...lines].join('\n')]
}
