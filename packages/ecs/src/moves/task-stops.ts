/**
 * Selects the tasks that a service stops in a rollout, or because it has too many tasks, with the
 * reason for each.
 */
import { isProtected, type OwnTask, type ServiceRecord } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { isUnhealthy } from '../memory/task-health.js'
import type { ReconcileView } from './reconciliation.js'
import type { Moves } from './rollout.js'
import { pickStops } from './stop-picks.js'
import type { TaskGroups } from './task-groups.js'

/** A task that stops, and why. */
export interface TaskStop {
  readonly task: OwnTask
  readonly because: string
}

export const stopsOf = (
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
    if (task.stopCode !== undefined) return 'Your Spot Task was interrupted.'
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
