/**
 * What plans say of each workload: how many replicas it has, where they are on the machines and on
 * Fargate, and why some are nowhere.
 */
import type { WordedPlan } from '@stowage/kernel'
import type { Vended } from '@stowage/fargate'
import type { Planned, Vocabulary } from '../vocabulary/vocabulary.js'
import { amountText, memoryText, sizeText } from './amount.js'
import { providersText, subnetsText } from './launched-text.js'
import { preempted } from './remedies-text.js'

/**
 * A workload's row: how many replicas, where on the machines, in which sizes on Fargate, and why
 * not.
 */
export interface Row {
  count: number
  readonly nodes: string[]
  readonly onFargate: FargateLine[]
  readonly why: string[]
}

/** What both plans say of a workload on Fargate is said once. */
export interface FargateLine {
  readonly size: string
  readonly wasted?: string
  readonly provider?: string
  readonly subnet?: string
}

/**
 * A row per workload; replicas that are on machines and on Fargate, because both were asked for,
 * count once.
 */
export const rowsOf = (
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

const emptyRow = (): Row => ({ count: 0, nodes: [], onFargate: [], why: [] })

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
    const own = launched.filter(({ name }) => name === one.name)
    once(row.onFargate, {
      size: `${sizeText(one.size)}${profile === undefined ? '' : ` by ${profile}`}`,
      wasted: wasteText(one, vocabulary),
      provider: providersText(own),
      subnet: subnetsText(own),
    })
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
    const text = `no place for ${count}`
    if (supply === 'fargate') once(row.onFargate, { size: text })
    else row.nodes.push(text)
    once(row.why, reason)
  }
}

const once = <Item>(items: Item[], item: Item): void => {
  const text = JSON.stringify(item)
  if (!items.some((other) => JSON.stringify(other) === text)) items.push(item)
}

/** `0 of 3 fit: 3 Insufficient cpu`. */
export const unplacedText = ({ nodes, reasons }: WordedPlan['unplaced'][number]): string =>
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
