/**
 * Simulates launching, one after the other, the Fargate tasks that a plan needs and that do not run
 * yet. Returns for each workload the provider and subnet of its launched tasks, and why its other
 * tasks could not be launched.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas; API Reference,
 * CapacityProviderStrategyItem.
 */
import {
  launchQueue,
  openMachine,
  type FargateCapacity,
  type FargateOptions,
  type LaunchResult,
} from '@stowage/fargate'
import { instant } from '@stowage/kernel'
import { strategyOf, type Workload } from '../workload/workload.js'
import { capacityFailure } from '../raise/fargate.js'
import { fargateException } from '../raise/fargate-exception.js'
import { fargateNodes } from '../supply/fargate-node.js'
import { isOfFargate } from '../words/placement.js'
import { subnetOf, type Task } from '../words/task.js'
import {
  launchPlanOf,
  capacityOfTask,
  unnamedSubnet,
  type LaunchPlan,
  type SizedWorkload,
} from './to-launch.js'

/** Equal tasks of a workload: with the same provider and subnet. */
export interface TaskLaunch {
  readonly name: string
  readonly count: number
  /** Absent when the workload has no strategy; its tasks are then all FARGATE. */
  readonly capacityProvider?: FargateCapacity
  /** Absent when the workload names no subnet. */
  readonly subnet?: string
}

/** The launched and the refused tasks of one workload. */
export interface LaunchOutcome {
  readonly sized: SizedWorkload
  readonly launched: readonly TaskLaunch[]
  /** The number of tasks without a place, by reason. */
  readonly refused: ReadonlyMap<string, number>
  /** How long after the start of the plan the last task is launched, in milliseconds. */
  readonly launchDelay: number
}

/** The tasks that already exist. */
export interface ExistingTasks {
  /** Those of all clusters, which share the quotas of their account. */
  readonly tasks: readonly Task[]
  /** Those of the cluster of a workload. */
  readonly tasksOf: (workload: Workload) => readonly Task[]
}

/** The most tasks on Fargate in a plan, as each is launched by itself. */
const fargateTasksMax = 100_000
const fargateTasksText = `a plan has at most ${fargateTasksMax} tasks on Fargate`

/**
 * Launches all workloads in order.
 *
 * A task fails when Fargate refuses it, a quota is reached, or capacity is missing. A task that
 * exceeds the launch rate waits until it may launch. Tasks that already exist stay where they are.
 * They count towards quotas, towards bases and weights, and towards the spread over subnets.
 */
export const launchesOf = (
  all: readonly SizedWorkload[],
  { tasks, tasksOf }: ExistingTasks,
  options: Partial<FargateOptions>,
): readonly LaunchOutcome[] => {
  let left = fargateTasksMax
  const plans = all.map((sized) => {
    const isWithinLimit = sized.request.count <= left
    left -= isWithinLimit ? sized.request.count : 0
    return isWithinLimit ? launchPlanOf(sized, tasksOf(sized.workload)) : undefined
  })
  const machine = openMachine(options, fargateNodes(tasks))
  const requests = plans.flatMap((each) => each?.requests ?? [])
  const [, outcomes] = launchQueue(machine, requests, instant(0))
  let before = 0
  return plans.map((each, i) => {
    if (each === undefined) return allRefused(all[i]!, fargateTasksText)
    const own = outcomes.slice(before, before + each.requests.length)
    before += own.length
    return outcomeOf(all[i]!, each, own)
  })
}

const outcomeOf = (
  sized: SizedWorkload,
  { there, providers }: LaunchPlan,
  outcomes: readonly LaunchResult[],
): LaunchOutcome => {
  const { name } = sized.workload
  const hasStrategy = strategyOf(sized.workload).some(isOfFargate)
  const launched = new Map<string, TaskLaunch>()
  const refused = new Map<string, number>()
  const add = (capacityProvider: FargateCapacity | undefined, subnet = unnamedSubnet): void => {
    const key = JSON.stringify([capacityProvider, subnet])
    const count = (launched.get(key)?.count ?? 0) + 1
    launched.set(key, {
      ...{ name, count },
      ...(capacityProvider === undefined ? {} : { capacityProvider }),
      ...(subnet === unnamedSubnet ? {} : { subnet }),
    })
  }
  for (const task of there) add(hasStrategy ? capacityOfTask(task) : undefined, subnetOf(task))
  for (const [i, one] of outcomes.entries()) {
    if (one._tag === 'Vended') add(providers[i], one.node.subnet)
    else for (const reason of reasonsOf(one)) refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }
  return { sized, launched: [...launched.values()], refused, launchDelay: launchDelayOf(outcomes) }
}

/** The machine of a plan starts at 0, so an instant of it is the delay since then. */
const launchDelayOf = (outcomes: readonly LaunchResult[]): number =>
  outcomes.reduce((last, one) => (one._tag === 'Vended' ? Math.max(last, one.node.at) : last), 0)

/** Why a task was not launched, in one text; empty when it was. */
const reasonsOf = (launch: LaunchResult): readonly string[] => {
  switch (launch._tag) {
    case 'Vended':
      return []
    case 'Refused':
      return [
        launch.refusals
          .map(fargateException)
          .map(({ exception, field, message }) => `${exception}: ${field}: ${message}`)
          .join('; '),
      ]
    case 'Throttled':
      return ['ThrottlingException: no task may be launched']
    case 'OverQuota':
    case 'NoCapacity':
      return capacityFailure(launch).map(({ reason, detail }) => `${reason} (${detail})`)
  }
}

const allRefused = (sized: SizedWorkload, reason: string): LaunchOutcome => ({
  ...{ sized, launched: [], launchDelay: 0 },
  refused: new Map([[reason, sized.request.count]]),
})
