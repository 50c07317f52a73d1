/**
 * A comparison of worlds as two tables: a row per workload, and a row per figure, with a column per
 * world in each.
 */
import { amountText, countText, sizeText } from './amount.js'
import { warningLines } from './notes.js'
import { printable, tableText } from './table.js'
import { billRows, missingLine } from './bill-text.js'
import type { Compared, Comparison } from '../compare/comparison.js'
import type { Standing } from '../compare/standing.js'
import type { Summary } from '../compare/summary.js'
import { worldIds, type WorldId } from '../vocabulary/vocabulary.js'

export const worldTitles: Readonly<Record<WorldId, string>> = {
  ec2: 'EC2',
  fargate: 'Fargate',
  mixed: 'mixed',
}

export const comparisonText = (comparison: Comparison): string => {
  const { vocabulary, workloads, warnings, bills } = comparison
  const lines = warningLines(warnings)
  return [
    `${vocabulary.title}: ${countText(workloads.length, ['workload', 'workloads'])} on EC2, on Fargate and as they are, mixed`,
    workloadsText(comparison),
    worldsText(comparison),
    ...(bills === undefined ? [] : missingLine(bills)),
    ...(lines.length === 0 ? [] : [['Warnings:', ...lines].join('\n')]),
  ].join('\n\n')
}

interface Column {
  readonly title: string
  readonly cell: (one: Compared) => string
}

/** Columns in which nothing stands are left out. */
const workloadsText = ({ vocabulary, workloads }: Comparison): string => {
  const columns: readonly Column[] = [
    { title: vocabulary.replica[0], cell: ({ name }) => printable(name) },
    { title: 'count', cell: ({ wanted }) => String(wanted) },
    { title: 'on EC2', cell: ({ ec2 }) => instancesText(ec2) },
    { title: 'on Fargate, each', cell: ({ fargate }) => fargateText(fargate) },
    { title: 'mixed', cell: ({ mixed }) => placedText(mixed) },
    { title: 'to change for Fargate', cell: ({ changes }) => changes.join(', ') },
    { title: 'why not', cell: whyNot },
  ]
  const shown = columns.filter(({ cell }) => workloads.some((one) => cell(one) !== ''))
  return tableText(
    shown.map(({ title }) => title.toUpperCase()),
    workloads.map((one) => shown.map(({ cell }) => cell(one))),
  )
}

const instancesText = ({ onInstances, unplaced }: Standing): string =>
  unplaced === 0 ? String(onInstances) : `${onInstances || 'none'} of ${onInstances + unplaced}`

const fargateText = ({ onFargate, onFargateSpot: spot, unplaced, size }: Standing): string => {
  if (size === undefined) return `none of ${unplaced}`
  return `${onFargate} x ${sizeText(size)}${spot === 0 ? '' : `, ${spot} on Spot`}`
}

const placedText = (standing: Standing): string => {
  const { onInstances, onFargate, onFargateSpot: spot, unplaced } = standing
  const parts: readonly (readonly [count: number, where: string])[] = [
    [onInstances, 'on EC2'],
    [onFargate - spot, 'on Fargate'],
    [spot, 'on Fargate Spot'],
    [unplaced, 'nowhere'],
  ]
  return parts.flatMap(([count, where]) => (count === 0 ? [] : [`${count} ${where}`])).join(', ')
}

/** The reasons of each world; those of the mixed one where no other has given them. */
const whyNot = (one: Compared): string => {
  const said = [...one.ec2.reasons, ...one.fargate.reasons]
  return worldIds
    .flatMap((id) =>
      one[id].reasons
        .filter((reason) => id !== 'mixed' || !said.includes(reason))
        .map((reason) => `${worldTitles[id]}: ${reason}`),
    )
    .map(printable)
    .join('\n')
}

type Row = readonly [title: string, ...cells: string[]]

const worldsText = (comparison: Comparison): string => {
  const { vocabulary, worlds, bills } = comparison
  const row = (title: string, cell: (summary: Summary) => string): Row => [
    title,
    ...worldIds.map((id) => cell(worlds[id])),
  ]
  const rows = [
    row(`${vocabulary.replica[1]} placed`, ({ placed, unplaced }) =>
      unplaced === 0 ? `all ${placed}` : `${placed} of ${placed + unplaced}`,
    ),
    row(`${vocabulary.machine[1]} used`, ({ instances: { used, all } }) =>
      all === 0 ? '' : `${used} of ${all}`,
    ),
    ...leftRows(comparison),
    row('on Fargate', ({ fargate }) => (fargate.cpu === 0 ? '' : boughtText(fargate))),
    row('more than asked for', ({ fargate, asked }) =>
      fargate.cpu === 0 ? '' : wasteText(fargate, asked),
    ),
    ...(bills === undefined ? [] : billRows(bills)),
  ]
  return tableText(
    ['', ...worldIds.map((id) => worldTitles[id].toUpperCase())],
    rows.filter(([, ...cells]) => cells.some((cell) => cell !== '')),
  )
}

const boughtText = ({ cpu, memory }: Summary['fargate']): string => {
  const short = (value: number): number => Math.round((value * 100) / 1024) / 100
  return `${short(cpu)} vCPU ${short(memory)} GB`
}

const wasteText = (bought: Summary['fargate'], asked: Summary['asked']): string =>
  bought.cpu === asked.cpu && bought.memory === asked.memory
    ? 'nothing'
    : boughtText({ cpu: bought.cpu - asked.cpu, memory: bought.memory - asked.memory })

/** Of the machines that are used. */
const leftRows = ({ worlds }: Comparison): readonly Row[] => {
  const resources = new Set(worldIds.flatMap((id) => worlds[id].gauges.map((one) => one.resource)))
  return [...resources].map((resource) => [
    `${resource} left on those`,
    ...worldIds.map((id) => {
      const gauge = worlds[id].gauges.find((one) => one.resource === resource)
      if (gauge === undefined) return ''
      const { of, used, unit } = gauge
      return `${amountText(of - used, unit)} of ${amountText(of, unit)}`
    }),
  ])
}
