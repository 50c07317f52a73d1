/**
 * Prepares a draft (a mutable version of the kernel's cluster) for a plan on instances: adds the
 * nodes with their existing tasks, and makes the placement requests of all workloads.
 */
import {
  byCodeUnit,
  getOrThrow,
  define,
  nodeName,
  type Draft,
  type ReplicaId,
  type Vocabulary,
} from '@stowage/kernel'
import { memberExprs } from '../lower/member-of.js'
import { canHoldWithMore } from '../lower/removable.js'
import { placementOptions } from '../lower/options.js'
import { scoreNames } from '../lower/strategy.js'
import { gpu } from '../lower/gpu.js'
import { classOf } from '../lower/task.js'
import { groupOf, isDaemonWorkload, type Workload } from '../workload/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { instancesOfProvider, instanceStrategy } from '../supply/provider.js'
import type { ClusterPart } from './by-cluster.js'
import type { InstanceOptions } from './options.js'
import { ownOf, requestsOf, type InstancesOf, type TaskPlacement } from './requests.js'
import { populate } from '../cluster/populate.js'
import type { SeatedTask } from '../cluster/resident.js'
import { groupsOf, isOwnTask } from '../workload/own-task.js'
import { tasksElsewhere } from './existing.js'
import { suitingNodes } from '../supply/daemon.js'

/** What a plan places on the prepared draft, and how it words the result. */
export interface World {
  readonly requests: readonly TaskPlacement[]
  /** The existing tasks of services, those that want none any more included, with their names. */
  readonly running: ReadonlyMap<ReplicaId, string>
  /** By instance, the services whose tasks there are to stop and have not stopped, a name each. */
  readonly stopping: ReadonlyMap<string, readonly string[]>
  /** The DAEMON services that no instance suits. */
  readonly nowhere: readonly Workload[]
  readonly vocabulary: Vocabulary
  /** The groups of all tasks, those that exist included. */
  readonly groups: readonly string[]
  /** The platforms that the tasks of a workload may be on, as things are in the draft. */
  readonly platformsOf: (workload: Workload) => PossiblePlatforms
}

/** Processors and operating systems, as instances name them; each once, in code-unit order. */
export interface PossiblePlatforms {
  readonly processors: readonly string[]
  readonly systems: readonly string[]
}

/**
 * Fills the draft with the instances of a cluster, the new ones included, and makes the requests of
 * the workloads. Throws when two instances have the same name, which
 * documents that were read cannot contain.
 */
export const worldOf = (
  draft: Draft,
  { input, more }: ClusterPart,
  workloads: readonly Workload[],
  { taskInterfaces, distinctInstanceReason, ...options }: InstanceOptions,
): World => {
  const instances = [...input.instances, ...more]
  const instancesOf: InstancesOf = (provider, { isManaged = false }) =>
    instancesOfProvider(provider, input.instances, more, isManaged)
  const rules = { ...placementOptions, ...options }
  const there = populate(draft, { ...input, instances }, taskInterfaces)
  const scores = [...new Set(workloads.flatMap(scoreNames))]
  const groups = [...new Set([...workloads.map(groupOf), ...groupsOf(input.tasks)])]
  const draining = new Set(
    instances.filter(({ status }) => status === 'DRAINING').map(instanceName),
  )
  const isDraining = (name: string): boolean => draining.has(name)
  const elsewhere = tasksElsewhere(input.tasks, instances)
  const requestsByWorkload = workloads.map((workload) => {
    const task = getOrThrow(define(draft, classOf(draft, workload, { scores, groups }, rules)))
    const members = memberExprs(draft, workload, groups, rules.query)
    const canWait = !isDaemonWorkload(workload) && members.some(canHoldWithMore)
    return [
      workload,
      requestsOf(draft, workload, task, {
        ...{ instances, instancesOf, there, elsewhere, isDraining },
        daemonNodes: () => suitingNodes(draft, workload, groups, rules.query),
      }).map((request) => ({ ...request, canWait })),
    ] as const
  })
  return {
    requests: requestsByWorkload.flatMap(([, requests]) => requests),
    running: new Map(
      input.workloads.flatMap((workload) =>
        ownOf(workload, there).map(({ replica }) => [replica, workload.name] as const),
      ),
    ),
    stopping: stoppingTasks(input.workloads, there),
    nowhere: requestsByWorkload.flatMap(([workload, requests]) =>
      requests.length === 0 && isDaemonWorkload(workload) ? [workload] : [],
    ),
    groups,
    platformsOf: (workload) => {
      const providers = instanceStrategy(workload)
      const own = providers.flatMap(({ capacityProvider }) =>
        instancesOf(capacityProvider, workload),
      )
      const suiting = new Set(
        suitingNodes(draft, workload, groups, rules.query).map((node) => nodeName(draft, node)),
      )
      const possible = (providers.length === 0 ? instances : own).filter((one) =>
        suiting.has(instanceName(one)),
      )
      return {
        processors: valuesOf(possible, 'ecs.cpu-architecture'),
        systems: valuesOf(possible, 'ecs.os-type'),
      }
    },
    vocabulary: vocabularyOf(gpu(draft), scores, distinctInstanceReason),
  }
}

const stoppingTasks = (
  workloads: readonly Workload[],
  there: readonly SeatedTask[],
): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, readonly string[]>()
  for (const { task, on } of there) {
    if (task.desiredStatus !== 'STOPPED') continue
    const own = workloads.find((one) => isOwnTask(one, { ...task, desiredStatus: 'RUNNING' }))
    if (own !== undefined) names.set(on, [...(names.get(on) ?? []), own.name])
  }
  return names
}

const valuesOf = (instances: readonly ContainerInstance[], name: string): readonly string[] => {
  const values = instances.flatMap(
    ({ attributes = [] }) => attributes.find((attribute) => attribute.name === name)?.value ?? [],
  )
  return [...new Set(values)].sort(byCodeUnit)
}
