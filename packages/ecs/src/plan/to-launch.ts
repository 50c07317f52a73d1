/**
 * What a workload asks of Fargate: the tasks that it has not yet, each of a provider of its
 * strategy.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem.
 */
import type { Capacity, FargateRequest, LaunchRequest } from '@stowage/fargate'
import { launchRequest } from '../lower/launch.js'
import { fargateStrategy, providerOfTask, sharesOfMore } from '../supply/provider.js'
import { isOwnTask } from '../workload/own-task.js'
import type { Workload } from '../workload/workload.js'
import { capacityOf } from '../words/placement.js'
import { isOnFargate, type Task } from '../words/task.js'

export interface Sized {
  readonly workload: Workload
  readonly request: FargateRequest
}

/** What is there of a workload already, and what is asked of the vending machine for the rest. */
export interface Asked {
  readonly there: readonly Task[]
  readonly requests: readonly LaunchRequest[]
  /** Of each request. */
  readonly providers: readonly (Capacity | undefined)[]
}

export const askedOf = ({ workload, request }: Sized, tasks: readonly Task[]): Asked => {
  const own = tasks.filter((task) => isOnFargate(task) && isOwnTask(workload, task))
  const there = own.slice(0, request.count)
  const providers = providersOf(workload, there, request.count - there.length)
  return {
    ...{ there, providers },
    requests: providers.map((provider = 'FARGATE', i) => {
      const asked = launchRequest(workload, provider, `${workload.name} ${i + 1}`)
      const { subnets } = asked
      return { ...asked, size: request.size, subnets: subnets.length === 0 ? [unnamed] : subnets }
    }),
  }
}

/** Stands for the subnets of a workload that names none, as one that never asked for Fargate. */
export const unnamed = ''

/** The provider of each of `count` tasks; `undefined` without a strategy over Fargate's providers. */
const providersOf = (
  workload: Workload,
  there: readonly Task[],
  count: number,
): readonly (Capacity | undefined)[] => {
  const strategy = fargateStrategy(workload)
  if (strategy.length === 0) return Array<undefined>(count).fill(undefined)
  const shares = sharesOfMore(strategy, there.map(capacityOfTask), count)
  return strategy.flatMap(({ capacityProvider }, i) =>
    Array<Capacity>(shares[i]!).fill(capacityOf(capacityProvider)),
  )
}

/** FARGATE or FARGATE_SPOT, by the provider of the task. */
export const capacityOfTask = (task: Task): Capacity => capacityOf(providerOfTask(task))
