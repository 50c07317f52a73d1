/** Placing so many tasks of one share on instances, and why those that are left have no place. */
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
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { changed } from './layered-map.js'
import { instanceArnOf, withInstances, type ClusterState } from './state.js'
import { scoreNames } from '../lower/strategy.js'
import { gpu } from '../lower/gpu.js'
import type { Workload } from '../workload/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { classFor, startedTask, type Beginning } from './task.js'
import type { Task } from '../words/task.js'
import { refusalsIn, type InstanceRefusals } from './refusal.js'

export interface PlacedTasks {
  readonly tasks: readonly Task[]
  /** Empty when every task has a place. */
  readonly refused: readonly InstanceRefusals[]
}

export interface Seated {
  /** With the replicas; their tasks are the caller's to record. */
  readonly placed: Cluster
  readonly seats: readonly Seat[]
  readonly refused: readonly InstanceRefusals[]
}

/** `only` are the names of the instances that are looked at; all of them, where it is left out. */
export const seatTasks = (
  state: ClusterState,
  workload: Workload,
  count: number,
  only: readonly string[] | undefined,
): Seated => {
  const [placed, outcome] = batch(state.placed, (draft) => {
    const task = classFor(state, draft, workload)
    const wanted = { class: task, ...(only === undefined ? {} : { only: idsOf(draft, only) }) }
    const [answer] = place(draft, [{ ...wanted, count }]).answers
    const seats = answer!.placed.map((seat) => ({ ...seat, name: nodeName(draft, seat.node) }))
    return { seats, refused: seats.length === count ? [] : whyNot(state, draft, wanted, workload) }
  })
  return { placed, ...outcome }
}

/** Starts tasks where there is room for them, and records them. */
export const placeTasks = (
  state: ClusterState,
  beginning: Beginning,
  count: number,
  more: Partial<Task>,
  only?: readonly string[],
): readonly [state: ClusterState, placed: PlacedTasks] => {
  const { placed, seats, refused } = seatTasks(state, beginning.meant.workload, count, only)
  const tasks = seats.map(({ name }, i) =>
    startedTask(state, state.started + i + 1, beginning, {
      ...more,
      containerInstanceArn: instanceArnOf(state.options, name, state.instances.get(name)),
    }),
  )
  const next = recorded({ ...state, placed }, tasks, seats)
  return [next, { tasks, refused }]
}

const idsOf = (draft: Draft, names: readonly string[]): readonly NodeId[] =>
  names.flatMap((name) => {
    const found = findNode(draft, name)
    return isSome(found) ? [found.value] : []
  })

/** By the same rules that placing asked, of every instance and to the end. */
const whyNot = (
  state: ClusterState,
  draft: Draft,
  wanted: { readonly class: ClassId; readonly only?: readonly NodeId[] },
  workload: Workload,
): readonly InstanceRefusals[] => {
  const vocabulary = vocabularyOf(
    gpu(draft),
    scoreNames(workload),
    state.options.distinctInstanceReason,
  )
  return refusalsIn(state, wordExplanation(draft, explain(draft, wanted), vocabulary))
}

export interface Seat extends Placement {
  readonly name: string
}

const recorded = (
  state: ClusterState,
  tasks: readonly Task[],
  seats: readonly Seat[],
): ClusterState => {
  const replicas = changed(
    state.replicas,
    seats.map(({ replica }, i) => [tasks[i]!.taskArn, replica]),
  )
  const begun = begin({ ...state, replicas }, tasks)
  const names = [...new Set(seats.map(({ name }) => name))]
  return withInstances(
    begun,
    names.map((name) => [name, state.instances.get(name)!]),
  )
}

/** Enters new tasks, without a place of their own. */
export const begin = (state: ClusterState, tasks: readonly Task[]): ClusterState => ({
  ...state,
  tasks: changed(
    state.tasks,
    tasks.map((task) => [task.taskArn, task]),
  ),
  started: state.started + tasks.length,
})
