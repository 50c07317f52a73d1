/**
 * Classifies the tasks of a service for a rollout (such as starting, healthy, unhealthy, to be
 * replaced, protected), and counts the tasks of each group.
 */
import { withChanges, type Instant, type NodeId } from '@stowage/kernel'
import { isProtected, type OwnTask, type ServiceRecord } from '../memory/memory.js'
import { graceOf, isFailing, isHealthy } from '../memory/task-health.js'
import { taskBounds } from '../service/task-bounds.js'
import type { Census } from './rollout.js'

/** The tasks of a service by what may become of them; those that leave are only counted. */
export interface TaskGroups {
  /** PENDING on instances that are DRAINING, or interrupted on Spot: these stop at once. */
  readonly stranded: readonly OwnTask[]
  /** Healthy, of the newest deployment, on instances that stay; of those that are watched. */
  readonly settled: readonly OwnTask[]
  readonly goodStarting: readonly OwnTask[]
  readonly unhealthy: readonly OwnTask[]
  readonly goingHealthy: readonly OwnTask[]
  readonly goingOther: readonly OwnTask[]
  /** Of older deployments, on instances that stay and not unhealthy. */
  readonly olderGood: readonly OwnTask[]
  /** Of older deployments, on instances that stay, and protected. */
  readonly held: readonly OwnTask[]
  readonly leaving: number
  readonly isOnDraining: (task: OwnTask) => boolean
}

export const groupTasks = (
  { tasks, watched, service, deployments: [primary] }: ServiceRecord,
  draining: ReadonlyMap<NodeId, true>,
  now: Instant,
): TaskGroups => {
  const isOnDraining = ({ node }: OwnTask): boolean => draining.has(node)
  const stranded: OwnTask[] = []
  const settled: OwnTask[] = []
  const goodStarting: OwnTask[] = []
  const unhealthy: OwnTask[] = []
  const goingHealthy: OwnTask[] = []
  const goingOther: OwnTask[] = []
  const olderGood: OwnTask[] = []
  const held: OwnTask[] = []
  const grace = graceOf(service)
  let leaving = 0
  for (const replica of watched.keys()) {
    const task = tasks.get(replica)!
    const isOlder = task.deployment !== primary.id
    if (task.phase === 'leaving') leaving++
    else if (task.stopCode !== undefined) stranded.push(task)
    else if (isOnDraining(task) && task.phase === 'assumed') stranded.push(task)
    else if (isOlder || isOnDraining(task)) {
      const isStaying = isProtected(task, now) && !isOnDraining(task)
      const group = isStaying ? held : isHealthy(task, now) ? goingHealthy : goingOther
      group.push(task)
      if (isOlder && !isOnDraining(task) && !isFailing(task, grace, now)) olderGood.push(task)
    } else if (isFailing(task, grace, now)) unhealthy.push(task)
    else {
      const group = isHealthy(task, now) ? settled : goodStarting
      group.push(task)
    }
  }
  return {
    ...{ stranded, settled, goodStarting, unhealthy, goingHealthy, goingOther },
    ...{ olderGood, held, leaving, isOnDraining },
  }
}

export const censusOf = (
  {
    service,
    deployments: [primary, ...older],
    tasks,
    watched,
    guarded,
    waiting,
    rebalancing,
  }: ServiceRecord,
  groups: TaskGroups,
  now: Instant,
): Census => {
  const count = service.desiredCount ?? 0
  const desired = rebalancing === undefined ? count : count + 1
  const { tasksMin, tasksMax } = taskBounds(service, count)
  const waitingOf = (id: string): number =>
    waiting.reduce((sum, row) => (row.deployment === id ? sum + row.count : sum), 0)
  const healthy = new Set(groups.goingHealthy)
  const heldHealthy = groups.held.filter((task) => isHealthy(task, now)).length
  const protectedHealthy = [...guarded.keys()].filter((replica) => {
    const task = tasks.get(replica)
    if (task === undefined || !isProtected(task, now)) return false
    return !watched.has(replica) || groups.settled.includes(task)
  }).length
  for (const task of groups.held) healthy.add(task)
  return {
    ...{ desired, tasksMin, tasksMax },
    goodHealthy: tasks.size - watched.size + groups.settled.length,
    goodStarting: groups.goodStarting.length,
    unhealthy: groups.unhealthy.length,
    goingHealthy: groups.goingHealthy.length,
    goingOther: groups.goingOther.length,
    ...{ heldHealthy, heldOther: groups.held.length - heldHealthy, protectedHealthy },
    protectedStarting: groups.goodStarting.filter((task) => isProtected(task, now)).length,
    leaving: groups.leaving + groups.stranded.length,
    waiting: waitingOf(primary.id),
    older: older.map(({ id, desiredCount }) => ({
      desired: desiredCount - groups.stranded.filter((task) => task.deployment === id).length,
      good: groups.olderGood.filter((task) => task.deployment === id).length,
      waiting: waitingOf(id),
    })),
    olderStarting: groups.olderGood.filter((task) => !healthy.has(task)).length,
  }
}

/** Tasks that became healthy where they stay need no more looking at. */
export const withoutSettled = (record: ServiceRecord, { settled }: TaskGroups): ServiceRecord =>
  settled.length === 0
    ? record
    : {
        ...record,
        watched: withChanges(
          record.watched,
          settled.map(({ replica }) => [replica, undefined]),
        ),
      }
