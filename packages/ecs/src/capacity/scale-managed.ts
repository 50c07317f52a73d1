/**
 * Runs the Managed Instances capacity providers, each time the controller runs:
 *
 * 1. Launches instances for waiting tasks at once, as `launchesFor` chooses them.
 * 2. Terminates an instance that has had no task, other than those of DAEMON services, for
 *    `scaleInAfter` seconds.
 *
 * An instance with some tasks is never emptied to save cost; AWS does so, but does not document
 * when.
 *
 * Source: Amazon ECS API Reference, InfrastructureOptimization; Developer Guide, Managed Instances.
 */
import {
  findClass,
  later,
  replicasOn,
  type Decision,
  type Instant,
  type Intent,
  type MapChange,
  type NodeId,
  type PassView,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import {
  withManaged,
  withManagedMessage,
  type ManagedRecord,
  type OfferedType,
} from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { withGroupNodes } from './decide-capacity.js'
import { tasksPerNode, type WaitingRows } from './instance-needs.js'
import { launchesFor, type TasksAlike } from './launch-instances.js'

/** The decision about services, with what is launched and terminated for them. */
export const withManagedInstances = (
  view: PassView,
  decided: Decision<EcsMemory>,
  options: Pick<EcsControllerOptions, 'managedInstances' | 'scaleInAfter'>,
): Decision<EcsMemory> => {
  if (options.managedInstances.length === 0) return decided
  const names = new Set(options.managedInstances.map(({ name }) => name))
  const memory = withGroupNodes(view, decided.memory, names)
  const intents: Intent[] = []
  const changes: MapChange<string, ManagedRecord>[] = []
  let { wakeAt } = decided
  for (const [name, record] of memory.capacity.managed) {
    const launched = launch(view, memory, record)
    const released = release(view, memory, launched.record, options)
    for (const intent of [...launched.intents, ...released.intents]) intents.push(intent)
    changes.push([name, released.record])
    const next = isSoon(view, decided, name) ? later(view.now, 1) : undefined
    for (const at of [next, released.dueAt])
      if (at !== undefined && (wakeAt === undefined || at < wakeAt)) wakeAt = at
  }
  return {
    memory: { ...memory, capacity: withManaged(memory.capacity, changes) },
    intents: [...decided.intents, ...intents],
    ...(wakeAt === undefined ? {} : { wakeAt }),
  }
}

/** Tasks that start, and those of an instance that joins, wait or have a place in the next pass. */
const isSoon = (view: PassView, { intents }: Decision<EcsMemory>, name: string): boolean =>
  isJoining(view, name) ||
  intents.some(
    (intent) =>
      intent._tag === 'Start' &&
      intent.supply !== undefined &&
      'shares' in intent.supply &&
      intent.supply.shares.some(({ pool }) => pool === name),
  )

const isJoining = ({ nodes, pools }: PassView, pool: string): boolean =>
  nodes.some(({ change, name }) => change === 'joined' && pools.poolOf(name) === pool)

/** What a provider does in a pass. */
interface ProviderMove {
  readonly record: ManagedRecord
  readonly intents: readonly Intent[]
  readonly dueAt?: Instant | undefined
}

const launch = (view: PassView, memory: EcsMemory, before: ManagedRecord): ProviderMove => {
  const { name, types } = before
  const waiting = view.pools.waiting(name)
  const coming = view.pools.coming(name)
  const served = servedOf(view, before, waiting)
  const record = { ...before, served }
  const rows = waiting.flatMap((row) => {
    const count = row.count - (served.get(row.class) ?? 0)
    return count > 0 ? [{ ...row, count }] : []
  })
  if (rows.length === 0) return { record, intents: [] }
  const zones = [
    ...[...memory.capacity.nodes.values()].flatMap((one) => (one.group === name ? one.zone : [])),
    ...coming.map(({ offering }) => types[offering]!.zone),
  ]
  const launches = launchesFor(tasksAlike(view, memory, name, rows), types, zones)
  const counts = new Map<number, number>()
  for (const offering of launches) counts.set(offering, (counts.get(offering) ?? 0) + 1)
  const texts = [...counts].map(([offering, count]) => `${count} ${typeText(types[offering]!)}`)
  const tasks = rows.reduce((sum, { count }) => sum + count, 0)
  const end = launches.length === 0 ? nothingSuits : `launches ${texts.join(', ')}`
  const message = `for ${tasks} waiting ${tasks === 1 ? 'task' : 'tasks'}: ${end}`
  if (launches.length === 0 && record.messages.at(-1) === message) return { record, intents: [] }
  return {
    record: {
      ...withManagedMessage(record, message),
      served:
        launches.length === 0
          ? served
          : new Map(waiting.map((row) => [row.class, row.count] as const)),
    },
    intents: [...counts].map(([offering, count]) => ({ _tag: 'Buy', pool: name, offering, count })),
  }
}

/**
 * Tasks that were launched for, as long as they wait and any instance is coming. One that has just
 * joined gets its tasks at the end of this pass.
 */
const servedOf = (
  view: PassView,
  { name, served }: ManagedRecord,
  waiting: WaitingRows,
): ManagedRecord['served'] => {
  if (view.pools.coming(name).length === 0 && !isJoining(view, name)) return new Map()
  return new Map(
    waiting.map((row) => [row.class, Math.min(row.count, served.get(row.class) ?? 0)] as const),
  )
}

const typeText = ({ instanceType, zone }: OfferedType): string =>
  `${instanceType || 'new'}${zone === '' ? '' : ` in ${zone}`}`

/** How a message ends when waiting tasks are waited for in vain. */
export const nothingSuits = 'no instance type suits them'

const tasksAlike = (
  { cluster }: PassView,
  { services }: EcsMemory,
  name: string,
  rows: WaitingRows,
): readonly TasksAlike[] => {
  const suiting = new Map(
    [...services.values()].flatMap(({ deployments }) =>
      deployments.flatMap(({ class: own, launchable }) =>
        launchable?.[name] === undefined ? [] : [[own, new Set(launchable[name])] as const],
      ),
    ),
  )
  return rows.flatMap((row) => {
    const spec = O.toUndefined(findClass(cluster, row.class))
    const types = suiting.get(row.class)
    return spec === undefined || types === undefined
      ? []
      : [
          {
            ...{ count: row.count, demand: spec.occupies, perInstance: tasksPerNode(spec) },
            suiting: types,
          },
        ]
  })
}

const release = (
  { cluster, now }: PassView,
  { capacity, owners, daemons }: EcsMemory,
  before: ManagedRecord,
  options: Pick<EcsControllerOptions, 'scaleInAfter'>,
): ProviderMove => {
  const { scaleInAfter = options.scaleInAfter } = before.provider.infrastructureOptimization ?? {}
  const idle = new Map<NodeId, Instant>()
  const intents: Intent[] = []
  let [record, dueAt] = [before, undefined as Instant | undefined]
  for (const [node, { group, name }] of capacity.nodes) {
    if (group !== record.name) continue
    const replicas = replicasOn(cluster, node)
    if (replicas.some(({ id }) => !daemons.has(owners.get(id) ?? ''))) continue
    const since = before.idle.get(node) ?? now
    idle.set(node, since)
    if (scaleInAfter < 0) continue
    // One that has just joined may get its first tasks at the end of this pass.
    const endAt = later(since, Math.max(1, scaleInAfter * 1000))
    if (endAt > now) {
      dueAt = dueAt === undefined || endAt < dueAt ? endAt : dueAt
      continue
    }
    const isEmpty = replicas.length === 0
    if (!isEmpty && endAt < now) continue
    intents.push(
      isEmpty
        ? { _tag: 'Release', node: name }
        : { _tag: 'Ask', request: { terminateInstance: name } },
    )
    record = withManagedMessage(record, `${name} is idle and terminated`)
  }
  return { record: { ...record, idle }, intents, dueAt }
}
