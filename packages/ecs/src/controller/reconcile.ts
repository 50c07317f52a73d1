/**
 * Compares a service with its tasks and makes the difference intents: counts the tasks, computes
 * how many start and stop, and chooses which.
 */
import { withChanges, type Instant, type Intent, type NodeId, type Supply } from '@stowage/kernel'
import { taskBounds } from '../service/task-bounds.js'
import { supplyOf } from '../workload/workload.js'
import { withHealthyTasks, withMonitors } from './deployment-failure.js'
import type { Reconciliation, ReconcileView, ServiceSurroundings } from './reconciliation.js'
import { reconcileDaemon } from './daemon.js'
import { isDaemon } from '../words/service.js'
import { withProgress } from './deployment-success.js'
import { advanceLifecycle, lifecycleOrders, mayScaleUp, openLifecycle } from './lifecycle.js'
import {
  deploymentOwner,
  isProtected,
  withOwnTasks,
  withWatched,
  type Deployment,
  type OwnTask,
  type ServiceRecord,
  type WaitingTasks,
} from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import {
  isAtRest,
  isHeld,
  isStuck,
  movesOf,
  movesWhenFailed,
  type Census,
  type Moves,
} from './rollout.js'
import { pickStops } from './stop-picks.js'
import { withStopped } from './task-events.js'
import { withZoneMove, withZoneMoveDone } from './zone-rebalance.js'
import { graceOf, isFailing, isHealthy, isUnhealthy } from '../memory/task-health.js'

/** Decides what a service starts, stops, asks for and gives up. */
export const reconcileService = (
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

/** Keeps the tasks of each deployment apart: the old revision stays beside the new one. */
const reconcileSides = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  before: ServiceRecord,
  options: EcsControllerOptions,
): Reconciliation => {
  const intents: Intent[] = []
  let record = before
  for (const deployment of before.deployments) {
    const side = sideOf(record, deployment)
    const decided = reconcileTasks(view, memory, side, options, false)
    for (const intent of decided.intents) intents.push(intent)
    record = withSide(record, side, decided.record)
  }
  return { record: { ...record, isSteady: false, isBlocked: false }, intents, dues: [] }
}

/** The service as if a deployment were its only one. */
const sideOf = (record: ServiceRecord, deployment: Deployment): ServiceRecord => {
  const [primary] = record.deployments
  const isNew = deployment.id === primary.id
  const desiredCount = isNew && !mayScaleUp(record) ? 0 : deployment.desiredCount
  const own = new Map([...record.tasks].filter(([, task]) => task.deployment === deployment.id))
  return {
    ...record,
    service: { ...record.service, desiredCount },
    deployments: [deployment],
    tasks: own,
    watched: new Map([...record.watched].filter(([replica]) => own.has(replica))),
    waiting: record.waiting.filter((row) => row.deployment === deployment.id),
  }
}

const withSide = (
  record: ServiceRecord,
  before: ServiceRecord,
  after: ServiceRecord,
): ServiceRecord => ({
  ...record,
  ...{ events: after.events, eventCount: after.eventCount },
  tasks: new Map([...record.tasks].map(([id, task]) => [id, after.tasks.get(id) ?? task])),
  watched: new Map([
    ...[...record.watched].filter(([replica]) => !before.tasks.has(replica)),
    ...after.watched,
  ]),
  waiting: [
    ...record.waiting.filter((row) => row.deployment !== before.deployments[0].id),
    ...after.waiting,
  ],
})

/** What the tasks of a service do, before it is said how far its deployment has come. */
interface TaskMoves {
  readonly record: ServiceRecord
  readonly intents: readonly Intent[]
  readonly census: Census
  /** The moves without what holds them up. */
  readonly free: Moves
}

const reconcileTasks = (
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
      start === 0 ? [] : [startOf(before, deployment, start)],
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

const withdrawal = ({ service }: ServiceRecord, row: WaitingTasks): Intent => ({
  _tag: 'Withdraw',
  owner: deploymentOwner(service.serviceName, row.deployment),
  class: row.class,
  count: row.count,
})

const startOf = (
  { service, rebalancing }: ServiceRecord,
  deployment: Deployment,
  count: number,
): Intent => {
  const supply = poolsOf(deployment)
  return {
    ...{ _tag: 'Start', class: deployment.class, count },
    owner: deploymentOwner(service.serviceName, deployment.id),
    ...(supply === undefined ? {} : { supply }),
    ...(rebalancing === undefined ? {} : { only: rebalancing.nodes }),
  }
}

/** Capacity providers are pools; the launch type FARGATE is the pool of that name. */
const poolsOf = ({ workload }: Deployment): Supply | undefined => {
  const { capacityProviderStrategy: providers = [] } = workload.service ?? {}
  if (providers.length > 0)
    return {
      shares: providers.map(({ capacityProvider: pool, base = 0, weight = 0 }) => ({
        ...{ pool, base, weight },
      })),
    }
  return supplyOf(workload) === 'fargate' ? { pools: ['FARGATE'] } : undefined
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

/** The tasks of a service by what may become of them; those that leave are only counted. */
interface TaskGroups {
  /** PENDING on instances that are DRAINING: these stop at once. */
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

const groupTasks = (
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

const censusOf = (
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
const withoutSettled = (record: ServiceRecord, { settled }: TaskGroups): ServiceRecord =>
  settled.length === 0
    ? record
    : {
        ...record,
        watched: withChanges(
          record.watched,
          settled.map(({ replica }) => [replica, undefined]),
        ),
      }

/** A task that stops, and why. */
interface TaskStop {
  readonly task: OwnTask
  readonly because: string
}

const stopsOf = (
  { cluster: view, now }: ReconcileView,
  record: ServiceRecord,
  groups: TaskGroups,
  moves: Moves,
  options: EcsControllerOptions,
): readonly TaskStop[] => {
  const [primary] = record.deployments
  const pick = (lists: readonly (readonly OwnTask[])[], count: number) =>
    count === 0 ? [] : pickStops(view, record, lists, count, options)
  const stopFor =
    (because: string) =>
    (task: OwnTask): TaskStop => ({ task, because })
  const reasonOf = (task: OwnTask): string => {
    if (groups.isOnDraining(task)) return 'its container instance is DRAINING'
    return isUnhealthy(task) ? 'it is UNHEALTHY' : `deployment ${primary.id} replaces it`
  }
  const drainingFirst = (tasks: readonly OwnTask[]) => [
    tasks.filter(groups.isOnDraining),
    tasks.filter((task) => !groups.isOnDraining(task)),
  ]
  const surplus = stopFor('there are more tasks than desired')
  const settled = new Set(groups.settled)
  const goodHealthy = () =>
    [...record.tasks.values()].filter(
      (task) => (!record.watched.has(task.replica) || settled.has(task)) && !isProtected(task, now),
    )
  const going = [
    ...groups.stranded,
    ...pick(
      [
        groups.goingOther.filter(isUnhealthy),
        ...byPhase(groups.goingOther.filter((task) => !isUnhealthy(task))),
      ],
      moves.stopGoingOther,
    ),
    ...pick(drainingFirst(groups.goingHealthy), moves.stopGoingHealthy),
  ]
  return [
    ...going.map((task) => stopFor(reasonOf(task))(task)),
    ...pick([groups.unhealthy], moves.stopUnhealthy).map(stopFor('it is UNHEALTHY')),
    ...pick(
      unhealthyFirst(groups.goodStarting.filter((task) => !isProtected(task, now))),
      moves.stopExcessStarting,
    ).map(surplus),
    ...pick(moves.stopExcessHealthy === 0 ? [] : [goodHealthy()], moves.stopExcessHealthy).map(
      surplus,
    ),
  ]
}

/** Tasks that do not run yet go before those that run. */
const byPhase = (tasks: readonly OwnTask[]): readonly (readonly OwnTask[])[] => [
  tasks.filter(({ phase }) => phase !== 'running'),
  tasks.filter(({ phase }) => phase === 'running'),
]

/** Those that a check complains of, even in their grace period, go before all others. */
const unhealthyFirst = (tasks: readonly OwnTask[]): readonly (readonly OwnTask[])[] => [
  tasks.filter(isUnhealthy),
  ...byPhase(tasks.filter((task) => !isUnhealthy(task))),
]

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
const withLeavingTasks = (record: ServiceRecord, stops: readonly OwnTask[]): ServiceRecord =>
  stops.length === 0
    ? record
    : withOwnTasks(
        record,
        stops.map((task) => [
          task.replica,
          { ...task, phase: 'leaving', isReplaced: task.phase === 'running' && isUnhealthy(task) },
        ]),
      )
