/**
 * Prepares a plan on container instances: adds the instances and their existing tasks to a cluster
 * of the kernel, and makes the placement requests of all workloads.
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
import { canHoldWithFewer, canHoldWithMore } from '../lower/removable.js'
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
import { freeName } from '../read/call.js'
import { groupsOf, taskGroupOf } from '../workload/own-task.js'
import type { Task } from '../words/task.js'
import { tasksElsewhere } from './existing.js'
import { suitingNodes } from '../supply/daemon.js'

/** What a plan places on the prepared draft, and how it words the result. */
export interface World {
  /**
   * By name, those last that shun tasks of a group (anti-affinity): a constraint is looked at when
   * its task is placed, so that by their names alone it would hold for some and not for others.
   */
  readonly requests: readonly TaskPlacement[]
  /** The existing tasks, with the names of their services, or else with those of their groups. */
  readonly running: ReadonlyMap<ReplicaId, string>
  /** By instance, a name for each task there that is to stop and has not stopped. */
  readonly stopping: ReadonlyMap<string, readonly string[]>
  /** The names of existing tasks that are of no service. */
  readonly standalone: ReadonlySet<string>
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
      { workload, shuns: members.some(canHoldWithFewer) },
      requestsOf(draft, workload, task, {
        ...{ instances, instancesOf, there, elsewhere, isDraining },
        daemonNodes: () => suitingNodes(draft, workload, groups, rules.query),
      }).map((request) => ({ ...request, canWait })),
    ] as const
  })
  const placementsOf = (isApart: boolean): readonly TaskPlacement[] =>
    requestsByWorkload.flatMap(([{ shuns }, requests]) => (shuns === isApart ? requests : []))
  return {
    requests: [...placementsOf(false), ...placementsOf(true)],
    ...existingNames(input.workloads, there),
    nowhere: requestsByWorkload.flatMap(([{ workload }, requests]) =>
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

/** Names the existing tasks; see `World`. */
const existingNames = (
  workloads: readonly Workload[],
  there: readonly SeatedTask[],
): Pick<World, 'running' | 'stopping' | 'standalone'> => {
  const before = there.map(beforeStop)
  const ofServices = new Map(
    workloads.flatMap((workload) =>
      ownOf(workload, before).map(({ replica }) => [replica, workload.name] as const),
    ),
  )
  const taken = new Set(workloads.map(({ name }) => name))
  const ofGroups = new Map(
    there.flatMap(({ task }) => {
      const group = taskGroupOf(task)
      return [[group, freeName(taken, group)] as const]
    }),
  )
  const named = there.map((one) => ({
    ...one,
    name: ofServices.get(one.replica) ?? ofGroups.get(taskGroupOf(one.task))!,
  }))
  const stopping = new Map<string, string[]>()
  for (const { task, on, name } of named)
    if (isToStop(task)) {
      const others = stopping.get(on)
      if (others === undefined) stopping.set(on, [name])
      else others.push(name)
    }
  return {
    running: new Map(
      named.filter(({ task }) => !isToStop(task)).map(({ replica, name }) => [replica, name]),
    ),
    stopping,
    standalone: new Set(
      [...ofGroups].flatMap(([group, name]) => (group.startsWith('service:') ? [] : [name])),
    ),
  }
}

const isToStop = ({ desiredStatus }: Task): boolean => desiredStatus === 'STOPPED'

/** The task as it was before it was to stop: it was of its service then. */
const beforeStop = (one: SeatedTask): SeatedTask => ({
  ...one,
  task: { ...one.task, desiredStatus: 'RUNNING' },
})

const valuesOf = (instances: readonly ContainerInstance[], name: string): readonly string[] => {
  const values = instances.flatMap(
    ({ attributes = [] }) => attributes.find((attribute) => attribute.name === name)?.value ?? [],
  )
  return [...new Set(values)].sort(byCodeUnit)
}
