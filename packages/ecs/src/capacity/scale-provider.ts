/**
 * Scales the Auto Scaling group of a capacity provider once a minute, as managed scaling does. The
 * change is returned as commands to the kernel (intents):
 *
 * 1. A new instance is launched in the zone with the fewest instances of the group.
 * 2. A surplus instance without tasks is released at once.
 * 3. A surplus instance with tasks is drained first when managed draining is on, and released when
 *    its last task is gone.
 * 4. A surplus instance with tasks is terminated with them when managed draining is off.
 *
 * Source: Amazon ECS Developer Guide, managed scaling behavior, managed termination protection,
 * managed instance draining.
 */
import { replicasOn, type Intent, type NodeId, type PassView } from '@stowage/kernel'
import {
  withDecision,
  type CapacityDecision,
  type GroupNode,
  type ProviderRecord,
} from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import { capacityMinute, type CapacityMinute } from '../supply/capacity-minute.js'
import { instancesToScaleIn } from '../supply/scale-in-instances.js'
import { waitingGroups, type WaitingRows } from './instance-needs.js'

/** What a provider does in a minute. */
export interface ProviderMinute {
  readonly record: ProviderRecord
  readonly intents: readonly Intent[]
  /** Whether the next minute may decide otherwise although nothing happens until then. */
  readonly isRestless: boolean
}

/** What is read of a pass. */
export type CapacityView = Pick<PassView, 'cluster' | 'now' | 'pools'>

/** What is read of the memory. */
export type CapacitySurroundings = Pick<EcsMemory, 'owners' | 'daemons' | 'capacity'>

/** An instance of the group, as far as scaling in looks at it. */
interface OwnInstance extends GroupNode {
  readonly node: NodeId
  readonly isBusy: boolean
  readonly isEmpty: boolean
}

/**
 * Decides in the minute that ends now. `waiting` are the tasks that count; `isCut` when more wait
 * than the cluster lets wait.
 *
 * Draining sends the request `{"drainInstance": NAME}`, which the report `container-instance NAME`
 * answers. Termination sends the request `{"terminateInstance": NAME}`, which the event that the
 * node left answers.
 */
export const scaleProvider = (
  view: CapacityView,
  memory: CapacitySurroundings,
  record: ProviderRecord,
  waiting: WaitingRows,
  isCut: boolean,
): ProviderMinute => {
  const { managedScaling = {} } = record.provider
  const instances = instancesOf(view, memory, record)
  const coming = view.pools.coming(record.group)
  const groups = waitingGroups(view.cluster, waiting, record.types)
  const minute = capacityMinute(
    {
      running: instances.length + coming.length,
      busy: instances.filter(({ isBusy }) => isBusy).length,
      groups: groups.map(({ fit }) => fit?.instances ?? null),
      ...{ min: record.min, max: record.max },
    },
    managedScaling,
    record.alarms,
    view.now,
  )
  const leaving = leavingInstances(record, instances, minute)
  const bought = boughtOfferings(record, instances, coming, minute.change)
  const isShort = leaving.length < -minute.change
  const decision: CapacityDecision = {
    ...{ at: view.now, needed: minute.needed, running: minute.running, groups },
    reservation: minute.reservation,
    ...(minute.group === undefined ? {} : { group: minute.group }),
    change: bought.length > 0 ? bought.length : minute.change,
    leaving: leaving.map(({ name }) => name),
    holds: [
      ...minute.holds,
      ...(isShort ? (['managedTerminationProtection'] as const) : []),
      ...(isCut ? (['provisioningTasksMax'] as const) : []),
    ],
  }
  const draining = leaving.filter(({ isEmpty }) => !isEmpty)
  const next: ProviderRecord = {
    ...(isNews(record, decision) ? withDecision(record, decision) : record),
    alarms: minute.alarms,
    leaving: new Map([
      ...record.leaving,
      ...draining.map(({ node }) => [node, true as const] as const),
    ]),
  }
  const isHeld = minute.holds.some((hold) => timedHolds.includes(hold))
  return {
    record: next,
    intents: [
      ...buysOf(record.group, bought),
      ...leaving.map((instance) => goodbye(record, instance)),
    ],
    isRestless: isHeld || bought.length + leaving.length + coming.length > 0,
  }
}

/** What time alone ends. */
const timedHolds: readonly CapacityMinute['holds'][number][] = [
  'instanceWarmupPeriod',
  'scaleInPeriod',
  'half',
]

/** The instances of a group that are not told to go, in the order in which they joined. */
const instancesOf = (
  { cluster }: CapacityView,
  { owners, daemons, capacity }: CapacitySurroundings,
  { group, leaving }: ProviderRecord,
): readonly OwnInstance[] =>
  [...capacity.nodes].flatMap(([node, own]) => {
    if (own.group !== group || leaving.has(node)) return []
    const replicas = replicasOn(cluster, node)
    const isBusy = replicas.some(({ id }) => !daemons.has(owners.get(id) ?? ''))
    return [{ ...own, node, isBusy, isEmpty: replicas.length === 0 }]
  })

const leavingInstances = (
  { provider }: ProviderRecord,
  instances: readonly OwnInstance[],
  { change }: CapacityMinute,
): readonly OwnInstance[] =>
  change >= 0
    ? []
    : instancesToScaleIn(instances, -change, provider.managedTerminationProtection === 'ENABLED')

/** The offering of each instance that is bought, by its number: of the zone with fewest. */
const boughtOfferings = (
  { types }: ProviderRecord,
  instances: readonly OwnInstance[],
  coming: ReturnType<CapacityView['pools']['coming']>,
  change: number,
): readonly number[] => {
  if (types.length === 0) return []
  const sizes = new Map(types.map(({ zone }) => [zone, 0]))
  const zones = [
    ...instances.map(({ zone }) => zone),
    ...coming.map((one) => types[one.offering]!.zone),
  ]
  for (const zone of zones) if (sizes.has(zone)) sizes.set(zone, sizes.get(zone)! + 1)
  return Array.from({ length: Math.max(0, change) }, () => {
    const [zone] = [...sizes].reduce((a, b) => (b[1] < a[1] ? b : a))
    sizes.set(zone, sizes.get(zone)! + 1)
    return types.findIndex((one) => one.zone === zone)
  })
}

/** One intent for each offering, in the order in which they are bought first. */
const buysOf = (pool: string, offerings: readonly number[]): readonly Intent[] =>
  [...new Set(offerings)].map((offering) => ({
    ...{ _tag: 'Buy', pool, offering },
    count: offerings.filter((one) => one === offering).length,
  }))

const goodbye = ({ provider }: ProviderRecord, { name, isEmpty }: OwnInstance): Intent => {
  if (isEmpty) return { _tag: 'Release', node: name }
  const isDrained = provider.managedDraining !== 'DISABLED'
  return { _tag: 'Ask', request: isDrained ? { drainInstance: name } : { terminateInstance: name } }
}

/** A decision that differs from the last one by its instant alone is no news. */
const isNews = ({ decisions }: ProviderRecord, decision: CapacityDecision): boolean => {
  const last = decisions.at(-1)
  if (decision.change !== 0 && decision.leaving.length + Math.max(0, decision.change) > 0)
    return true
  return (
    last === undefined ||
    JSON.stringify({ ...last, at: 0 }) !== JSON.stringify({ ...decision, at: 0 })
  )
}

/** The instances that were drained and hold nothing any more are released. */
export const releasedInstances = (
  { cluster }: Pick<CapacityView, 'cluster'>,
  { capacity }: Pick<EcsMemory, 'capacity'>,
  draining: EcsMemory['draining'],
): readonly Intent[] =>
  [...capacity.providers.values()].flatMap(({ leaving }) =>
    [...leaving.keys()].flatMap((node): readonly Intent[] => {
      const own = capacity.nodes.get(node)
      const isDone = draining.has(node) && replicasOn(cluster, node).length === 0
      return own === undefined || !isDone ? [] : [{ _tag: 'Release', node: own.name }]
    }),
  )

/** So many of the tasks, in the order of the rows. */
export const firstTasks = (rows: WaitingRows, count: number): WaitingRows => {
  let left = count
  return rows.flatMap((row) => {
    const part = Math.min(left, row.count)
    left -= part
    return part === 0 ? [] : [{ class: row.class, count: part }]
  })
}
