/**
 * Builds the rows of the table of workloads from the plans: for each workload its number of
 * replicas, their machines, their sizes on Fargate, and why some have no place.
 */
import type { VendedTasks } from '@stowage/fargate'
import { unplacedText, type PlatformPlan } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { SupplyPlans } from '../question/plans.js'
import { cpuText, memoryText, sizeText } from '../block/amount.js'
import { providersText, subnetsText } from './fargate-block.js'
import { victimsText } from './remedies.js'

/** What the plans say of one workload. */
export interface WorkloadRow {
  readonly name: string
  count: number
  readonly nodes: string[]
  readonly onFargate: FargateLine[]
  readonly why: string[]
}

/** A line of the cells about Fargate. */
export interface FargateLine {
  readonly size: string
  readonly wasted?: string
  readonly provider?: string
  readonly subnet?: string
}

/** Finds or makes the row of a workload and adds to its count. */
type AddReplicas = (name: string, count: number) => WorkloadRow

/** A replica that both plans place, on machines and on Fargate, counts once. */
export const workloadRows = ({
  platform,
  machines,
  fargate,
}: SupplyPlans): readonly WorkloadRow[] => {
  const rows = new Map<string, WorkloadRow>()
  for (const plan of [machines, fargate]) {
    if (plan === undefined) continue
    const counted = new Set(plan === fargate ? rows.keys() : [])
    const add = (name: string, count: number): WorkloadRow => {
      const row = rows.get(name) ?? { name, count: 0, nodes: [], onFargate: [], why: [] }
      rows.set(name, row)
      if (!counted.has(name)) row.count += count
      return row
    }
    addPlaces(add, plan, platform)
    addRefusals(add, plan)
  }
  return [...rows.values()]
}

const addPlaces = (add: AddReplicas, plan: PlatformPlan, platform: Platform): void => {
  const profiles = new Map(plan.onFargate?.map((pod) => [pod.name, pod.fargateProfileName]))
  for (const { name: node, holds } of plan.plan.nodes)
    for (const { name, count } of holds)
      add(name, count).nodes.push(count === 1 ? node : `${node} x${count}`)
  for (const vended of plan.vended) {
    const row = add(vended.name, vended.count)
    const profile = profiles.get(vended.name)
    const launched = plan.launched.filter(({ name }) => name === vended.name)
    pushNew(row.onFargate, {
      size: `${sizeText(vended.size)}${profile === undefined ? '' : ` by ${profile}`}`,
      wasted: wasteText(vended, platform),
      provider: providersText(launched),
      subnet: subnetsText(launched),
    })
  }
}

const addRefusals = (
  add: AddReplicas,
  { plan, refused, held, preemptions }: PlatformPlan,
): void => {
  for (const unplaced of plan.unplaced) {
    const row = add(unplaced.name, unplaced.count)
    row.nodes.push(noPlaceText(unplaced.count))
    row.why.push(unplacedText(unplaced))
  }
  for (const { name, count, reason } of held) {
    const row = add(name, count)
    row.nodes.push(noPlaceText(count))
    row.why.push(reason)
  }
  for (const { name, node, victims } of preemptions)
    add(name, 0).why.push(`one would fit on ${node} by preemption of ${victimsText(victims)}`)
  for (const { name, count, reason, supply = 'fargate' } of refused) {
    const row = add(name, count)
    if (supply === 'fargate') pushNew(row.onFargate, { size: noPlaceText(count) })
    else row.nodes.push(noPlaceText(count))
    pushNew(row.why, reason)
  }
}

const noPlaceText = (count: number): string => `no place for ${count}`

/** Both plans may say the same: it is shown once. */
const pushNew = <Item>(items: Item[], item: Item): void => {
  const text = JSON.stringify(item)
  if (!items.some((other) => JSON.stringify(other) === text)) items.push(item)
}

const wasteText = ({ wasted }: VendedTasks, platform: Platform): string => {
  const parts = [
    ...(wasted.cpu === 0 ? [] : [cpuText(wasted.cpu, platform)]),
    ...(wasted.memory === 0 ? [] : [memoryText(wasted.memory)]),
  ]
  return parts.length === 0 ? 'none' : parts.join(' ')
}
