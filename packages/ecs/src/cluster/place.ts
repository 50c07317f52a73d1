/**
 * Places a number of equal tasks on container instances. When some of the tasks find no place, also
 * explains why each instance refuses them.
 */
import {
  batch,
  explain,
  findNode,
  nodeName,
  place,
  wordExplanation,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type Placement,
  withChanges,
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { instanceArnOf, withInstances, type EcsState } from './state.js'
import { scoreNames } from '../lower/strategy.js'
import { gpu } from '../lower/gpu.js'
import type { Workload } from '../workload/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { classFor, newTask, type TaskStart } from './task.js'
import type { Task } from '../words/task.js'
import { refusalsIn, type InstanceRefusals } from './refusal.js'

/** The tasks that were started on instances, and the refusals when some were not. */
export interface PlacedTasks {
  readonly tasks: readonly Task[]
  /** Empty when every task has a place. */
  readonly refused: readonly InstanceRefusals[]
}

/** Places for tasks, before the tasks are recorded. */
export interface SeatAssignment {
  /** The kernel cluster with the new replicas; the caller records their tasks. */
  readonly placed: Cluster
  readonly seats: readonly Seat[]
  readonly refused: readonly InstanceRefusals[]
}

/**
 * Finds places for `count` tasks of a workload. `only` names the instances that may be used; all of
 * them when it is `undefined`.
 */
export const seatTasks = (
  state: EcsState,
  workload: Workload,
  count: number,
  only: readonly string[] | undefined,
): SeatAssignment => {
  const [placed, outcome] = batch(state.placed, (draft) => {
    const task = classFor(state, draft, workload)
    const request = { class: task, ...(only === undefined ? {} : { only: idsOf(draft, only) }) }
    const [answer] = place(draft, [{ ...request, count }]).answers
    const seats = answer!.placed.map((seat) => ({ ...seat, name: nodeName(draft, seat.node) }))
    return { seats, refused: seats.length === count ? [] : whyNot(state, draft, request, workload) }
  })
  return { placed, ...outcome }
}

/** Finds places for tasks, starts them there and records them. */
export const placeTasks = (
  state: EcsState,
  start: TaskStart,
  count: number,
  more: Partial<Task>,
  only?: readonly string[],
): readonly [state: EcsState, placed: PlacedTasks] => {
  const { placed, seats, refused } = seatTasks(state, start.resolved.workload, count, only)
  const tasks = seats.map(({ name }, i) =>
    newTask(state, state.started + i + 1, start, {
      ...more,
      containerInstanceArn: instanceArnOf(state.options, name, state.instances.get(name)),
    }),
  )
  const next = withSeats({ ...state, placed }, tasks, seats)
  return [next, { tasks, refused }]
}

const idsOf = (draft: Draft, names: readonly string[]): readonly NodeId[] =>
  names.flatMap((name) => {
    const found = findNode(draft, name)
    return isSome(found) ? [found.value] : []
  })

/** Explains one more task by the same rules: all refusals of every instance. */
const whyNot = (
  state: EcsState,
  draft: Draft,
  request: { readonly class: ClassId; readonly only?: readonly NodeId[] },
  workload: Workload,
): readonly InstanceRefusals[] => {
  const vocabulary = vocabularyOf(
    gpu(draft),
    scoreNames(workload),
    state.options.distinctInstanceReason,
  )
  return refusalsIn(state, wordExplanation(draft, explain(draft, request), vocabulary))
}

/** A placement with the name of the instance. */
export interface Seat extends Placement {
  readonly name: string
}

const withSeats = (state: EcsState, tasks: readonly Task[], seats: readonly Seat[]): EcsState => {
  const replicas = withChanges(
    state.replicas,
    seats.map(({ replica }, i) => [tasks[i]!.taskArn, replica]),
  )
  const begun = withTasks({ ...state, replicas }, tasks)
  const names = [...new Set(seats.map(({ name }) => name))]
  return withInstances(
    begun,
    names.map((name) => [name, state.instances.get(name)!]),
  )
}

/** Records new tasks that have no replica. */
export const withTasks = (state: EcsState, tasks: readonly Task[]): EcsState => ({
  ...state,
  tasks: withChanges(
    state.tasks,
    tasks.map((task) => [task.taskArn, task]),
  ),
  started: state.started + tasks.length,
})
