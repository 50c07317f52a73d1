/**
 * Converts the numbers of a rollout to commands to the kernel (intents): how many tasks of a
 * service start, how many stop, and how many that still wait for a place are given up. Also
 * computes the service's record after these commands.
 */
import { type Instant, type Intent, type Supply } from '@stowage/kernel'
import { poolOfProvider, type CapacityMemory } from '../memory/capacity-memory.js'
import {
  deploymentOwner,
  withOwnTasks,
  type Deployment,
  type OwnTask,
  type ServiceRecord,
  type WaitingTasks,
} from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { isUnhealthy } from '../memory/task-health.js'
import { supplyOf } from '../workload/workload.js'
import type { ReconcileView, ServiceSurroundings } from './reconciliation.js'
import { movesOf, movesWhenFailed, type Census, type Moves } from './rollout.js'
import { withStopped } from './task-events.js'
import { censusOf, groupTasks, withoutSettled } from './task-groups.js'
import { stopsOf, type TaskStop } from './task-stops.js'

/** What the tasks of a service do, before it is said how far its deployment has come. */
export interface TaskMoves {
  readonly record: ServiceRecord
  readonly intents: readonly Intent[]
  readonly census: Census
  /** The moves without what holds them up. */
  readonly free: Moves
}

export const reconcileTasks = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  before: ServiceRecord,
  options: EcsControllerOptions,
  isFailed: boolean,
): TaskMoves => {
  const outdated = before.waiting.filter((row) => classOfRow(before, row) !== row.class)
  const current = {
    ...before,
    waiting: before.waiting.filter((row) => !outdated.includes(row)),
  }
  const groups = groupTasks(current, memory.draining, view.now)
  const census = censusOf(current, groups, view.now)
  const free = movesOf(census, options.unhealthyStops)
  const moves = isFailed
    ? movesWhenFailed(census, free)
    : movesWhenThrottled(current, free, view.now)
  const stops = stopsOf(view, current, groups, moves, options)
  const changes = current.deployments.map((deployment, i) => ({
    deployment,
    start: i === 0 ? moves.start : moves.startOlder[i - 1]!,
    withdraw: i === 0 ? moves.withdraw : moves.withdrawOlder[i - 1]!,
  }))
  const intents: readonly Intent[] = [
    ...outdated.map((row) => withdrawal(before, row)),
    ...changes.flatMap(({ deployment, withdraw }) =>
      withdraw === 0
        ? []
        : [
            withdrawal(before, {
              deployment: deployment.id,
              class: deployment.class,
              count: withdraw,
            }),
          ],
    ),
    ...stops.map(({ task: { replica }, because }) => ({ _tag: 'Stop' as const, replica, because })),
    ...changes.flatMap(({ deployment, start }) =>
      start === 0 ? [] : [startOf(before, deployment, start, memory.capacity)],
    ),
  ]
  const moved = withMoves(withoutSettled(current, groups), changes, stops)
  const stopped = stops.map(({ task }) => task)
  return { record: withStopped(moved, view.now, stopped), intents, census, free }
}

/** Nothing starts while the restarts of a service are throttled. */
const movesWhenThrottled = ({ throttle }: ServiceRecord, moves: Moves, now: Instant): Moves =>
  throttle === undefined || now >= throttle.until ? moves : { ...moves, start: 0 }

const classOfRow = ({ deployments }: ServiceRecord, { deployment }: WaitingTasks) =>
  deployments.find(({ id }) => id === deployment)?.class

export const withdrawal = ({ service }: ServiceRecord, row: WaitingTasks): Intent => ({
  _tag: 'Withdraw',
  owner: deploymentOwner(service.serviceName, row.deployment),
  class: row.class,
  count: row.count,
})

const startOf = (
  { service, rebalancing }: ServiceRecord,
  deployment: Deployment,
  count: number,
  capacity: CapacityMemory,
): Intent => {
  const supply = poolsOf(deployment, capacity)
  return {
    ...{ _tag: 'Start', class: deployment.class, count },
    owner: deploymentOwner(service.serviceName, deployment.id),
    ...(supply === undefined ? {} : { supply }),
    ...(rebalancing === undefined ? {} : { only: rebalancing.nodes }),
  }
}

/** Capacity providers are pools; the launch type FARGATE is the pool of that name. */
const poolsOf = ({ workload }: Deployment, capacity: CapacityMemory): Supply | undefined => {
  const { capacityProviderStrategy: providers = [] } = workload.service ?? {}
  if (providers.length > 0)
    return {
      shares: providers.map(({ capacityProvider, base = 0, weight = 0 }) => ({
        ...{ pool: poolOfProvider(capacity, capacityProvider), base, weight },
      })),
    }
  return supplyOf(workload) === 'fargate' ? { pools: ['FARGATE'] } : undefined
}

interface DeploymentChange {
  readonly deployment: Deployment
  readonly start: number
  readonly withdraw: number
}

/** The record once the intents are carried out; an older deployment shrinks with its stops. */
const withMoves = (
  record: ServiceRecord,
  changes: readonly DeploymentChange[],
  stops: readonly TaskStop[],
): ServiceRecord => {
  const waiting = changes.flatMap(({ deployment: { id, class: classId }, start, withdraw }) => {
    const before = record.waiting.find((row) => row.deployment === id)?.count ?? 0
    const count = before + start - withdraw
    return count === 0 ? [] : [{ deployment: id, class: classId, count }]
  })
  const stopped = withLeavingTasks(
    record,
    stops.map(({ task }) => task),
  )
  const shrunk = (deployment: Deployment): Deployment => {
    const count = stops.filter(
      ({ task }) => task.deployment === deployment.id && !isUnhealthy(task),
    ).length
    return count === 0
      ? deployment
      : { ...deployment, desiredCount: Math.max(0, deployment.desiredCount - count) }
  }
  const [primary, ...older] = record.deployments
  return { ...stopped, waiting, deployments: [primary, ...older.map(shrunk)] }
}

/** The kernel ends what is told to stop in the same pass, so that it leaves from now on. */
export const withLeavingTasks = (
  record: ServiceRecord,
  stops: readonly OwnTask[],
): ServiceRecord =>
  stops.length === 0
    ? record
    : withOwnTasks(
        record,
        stops.map((task) => [
          task.replica,
          { ...task, phase: 'leaving', isReplaced: task.phase === 'running' && isUnhealthy(task) },
        ]),
      )
