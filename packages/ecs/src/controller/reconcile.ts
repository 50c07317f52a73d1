/**
 * Reconciles a service: fails, advances or completes its deployments, and compares its tasks with
 * the desired ones. Returns the tasks to start and to stop as commands to the kernel (intents).
 */
import type { Instant, Intent } from '@stowage/kernel'
import { withWatched, type ServiceRecord } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { isHealthy } from '../memory/task-health.js'
import { withRegistrations } from '../moves/registrations.js'
import type { Reconciliation, ReconcileView, ServiceSurroundings } from '../moves/reconciliation.js'
import { isAtRest, isHeld, isStuck } from '../moves/rollout.js'
import { censusOf, groupTasks } from '../moves/task-groups.js'
import { reconcileTasks, withdrawal, withLeavingTasks } from '../moves/task-moves.js'
import { isDaemon } from '../words/service.js'
import { reconcileDaemon } from './daemon.js'
import { withHealthyTasks, withMonitors } from './deployment-failure.js'
import { reconcileSides } from './deployment-sides.js'
import { withProgress } from './deployment-success.js'
import { advanceLifecycle, lifecycleOrders, openLifecycle } from './lifecycle.js'
import { withZoneMove, withZoneMoveDone } from './zone-rebalance.js'

/** Decides what a service starts, stops, registers, asks for and gives up. */
export const reconcileService = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  found: ServiceRecord,
  options: EcsControllerOptions,
): Reconciliation => {
  const decided = reconcileDeployments(view, memory, found, options)
  if (decided.record === undefined) return decided
  const { record, intents } = withRegistrations(found, decided.record, view.now)
  return intents.length === 0
    ? decided
    : { ...decided, record, intents: [...decided.intents, ...intents] }
}

const reconcileDeployments = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  found: ServiceRecord,
  options: EcsControllerOptions,
): Reconciliation => {
  if (found.status === 'DRAINING') return endService(found)
  const before = withMonitors(withHealthyTasks(found, view.now), memory, view.now)
  if (isDaemon(before.service)) return reconcileDaemon(view, memory, before)
  const { record: advanced, dueAt } = advanceLifecycle(
    before,
    memory,
    view.now,
    isScaledUp(before, view.now),
  )
  const decided =
    openLifecycle(advanced) === undefined
      ? reconcileRolling(view, memory, withAllWatched(before, advanced), options)
      : reconcileSides(view, memory, advanced, options)
  const { record } = decided
  return {
    record,
    intents:
      record === undefined
        ? decided.intents
        : [...decided.intents, ...lifecycleOrders(found, record)],
    dues: dueAt === undefined ? decided.dues : [...decided.dues, dueAt],
  }
}

/** True when the newest deployment has all of its tasks, healthy. */
const isScaledUp = (record: ServiceRecord, now: Instant): boolean => {
  if (openLifecycle(record) === undefined) return false
  const [{ id }] = record.deployments
  const healthy = [...record.tasks.values()].filter(
    (task) => task.deployment === id && isHealthy(task, now),
  )
  return healthy.length >= (record.service.desiredCount ?? 0)
}

/** Once the older tasks need not stay any more, all are looked at. */
const withAllWatched = (before: ServiceRecord, after: ServiceRecord): ServiceRecord =>
  openLifecycle(before) === undefined ? after : withWatched(after, [...after.tasks.keys()])

const reconcileRolling = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  before: ServiceRecord,
  options: EcsControllerOptions,
): Reconciliation => {
  const isFailed = before.deployments[0].rolloutState === 'FAILED'
  const moved = withMoveEnded(before, memory, view.now)
  const first = reconcileTasks(view, memory, moved, options, isFailed)
  const isBalanced = isFailed || moved !== before || !isAtRest(first.census, first.free)
  const moving = isBalanced ? first.record : withZoneMove(first.record, view.cluster, view.now)
  // At rest nothing was decided, so that the extra task is all that there is to do.
  const { record, intents, census, free } =
    moving === first.record ? first : reconcileTasks(view, memory, moving, options, false)
  const [next, dueAt] = withProgress(record, {
    ...{ now: view.now, census },
    isSteady: !isFailed && isAtRest(census, free),
    isBlocked: !isFailed && isStuck(census, free),
    isHeld: !isFailed && isHeld(census, free),
  })
  return { record: next, intents, dues: dueAt === undefined ? [] : [dueAt] }
}

const withMoveEnded = (
  record: ServiceRecord,
  { draining }: ServiceSurroundings,
  now: Instant,
): ServiceRecord => {
  if (record.rebalancing === undefined) return record
  const { goodHealthy } = censusOf(record, groupTasks(record, draining, now), now)
  return withZoneMoveDone(record, goodHealthy, now)
}

/** A service that was deleted stops everything at once. */
const endService = (record: ServiceRecord): Reconciliation => {
  const stops = [...record.tasks.values()].filter(({ phase }) => phase !== 'leaving')
  const intents: readonly Intent[] = [
    ...record.waiting.map((row) => withdrawal(record, row)),
    ...stops.map(({ replica }) => ({
      ...{ _tag: 'Stop' as const, replica, because: 'its service was deleted' },
    })),
  ]
  if (record.tasks.size === 0) return { record: undefined, intents, dues: [] }
  return { record: withLeavingTasks({ ...record, waiting: [] }, stops), intents, dues: [] }
}
