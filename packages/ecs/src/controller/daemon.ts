/**
 * Reconciles a DAEMON service: keeps one task on each instance that suits the service. Tasks of
 * older deployments are replaced in place, at most as many at a time as `minimumHealthyPercent`
 * allows. On an instance that drains, the daemon is the last task to stop.
 *
 * Source: Amazon ECS Developer Guide, services; API Reference, DeploymentConfiguration (defaults of
 * a DAEMON: `minimumHealthyPercent` 0, `maximumPercent` 100).
 */
import { getOrThrow, nodesWhere, replicasOn, type Intent, type NodeId } from '@stowage/kernel'
import {
  deploymentOwner,
  withOwnTasks,
  type OwnTask,
  type ServiceRecord,
} from '../memory/memory.js'
import { graceOf, isFailing, isHealthy } from '../memory/task-health.js'
import { withProgress } from './deployment-success.js'
import type { Reconciliation, ReconcileView, ServiceSurroundings } from '../moves/reconciliation.js'
import { withStopped } from '../moves/task-events.js'
import { withdrawal } from '../moves/task-moves.js'

/** A task of a daemon that stops, and why. */
interface DaemonStop {
  readonly task: OwnTask
  readonly because: string
  readonly isReplaced: boolean
}

/** Decides what a DAEMON service starts and stops. */
export const reconcileDaemon = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  before: ServiceRecord,
): Reconciliation => {
  const { now } = view
  const suiting = nodesFor(view, before)
  const record = withCount(before, suiting.length)
  const [primary] = record.deployments
  const active = [...record.tasks.values()].filter(({ phase }) => phase !== 'leaving')
  const stops = daemonStopsOf(view, memory, record, active, new Set(suiting))
  const stopped = new Set(stops.map(({ task }) => task))
  const covered = new Set(active.filter((task) => !stopped.has(task)).map(({ node }) => node))
  const mayStart =
    primary.rolloutState !== 'FAILED' &&
    (record.throttle === undefined || now >= record.throttle.until)
  const lacking = mayStart ? suiting.filter((node) => !covered.has(node)) : []
  const intents = [
    ...stops.map(({ task: { replica }, because }) => ({ _tag: 'Stop' as const, replica, because })),
    ...startsOn(record, lacking),
  ]
  const next = withStopped(
    withOwnTasks(
      withLacking(record, lacking),
      stops.map(({ task, isReplaced }) => [
        task.replica,
        { ...task, phase: 'leaving', isReplaced },
      ]),
    ),
    now,
    stops.map(({ task }) => task),
  )
  const own = active.filter((task) => task.deployment === primary.id && isHealthy(task, now))
  const isSteady =
    own.length === suiting.length &&
    active.length === suiting.length &&
    stops.length + lacking.length === 0
  const isStarting = active.some((task) => !isHealthy(task, now)) || lacking.length > 0
  const isBlocked =
    !isSteady &&
    !isStarting &&
    stops.length === 0 &&
    record.tasks.size === active.length &&
    mayStart
  const [progressed, dueAt] = withProgress(next, {
    ...{ now, census: { goodHealthy: own.length, desired: suiting.length } },
    ...{ isSteady, isBlocked, isHeld: false },
  })
  return { record: progressed, intents, dues: dueAt === undefined ? [] : [dueAt] }
}

const nodesFor = (
  { cluster }: ReconcileView,
  { deployments: [{ suits }] }: ServiceRecord,
): readonly NodeId[] => (suits === undefined ? [] : getOrThrow(nodesWhere(cluster, suits)))

const withCount = (record: ServiceRecord, desiredCount: number): ServiceRecord => {
  const [primary, ...older] = record.deployments
  return primary.desiredCount === desiredCount
    ? record
    : { ...record, deployments: [{ ...primary, desiredCount }, ...older] }
}

const daemonStopsOf = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  record: ServiceRecord,
  active: readonly OwnTask[],
  suiting: ReadonlySet<NodeId>,
): readonly DaemonStop[] => {
  const { now } = view
  const [primary] = record.deployments
  const { minimumHealthyPercent = 0 } = record.service.deploymentConfiguration ?? {}
  const tasksMin = Math.ceil((suiting.size * minimumHealthyPercent) / 100)
  const grace = graceOf(record.service)
  let healthy = active.filter((task) => isHealthy(task, now)).length
  const seen = new Set<NodeId>()
  const isNewest = (task: OwnTask): boolean => task.deployment === primary.id
  const inOrder = [...active].sort(
    (a, b) => Number(isNewest(b)) - Number(isNewest(a)) || a.nth - b.nth,
  )
  const stops: DaemonStop[] = []
  const stop = (task: OwnTask, because: string, isReplaced = false): void => {
    stops.push({ task, because, isReplaced })
    if (isHealthy(task, now)) healthy--
  }
  for (const task of inOrder) {
    const isSecond = seen.has(task.node)
    seen.add(task.node)
    if (memory.draining.has(task.node)) {
      if (isLastOn(view, memory, task)) stop(task, 'its container instance is DRAINING')
    } else if (!suiting.has(task.node)) stop(task, 'its container instance suits it no more')
    else if (isSecond) stop(task, 'another task of the service is there')
    else if (isFailing(task, grace, now)) stop(task, 'it is UNHEALTHY', task.phase === 'running')
    else if (!isNewest(task) && primary.rolloutState !== 'FAILED') {
      if (!isHealthy(task, now) || healthy > tasksMin)
        stop(task, `deployment ${primary.id} replaces it`)
    }
  }
  return stops
}

/** True when nothing but daemons is left beside a task. */
const isLastOn = (
  { cluster }: ReconcileView,
  { owners, daemons }: ServiceSurroundings,
  { node }: OwnTask,
): boolean =>
  replicasOn(cluster, node).every(
    ({ id, phase }) => phase === 'leaving' || daemons.has(owners.get(id) ?? ''),
  )

/** Gives up what waits and starts anew, when other instances lack a task than before. */
const startsOn = (record: ServiceRecord, lacking: readonly NodeId[]): readonly Intent[] => {
  const [primary] = record.deployments
  const isSame =
    lacking.length === record.lacking.length &&
    lacking.every((node, i) => node === record.lacking[i]) &&
    record.waiting.every((row) => row.deployment === primary.id && row.class === primary.class)
  if (isSame) return []
  const { serviceName } = record.service
  return [
    ...record.waiting.map((row) => withdrawal(record, row)),
    ...lacking.map((node) => ({
      ...{ _tag: 'Start' as const, class: primary.class, count: 1, only: [node] },
      owner: deploymentOwner(serviceName, primary.id),
    })),
  ]
}

const withLacking = (record: ServiceRecord, lacking: readonly NodeId[]): ServiceRecord => {
  const [{ id, class: classId }] = record.deployments
  const waiting =
    lacking.length === 0 ? [] : [{ deployment: id, class: classId, count: lacking.length }]
  return { ...record, lacking, waiting }
}
