/**
 * Plans the workloads of one cluster on its container instances. The result has the tasks on each
 * instance, and the tasks without a place.
 */
import {
  allowIndexes,
  batch,
  byCodeUnit,
  empty,
  plan,
  wordPlan,
  type WordedPlan,
} from '@stowage/kernel'
import {
  countOf,
  groupOf,
  isDaemonWorkload,
  strategyOf,
  type Workload,
} from '../workload/workload.js'
import { taskInterfacesOf } from '../lower/interface.js'
import { ephemeralIn } from '../lower/port.js'
import {
  emptyProvider,
  managedRefusal,
  providerAssumed,
  providerWithoutInstance,
  externalRefusal,
  instanceTexts,
  daemonWithoutInstance,
  interfacesUnknown,
  platformNotNamed,
} from '../raise/instances.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { instancesOfProvider, instanceStrategy, isOfNone } from '../supply/provider.js'
import type { ClusterPart } from './by-cluster.js'
import { replacementWarnings } from './draining.js'
import { existingWarnings } from './existing.js'
import type { TaskRefusal } from './fargate.js'
import type { InstanceOptions } from './options.js'
import { placeInRounds } from './rounds.js'
import { missingFor, type TaskPlacement } from './requests.js'
import {
  askable,
  deviceRefusal,
  hasOwnInstances,
  onInstancesOf,
  type WorkloadsBySupply,
} from './supplied.js'
import { worldOf, type PossiblePlatforms } from './world.js'
import type { EcsWarning, WarningText } from '../words/warning.js'

/** An instance with what it holds. */
export type PlannedInstance = WordedPlan['nodes'][number] & {
  /** Present when the plan has several clusters. */
  readonly cluster?: string
  /** Present when it is not ACTIVE. */
  readonly status?: string
  /**
   * Tasks that leave, as they are to stop, or are of a service and their instance is DRAINING. They
   * have their room until then, and are not in `holds`.
   */
  readonly leaving?: WordedPlan['nodes'][number]['holds']
}

/** The tasks on instances, and those without a place. */
export interface InstancePlacement {
  readonly nodes: readonly PlannedInstance[]
  readonly unplaced: WordedPlan['unplaced']
  readonly refused: readonly TaskRefusal[]
  readonly warnings: readonly EcsWarning[]
}

/** Plans those workloads of a cluster that want instances, or machines outside AWS. */
export const onInstances = (
  part: ClusterPart,
  options: InstanceOptions,
  supplied: WorkloadsBySupply,
): InstancePlacement => {
  const all = onInstancesOf(part, supplied)
  const workloads = askable(all)
  const instances = [...part.input.instances, ...part.more]
  const placement = placeOnInstances(part, workloads, instances, options)
  return {
    nodes: plannedInstances(part, placement, instances, workloads),
    unplaced: placement.plan.unplaced,
    refused: [
      ...withoutSupply(all, supplied, instances),
      ...workloads.flatMap((workload) =>
        missingFor(workload, instances).map(
          (reason): TaskRefusal => ({
            ...{ name: workload.name, count: 1, reason, supply: 'instances' },
          }),
        ),
      ),
      ...placement.empty.map(
        ({ name, count, provider = '' }): TaskRefusal => ({
          ...{ name, count, supply: 'instances', reason: emptyProvider(provider) },
        }),
      ),
    ],
    warnings: placementWarnings(part, workloads, instances, options, placement),
  }
}

/** Places the tasks on instances, with what the draft of the placement alone knows. */
const placeOnInstances = (
  part: ClusterPart,
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  options: InstanceOptions,
) => {
  const isEmpty = ({ provider, only }: TaskPlacement): boolean =>
    provider !== undefined && only?.length === 0 && instances.length > 0
  const [, placement] = batch(allowIndexes(empty), (draft) => {
    const world = worldOf(draft, part, workloads, options)
    const { requests, running, vocabulary, platformsOf } = world
    const { attempts, answers } = placeInRounds(
      draft,
      requests.filter((request) => !isEmpty(request)),
    )
    return {
      plan: wordPlan(plan(draft, attempts, running, answers), vocabulary),
      platforms: workloads.map((workload) => platformText(workload, platformsOf(workload))),
      empty: requests.filter((request) => isEmpty(request) && request.count > 0),
      ...{ nowhere: world.nowhere, stopping: world.stopping, standalone: world.standalone },
    }
  })
  return placement
}

type Placement = ReturnType<typeof placeOnInstances>

const plannedInstances = (
  { cluster }: ClusterPart,
  { plan: { nodes }, stopping, standalone }: Placement,
  instances: readonly ContainerInstance[],
  workloads: readonly Workload[],
): readonly PlannedInstance[] => {
  const statuses = new Map(instances.map((one) => [instanceName(one), one.status]))
  const daemons = new Set(workloads.filter(isDaemonWorkload).map(({ name }) => name))
  return nodes.map((node) => {
    const status = statuses.get(node.name) ?? 'ACTIVE'
    const stays = (name: string): boolean =>
      status !== 'DRAINING' || daemons.has(name) || standalone.has(name)
    return {
      ...withLeaving(node, stopping.get(node.name) ?? [], stays),
      ...(cluster === undefined ? {} : { cluster }),
      ...(status === 'ACTIVE' ? {} : { status }),
    }
  })
}

/** The workloads that no instance of the input can take, whatever its room. */
const withoutSupply = (
  workloads: readonly Workload[],
  supplied: WorkloadsBySupply,
  instances: readonly ContainerInstance[],
): readonly TaskRefusal[] =>
  [
    ...supplied('external').map((workload) => [workload, 'external', externalRefusal] as const),
    ...supplied('managed')
      .filter((workload) => !hasOwnInstances(instances)(workload))
      .map((workload) => [workload, 'managed', managedRefusal(strategyOf(workload))] as const),
    ...workloads.map((workload) => [workload, 'instances', deviceRefusal(workload)] as const),
  ].flatMap(([workload, supply, reason]) =>
    reason === undefined ? [] : [{ name: workload.name, count: countOf(workload), reason, supply }],
  )

const placementWarnings = (
  { input, more }: ClusterPart,
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  options: InstanceOptions,
  { platforms, nowhere }: Placement,
): readonly EcsWarning[] => [
  ...workloads.flatMap((workload) => wordWarnings(workload, textsOf(workload))),
  ...uncountedInterfaces(workloads, instances, options),
  ...workloads.flatMap((workload) =>
    wordWarnings(workload, providerTexts(workload, input.instances, more)),
  ),
  ...workloads.flatMap((workload, i) => wordWarnings(workload, platforms[i]!)),
  ...existingWarnings(
    input.tasks,
    instances,
    new Set(workloads.filter(isDaemonWorkload).map(groupOf)),
  ),
  ...replacementWarnings(workloads, input.tasks, instances),
  ...nowhere.flatMap((workload) => wordWarnings(workload, [daemonWithoutInstance])),
]

/**
 * Splits what an instance holds into what stays and what leaves. On an instance that is DRAINING, a
 * DAEMON keeps its task to the last, and a task of no service is neither stopped nor replaced.
 */
const withLeaving = (
  node: WordedPlan['nodes'][number],
  stopping: readonly string[],
  stays: (name: string) => boolean,
): PlannedInstance => {
  const leaving = new Map(
    node.holds.flatMap(({ name, count }) => (stays(name) ? [] : [[name, count] as const])),
  )
  for (const name of stopping) leaving.set(name, (leaving.get(name) ?? 0) + 1)
  const rows = [...leaving].sort(([a], [b]) => byCodeUnit(a, b))
  return {
    ...node,
    holds: node.holds.filter(({ name }) => stays(name)),
    ...(rows.length === 0 ? {} : { leaving: rows.map(([name, count]) => ({ name, count })) }),
  }
}

/**
 * Warnings about instances whose number of network interfaces is unknown, when some task needs an
 * interface.
 */
const uncountedInterfaces = (
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  { taskInterfaces }: InstanceOptions,
): readonly EcsWarning[] =>
  workloads.some(({ definition }) => definition.networkMode === 'awsvpc')
    ? instances
        .filter((instance) => taskInterfacesOf(instance, taskInterfaces) === undefined)
        .map((instance) => ({
          code: interfacesUnknown.code,
          from: '',
          subject: `container instance ${instanceName(instance)}`,
          text: interfacesUnknown.text,
        }))
    : []

/** Warnings about capacity providers of a workload that have no instances that say so. */
const providerTexts = (
  workload: Workload,
  instances: readonly ContainerInstance[],
  more: readonly ContainerInstance[],
): readonly WarningText[] => {
  const names = [
    ...new Set(instanceStrategy(workload).map(({ capacityProvider }) => capacityProvider)),
  ]
  const found = names.map((name) => instancesOfProvider(name, instances, more, workload.isManaged))
  const assumed = names.filter((_, i) => found[i]!.some(isOfNone))
  return [
    ...(assumed.length > 0 ? [providerAssumed(assumed)] : []),
    ...names.filter((_, i) => found[i]!.length === 0).map(providerWithoutInstance),
  ]
}

/** A text when the tasks may be on several platforms, and name none; StartTask names instances. */
const platformText = (
  { definition, request }: Workload,
  { processors, systems }: PossiblePlatforms,
): readonly WarningText[] => {
  if (request?.containerInstances !== undefined) return []
  const { cpuArchitecture, operatingSystemFamily } = definition.runtimePlatform ?? {}
  return [
    ...(cpuArchitecture === undefined && processors.length > 1
      ? [platformNotNamed('processors', processors)]
      : []),
    ...(operatingSystemFamily === undefined && systems.length > 1
      ? [platformNotNamed('operating systems', systems)]
      : []),
  ]
}

const textsOf = ({ definition, request }: Workload): readonly WarningText[] =>
  instanceTexts(definition, request?.zones, ephemeralIn(definition))

const wordWarnings = (
  { from, subject }: Workload,
  texts: readonly WarningText[],
): readonly EcsWarning[] => texts.map(({ code, text }) => ({ code, from, subject, text }))
