/**
 * Builds the placement requests of a workload that a plan places on container instances:
 *
 * - A service requests the tasks that it lacks, split over its capacity providers.
 * - A call of RunTask requests all tasks of its count, split in the same way.
 * - A DAEMON service requests one task on each suitable instance that has none.
 * - A call of StartTask requests one task on each instance that it names.
 *
 * Source: Amazon ECS API Reference, Service and CapacityProviderStrategyItem.
 */
import {
  findNode,
  nodeName,
  type ClassId,
  type Draft,
  type NamedRequest,
  type NodeId,
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { countOf, isDaemonWorkload, type Workload } from '../workload/workload.js'
import { instanceStrategy, providerOfTask, sharesOfMore } from '../supply/provider.js'
import { instanceName, instanceNamed, type ContainerInstance } from '../words/container-instance.js'
import type { SeatedTask } from '../cluster/resident.js'
import type { Task } from '../words/task.js'
import { isOwnTask } from '../workload/own-task.js'

/** The instances of a plan, with what a workload needs to know about them. */
export interface InstancesAround {
  readonly instances: readonly ContainerInstance[]
  readonly instancesOf: InstancesOf
  /** All tasks that already exist on instances. */
  readonly there: readonly SeatedTask[]
  /** Whether the instance of this name is DRAINING. */
  readonly isDraining: (name: string) => boolean
  /** The tasks that already exist on instances which are not among these. */
  readonly elsewhere: readonly Task[]
  /** The nodes on which the workload, a DAEMON, wants a task. */
  readonly daemonNodes: () => readonly NodeId[]
}

/** Looks up the instances of a capacity provider that a workload names. */
export type InstancesOf = (provider: string, workload: Workload) => readonly ContainerInstance[]

/** A request, and the capacity provider that it is restricted to. */
export interface TaskPlacement extends NamedRequest {
  readonly provider?: string
  /** True when tasks that are placed later can give its tasks a place. */
  readonly canWait?: boolean
}

/**
 * Makes the requests of a workload of class `task`. A request with count 0 stands for a task that
 * already exists. Tasks on an instance that is DRAINING are missing, as Amazon ECS replaces them.
 */
export const requestsOf = (
  draft: Draft,
  workload: Workload,
  task: ClassId,
  { instances, instancesOf, there, elsewhere, isDraining, daemonNodes }: InstancesAround,
): readonly TaskPlacement[] => {
  const { name } = workload
  const own = ownOf(workload, there)
  if (isDaemonWorkload(workload)) {
    const having = new Set(own.map(({ on }) => on))
    return daemonNodes().map((node) => ({
      name,
      class: task,
      count: having.has(nodeName(draft, node)) ? 0 : 1,
      only: [node],
    }))
  }
  const { containerInstances } = workload.request ?? {}
  if (containerInstances !== undefined)
    return namedInstances(containerInstances, instances).flatMap((each) => {
      const found = findNode(draft, instanceName(each))
      return isSome(found) ? [{ name, class: task, count: 1, only: [found.value] }] : []
    })
  const staying = own.filter(({ on }) => !isDraining(on))
  const away = elsewhere.filter((one) => isOwnTask(workload, one))
  const count = Math.max(0, countOf(workload) - staying.length - away.length)
  const strategy = instanceStrategy(workload)
  if (strategy.length === 0) return [{ name, class: task, count }]
  const present = [
    ...staying.map(({ task, on }) =>
      providerOfTask(
        task,
        instances.find((instance) => instanceName(instance) === on),
      ),
    ),
    ...away.map((one) => providerOfTask(one)),
  ]
  const counts = sharesOfMore(strategy, present, count)
  return strategy.map(({ capacityProvider }, i) => ({
    name,
    class: task,
    count: counts[i]!,
    only: nodesOf(draft, instancesOf(capacityProvider, workload)),
    provider: capacityProvider,
  }))
}

/** The registered instances among the names of a call of StartTask; a name may repeat. */
const namedInstances = (
  names: readonly string[],
  instances: readonly ContainerInstance[],
): readonly ContainerInstance[] =>
  names.flatMap((name) => {
    const found = instanceNamed(instances, name)
    return found === undefined || found.status === 'INACTIVE' ? [] : [found]
  })

/**
 * Why a call of StartTask starts no task: a reason for each instance that is unknown or INACTIVE.
 */
export const missingFor = (
  { request }: Workload,
  instances: readonly ContainerInstance[],
): readonly string[] =>
  (request?.containerInstances ?? []).flatMap((name) => {
    const found = instanceNamed(instances, name)
    if (found === undefined) return [`MISSING: ${name}`]
    return found.status === 'INACTIVE' ? [`INACTIVE: ${name}`] : []
  })

/** The tasks of a service that are on instances and whose desired status is not STOPPED. */
export const ownOf = (workload: Workload, there: readonly SeatedTask[]): readonly SeatedTask[] =>
  there.filter(({ task }) => isOwnTask(workload, task))

/** The nodes of instances. */
export const nodesOf = (draft: Draft, instances: readonly ContainerInstance[]): readonly NodeId[] =>
  instances.flatMap((instance) => {
    const found = findNode(draft, instanceName(instance))
    return isSome(found) ? [found.value] : []
  })
