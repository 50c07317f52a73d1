/**
 * Explains why a task is placed where it is in a plan on instances, or why it has no place. Of a
 * workload, the first task without a place is explained, or else the first task. Also resolves the
 * name that a user gives, such as `task/web`, to workloads and tasks.
 */
import {
  batch,
  empty,
  replay,
  wordReplay,
  type NamedRequest,
  type WordedReplay,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { taskNamed } from '../words/task.js'
import type { EcsInput } from '../read/input.js'
import type { InstanceOptions } from './options.js'
import { askable, suppliedBy, workloadsIn } from './supplied.js'
import { worldOf } from './world.js'

/**
 * Why a task of a workload goes where it goes: the first task without a place, or else the first.
 * `replica` counts from 1.
 */
export interface TaskExplanation extends WordedReplay {
  readonly name: string
}

/** Requests one more task of the workload when all of its tasks already exist. */
const orOneMore = (requests: readonly NamedRequest[], name: string): readonly NamedRequest[] =>
  requests.some((request) => request.name === name && request.count > 0)
    ? requests
    : requests.map((request) => (request.name === name ? { ...request, count: 1 } : request))

/** Explains a workload on instances; `none` when no workload of that name goes there. */
export const explainOnInstances = (
  input: EcsInput,
  options: InstanceOptions,
  name: string,
): O.Option<TaskExplanation> => {
  const [, explanation] = batch(empty, (draft) => {
    const instances = [...input.instances, ...options.instances]
    const here = askable(suppliedBy(input, 'instances'))
    const world = worldOf(draft, input, here, instances, options)
    const { requests, running, vocabulary } = world
    return pipe(
      replay(draft, orOneMore(requests, name), running, name),
      O.map((replayed) => ({ name, ...wordReplay(draft, replayed, vocabulary) })),
    )
  })
  return explanation
}

/**
 * Resolves `task/NAME` to names, by the first match: the workload of that name, the workloads of
 * that family of task definitions, or the existing task with that id or ARN. Without `task/`, NAME
 * is the name of a workload or the ARN of a task.
 */
export const resolveWorkloadNames = (input: EcsInput, text: string): readonly string[] => {
  if (workloadNames(input).includes(text)) return [text]
  const [, name] = /^task\/(.+)$/s.exec(text) ?? []
  if (name === undefined) return input.tasks.some(({ taskArn }) => taskArn === text) ? [text] : []
  if (workloadNames(input).includes(name)) return [name]
  const ofFamily = workloadsIn(input).filter(({ definition }) => definition.family === name)
  if (ofFamily.length > 0) return ofFamily.map((one) => one.name)
  const there = taskNamed(input.tasks, name)
  return there === undefined ? [] : [there.taskArn]
}

/** The names of all workloads that have tasks to run, on any supply. */
export const workloadNames = (input: EcsInput): readonly string[] =>
  workloadsIn(input).map(({ name }) => name)
