/**
 * Makes the placement requests of a workload in a plan on instances:
 *
 * - a service or a call of RunTask: its missing tasks, split over its capacity providers if it
 *   names any;
 * - a DAEMON service: one task on each instance that suits it;
 * - a call of StartTask: one task on each instance that it names.
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
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { SeatedTask } from '../cluster/resident.js'
import { isOwnTask } from '../workload/own-task.js'

/** The instances of a plan, with what a workload needs to know about them. */
export interface InstancesAround {
  readonly instances: readonly ContainerInstance[]
  /** All tasks that already exist on instances. */
  readonly there: readonly SeatedTask[]
  /** The nodes on which the workload, a DAEMON, wants a task. */
  readonly daemonNodes: () => readonly NodeId[]
}

/**
 * Makes the requests of a workload of class `task`. A request with count 0 stands for a task that
 * already exists.
 */
export const requestsOf = (
  draft: Draft,
  workload: Workload,
  task: ClassId,
  { instances, there, daemonNodes }: InstancesAround,
): readonly NamedRequest[] => {
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
  const count = Math.max(0, countOf(workload) - own.length)
  const strategy = strategyAmong(workload, instances)
  if (strategy.length === 0) return [{ name, class: task, count }]
  const present = own.map(({ task, on }) =>
    providerOfTask(
      task,
      instances.find((instance) => instanceName(instance) === on),
    ),
  )
  const counts = sharesOfMore(strategy, present, count)
  return strategy.map(({ capacityProvider }, i) => ({
    name,
    class: task,
    count: counts[i]!,
    only: nodesOf(draft, capacityProvider, instances),
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

/**
 * The strategy of a workload over providers of instances. It is empty, so that any instance will
 * do, when no instance names one of the providers.
 */
const strategyAmong = (
  workload: Workload,
  instances: readonly ContainerInstance[],
): readonly CapacityProviderStrategyItem[] => {
  const strategy = instanceStrategy(workload)
  const hasStrategy = strategy.some(({ capacityProvider }) => isAnyOf(capacityProvider, instances))
  return hasStrategy ? strategy : []
}

/** True when some instance belongs to the provider. */
export const isAnyOf = (provider: string, instances: readonly ContainerInstance[]): boolean =>
  instances.some(({ capacityProviderName }) => capacityProviderName === provider)

/** The nodes of the instances of a provider. */
export const nodesOf = (
  draft: Draft,
  provider: string,
  instances: readonly ContainerInstance[],
): readonly NodeId[] =>
  instances.flatMap((instance) => {
    if (instance.capacityProviderName !== provider) return []
    const found = findNode(draft, instanceName(instance))
    return isSome(found) ? [found.value] : []
  })
