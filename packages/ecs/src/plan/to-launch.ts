/**
 * What a workload asks of Fargate: the tasks that it has not yet, each of a provider of its
 * strategy.
 *
 * Source: Amazon ECS API Reference, CapacityProviderStrategyItem.
 */
import type { Capacity, FargateRequest, LaunchRequest } from '@stowage/fargate'
import { launchRequest } from '../lower/launch.js'
import { groupOf, strategyOf, type Workload } from '../workload/workload.js'
import { sharesBeyond } from '../supply/shares.js'
import { capacityOf, isOfFargate } from '../words/placement.js'
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
  const there = ownOf(workload, tasks).slice(0, request.count)
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

/** The tasks of a service that are on Fargate and are to run. */
const ownOf = (workload: Workload, tasks: readonly Task[]): readonly Task[] =>
  workload.service === undefined
    ? []
    : tasks.filter(
        (task) =>
          isOnFargate(task) && task.group === groupOf(workload) && task.desiredStatus !== 'STOPPED',
      )

/** Of each of so many tasks; a strategy over providers of instances says nothing about Fargate. */
const providersOf = (
  workload: Workload,
  there: readonly Task[],
  count: number,
): readonly (Capacity | undefined)[] => {
  const strategy = strategyOf(workload)
  if (strategy.length === 0 || !strategy.every(isOfFargate))
    return Array<undefined>(count).fill(undefined)
  const have = strategy.map(
    (item) => there.filter((task) => providerOf(task) === item.capacityProvider).length,
  )
  const shares = sharesBeyond(strategy, have, count)
  return strategy.flatMap(({ capacityProvider }, i) =>
    Array<Capacity>(shares[i]!).fill(capacityOf(capacityProvider)),
  )
}

export const providerOf = ({ capacityProviderName }: Task): Capacity =>
  capacityOf(capacityProviderName)
