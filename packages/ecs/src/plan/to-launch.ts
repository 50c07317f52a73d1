/**
 * Builds the Fargate launch requests of a workload in a plan: one for each of its missing tasks,
 * with a capacity provider that is chosen by base and weight.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem.
 */
import type { FargateCapacity, SizedRequest, LaunchRequest } from '@stowage/fargate'
import { launchRequest } from '../lower/launch.js'
import { fargateStrategy, providerOfTask, sharesOfMore } from '../supply/provider.js'
import { isOwnTask } from '../workload/own-task.js'
import type { Workload } from '../workload/workload.js'
import { capacityOf } from '../words/placement.js'
import { isOnFargate, type Task } from '../words/task.js'

/** A workload with its Fargate size. */
export interface SizedWorkload {
  readonly workload: Workload
  readonly request: SizedRequest
}

/** The existing tasks of a workload, and the launch requests for the missing ones. */
export interface LaunchPlan {
  readonly there: readonly Task[]
  readonly requests: readonly LaunchRequest[]
  /** The provider of each request. */
  readonly providers: readonly (FargateCapacity | undefined)[]
}

/**
 * Splits the tasks of a workload into existing ones and requests. `tasks` are the existing tasks of
 * its cluster.
 */
export const launchPlanOf = (
  { workload, request }: SizedWorkload,
  tasks: readonly Task[],
): LaunchPlan => {
  const own = tasks.filter((task) => isOnFargate(task) && isOwnTask(workload, task))
  const there = own.slice(0, request.count)
  const providers = providersOfTasks(workload, there, request.count - there.length)
  return {
    ...{ there, providers },
    requests: providers.map((provider = 'FARGATE', i) => {
      const launch = launchRequest(workload, provider, `${workload.name} ${i + 1}`)
      const { subnets } = launch
      return {
        ...launch,
        size: request.size,
        subnets: subnets.length === 0 ? [unnamedSubnet] : subnets,
      }
    }),
  }
}

/** The name of the only subnet of a workload that names none, such as one for instances. */
export const unnamedSubnet = ''

/**
 * The provider of each of `count` tasks: `undefined` without a strategy over providers of Fargate.
 */
const providersOfTasks = (
  workload: Workload,
  there: readonly Task[],
  count: number,
): readonly (FargateCapacity | undefined)[] => {
  const strategy = fargateStrategy(workload)
  if (strategy.length === 0) return Array<undefined>(count).fill(undefined)
  const shares = sharesOfMore(strategy, there.map(capacityOfTask), count)
  return strategy.flatMap(({ capacityProvider }, i) =>
    Array<FargateCapacity>(shares[i]!).fill(capacityOf(capacityProvider)),
  )
}

/** FARGATE or FARGATE_SPOT, from the provider of the task. */
export const capacityOfTask = (task: Task): FargateCapacity => capacityOf(providerOfTask(task))
