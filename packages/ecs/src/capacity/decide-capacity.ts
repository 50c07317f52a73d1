/**
 * Runs managed scaling (cluster auto scaling) each time the controller runs:
 *
 * 1. It records the instances that joined or left the Auto Scaling groups.
 * 2. Once a minute, it scales each capacity provider by `scaleProvider`.
 * 3. It releases the drained instances that have no task any more.
 */
import {
  nodeSpec,
  withChanges,
  type Decision,
  type Intent,
  type MapChange,
  type NodeId,
  type PassView,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import {
  withProviders,
  type CapacityMemory,
  type GroupNode,
  type ProviderRecord,
} from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import { attributeTexts, zoneKey } from '../memory/node-attributes.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { minuteAfter } from './learn-capacity-provider.js'
import { firstTasks, releasedInstances, scaleProvider } from './scale-provider.js'

/**
 * The decision about services, with what is done about capacity. Providers are scaled once a minute
 * while anything may change.
 */
export const withCapacity = (
  view: PassView,
  decided: Decision<EcsMemory>,
  options: Pick<EcsControllerOptions, 'groups' | 'provisioningTasksMax'>,
): Decision<EcsMemory> => {
  if (options.groups.length === 0) return decided
  const names = new Set(options.groups.map((one) => one.AutoScalingGroupName))
  const known = withGroupNodes(view, decided.memory, names)
  const { capacity } = known
  if (capacity.providers.size === 0) return { ...decided, memory: known }
  const happens = view.nodes.length + view.replicas.length + decided.intents.length > 0
  const due = capacity.nextMinute ?? (happens ? minuteAfter(view.now) : undefined)
  const { memory, intents } =
    due !== undefined && due <= view.now
      ? scaleProviders(view, known, options)
      : {
          memory: { ...known, capacity: withMinute(capacity, due) },
          intents:
            view.replicas.length + view.nodes.length === 0 ? [] : drainedReleases(view, known),
        }
  const { nextMinute } = memory.capacity
  const isSooner =
    nextMinute !== undefined && (decided.wakeAt === undefined || nextMinute < decided.wakeAt)
  return {
    ...{ ...decided, memory, intents: [...decided.intents, ...intents] },
    ...(isSooner ? { wakeAt: nextMinute } : {}),
  }
}

const withMinute = (
  { nextMinute: _, ...capacity }: CapacityMemory,
  nextMinute: CapacityMemory['nextMinute'],
): CapacityMemory => (nextMinute === undefined ? capacity : { ...capacity, nextMinute })

const drainedReleases = (view: PassView, memory: EcsMemory): readonly Intent[] =>
  releasedInstances(view, memory, memory.draining)

/** The memory with the instances of these pools that joined, and without those that left. */
export const withGroupNodes = (
  view: PassView,
  memory: EcsMemory,
  names: ReadonlySet<string>,
): EcsMemory => {
  if (view.nodes.length === 0) return memory
  const changes: MapChange<NodeId, GroupNode>[] = []
  for (const { node, name, change } of view.nodes) {
    if (change === 'left') changes.push([node, undefined])
    const group = view.pools.poolOf(name)
    if (change !== 'joined' || group === undefined || !names.has(group)) continue
    const spec = nodeSpec(view.cluster, node)
    if (O.isNone(spec)) continue
    const zone = attributeTexts(view.cluster, spec.value).get(zoneKey) ?? ''
    changes.push([node, { name, group, zone }])
  }
  const left = changes.flatMap(([node, own]) => (own === undefined ? [node] : []))
  const { capacity } = memory
  const records = [...capacity.providers].flatMap(
    ([name, record]): readonly MapChange<string, ProviderRecord>[] =>
      left.some((node) => record.leaving.has(node))
        ? [[name, { ...record, leaving: withoutNodes(record.leaving, left) }]]
        : [],
  )
  return {
    ...memory,
    capacity: {
      ...withProviders(capacity, records),
      nodes: withChanges(capacity.nodes, changes),
    },
  }
}

const withoutNodes = (
  leaving: ProviderRecord['leaving'],
  left: readonly NodeId[],
): ProviderRecord['leaving'] => new Map([...leaving].filter(([node]) => !left.includes(node)))

/** Looks at all providers with managed scaling, in the order in which they were created. */
const scaleProviders = (
  view: PassView,
  memory: EcsMemory,
  { provisioningTasksMax }: Pick<EcsControllerOptions, 'provisioningTasksMax'>,
): { readonly memory: EcsMemory; readonly intents: readonly Intent[] } => {
  const changes: MapChange<string, ProviderRecord>[] = []
  const intents: Intent[] = [...drainedReleases(view, memory)]
  let tasksLeft = provisioningTasksMax
  let isRestless = false
  for (const [name, record] of memory.capacity.providers) {
    if (record.provider.managedScaling?.status !== 'ENABLED') continue
    const rows = view.pools.waiting(record.group)
    const counted = firstTasks(rows, tasksLeft)
    const countOf = (all: typeof rows): number => all.reduce((sum, { count }) => sum + count, 0)
    tasksLeft -= countOf(counted)
    const isCut = countOf(counted) < countOf(rows)
    const minute = scaleProvider(view, memory, record, counted, isCut)
    changes.push([name, minute.record])
    for (const intent of minute.intents) intents.push(intent)
    isRestless ||= minute.isRestless
  }
  const capacity = withProviders(memory.capacity, changes)
  return {
    memory: {
      ...memory,
      capacity: withMinute(capacity, isRestless ? minuteAfter(view.now) : undefined),
    },
    intents,
  }
}
