/**
 * What a workload asks of the instances: the tasks that it has not yet, of a service with capacity
 * providers so many on the instances of each, of a DAEMON one on each instance that suits it, of a
 * call of StartTask one on each instance that it names.
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

export interface Surroundings {
  readonly instances: readonly ContainerInstance[]
  /** All tasks that are on the instances already. */
  readonly there: readonly SeatedTask[]
  /** Where a DAEMON is wanted. */
  readonly daemonNodes: () => readonly NodeId[]
}

/** `task` is the class of the workload. A request for none stands for what is there already. */
export const requestsOf = (
  draft: Draft,
  workload: Workload,
  task: ClassId,
  { instances, there, daemonNodes }: Surroundings,
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
    return namedIn(containerInstances, instances).flatMap((each) => {
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

/** Those that a call of StartTask names and that are registered, as often as it names them. */
const namedIn = (
  names: readonly string[],
  instances: readonly ContainerInstance[],
): readonly ContainerInstance[] =>
  names.flatMap((name) => {
    const found = instanceNamed(instances, name)
    return found === undefined || found.status === 'INACTIVE' ? [] : [found]
  })

/** Why a task is not even asked for, of each instance that a call of StartTask names in vain. */
export const missingFor = (
  { request }: Workload,
  instances: readonly ContainerInstance[],
): readonly string[] =>
  (request?.containerInstances ?? []).flatMap((name) => {
    const found = instanceNamed(instances, name)
    if (found === undefined) return [`MISSING: ${name}`]
    return found.status === 'INACTIVE' ? [`INACTIVE: ${name}`] : []
  })

/** The tasks of a service that are on instances and are to run. */
export const ownOf = (workload: Workload, there: readonly SeatedTask[]): readonly SeatedTask[] =>
  there.filter(({ task }) => isOwnTask(workload, task))

/** Instances of which none says that it is of any of the providers stand for all of them. */
const strategyAmong = (
  workload: Workload,
  instances: readonly ContainerInstance[],
): readonly CapacityProviderStrategyItem[] => {
  const strategy = instanceStrategy(workload)
  const isTold = strategy.some(({ capacityProvider }) => isAnyOf(capacityProvider, instances))
  return isTold ? strategy : []
}

export const isAnyOf = (provider: string, instances: readonly ContainerInstance[]): boolean =>
  instances.some(({ capacityProviderName }) => capacityProviderName === provider)

/** Those of a provider. */
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
