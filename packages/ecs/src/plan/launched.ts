/**
 * Tasks on Fargate, asked of the vending machine one after the other: of which provider each comes,
 * in which subnet it is, and what has no place, since Fargate does not take it, or for a quota, or
 * for want of capacity. What finds no token waits for one.
 *
 * Tasks that are there already stay where they are; they count for quotas, for bases and weights,
 * and where tasks are spread.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas; API Reference,
 * CapacityProviderStrategyItem.
 */
import {
  apiErrorOf,
  launchPatiently,
  takeOver,
  openMachine,
  type Capacity,
  type FargateOptions,
  type Launch,
} from '@stowage/fargate'
import { strategyOf } from '../workload/workload.js'
import { capacityFailure } from '../raise/fargate.js'
import { fargateNodes } from '../supply/fargate-node.js'
import { isOfFargate } from '../words/placement.js'
import { subnetOf, type Task } from '../words/task.js'
import { askedOf, capacityOfTask, unnamed, type Asked, type Sized } from './to-launch.js'

/** So many tasks of a workload that are alike. */
export interface Launched {
  readonly name: string
  readonly count: number
  /**
   * By the strategy of the workload; absent where it has none, as its tasks are all FARGATE then.
   */
  readonly capacityProvider?: Capacity
  /** Absent where no subnet is named. */
  readonly subnet?: string
}

/** What became of the tasks of one workload. */
export interface Launches {
  readonly sized: Sized
  readonly launched: readonly Launched[]
  /** How many have no place, by reason. */
  readonly refused: ReadonlyMap<string, number>
  /** When the last of them is launched, in milliseconds after the first of all. */
  readonly lastAt: number
}

/** Each is asked for by itself, and so that is as many as a plan looks at. */
const tasksMax = 100_000
const tooMany = `a plan has at most ${tasksMax} tasks on Fargate`

export const launchesOf = (
  all: readonly Sized[],
  tasks: readonly Task[],
  options: Partial<FargateOptions>,
): readonly Launches[] => {
  let left = tasksMax
  const asked = all.map((sized) => {
    const isLooked = sized.request.count <= left
    left -= isLooked ? sized.request.count : 0
    return isLooked ? askedOf(sized, tasks) : undefined
  })
  const machine = takeOver(openMachine(options), fargateNodes(tasks))
  const requests = asked.flatMap((each) => each?.requests ?? [])
  const [, outcomes] = launchPatiently(machine, requests, 0)
  let before = 0
  return asked.map((each, i) => {
    if (each === undefined) return refusing(all[i]!, tooMany)
    const own = outcomes.slice(before, before + each.requests.length)
    before += own.length
    return outcomeOf(all[i]!, each, own)
  })
}

const outcomeOf = (
  sized: Sized,
  { there, providers }: Asked,
  outcomes: readonly Launch[],
): Launches => {
  const { name } = sized.workload
  const hasStrategy = strategyOf(sized.workload).some(isOfFargate)
  const launched = new Map<string, Launched>()
  const refused = new Map<string, number>()
  const add = (capacityProvider: Capacity | undefined, subnet = unnamed): void => {
    const key = JSON.stringify([capacityProvider, subnet])
    const count = (launched.get(key)?.count ?? 0) + 1
    launched.set(key, {
      ...{ name, count },
      ...(capacityProvider === undefined ? {} : { capacityProvider }),
      ...(subnet === unnamed ? {} : { subnet }),
    })
  }
  for (const task of there) add(hasStrategy ? capacityOfTask(task) : undefined, subnetOf(task))
  for (const [i, one] of outcomes.entries()) {
    if (one._tag === 'Vended') add(providers[i], one.node.subnet)
    else for (const reason of reasonsOf(one)) refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }
  return { sized, launched: [...launched.values()], refused, lastAt: lastIn(outcomes) }
}

const lastIn = (outcomes: readonly Launch[]): number =>
  outcomes.reduce((last, one) => (one._tag === 'Vended' ? Math.max(last, one.node.at) : last), 0)

/** One text for a task. */
const reasonsOf = (launch: Launch): readonly string[] => {
  switch (launch._tag) {
    case 'Vended':
      return []
    case 'Refused':
      return [
        launch.refusals
          .map(apiErrorOf)
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

const refusing = (sized: Sized, reason: string): Launches => ({
  ...{ sized, launched: [], lastAt: 0 },
  refused: new Map([[reason, sized.request.count]]),
})
