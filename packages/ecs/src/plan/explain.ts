/** Explaining a plan on instances, one task at a time. */
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
import { askable, suppliedBy, wanting } from './supplied.js'
import { worldOf } from './world.js'

/**
 * Why one task of a workload goes where it goes: the first without a place, or else the first.
 * `replica` counts from 1.
 */
export interface TaskExplanation extends WordedReplay {
  readonly name: string
}

/** Where all tasks of that name are there already, one more is asked for. */
const orOneMore = (requests: readonly NamedRequest[], name: string): readonly NamedRequest[] =>
  requests.some((request) => request.name === name && request.count > 0)
    ? requests
    : requests.map((request) => (request.name === name ? { ...request, count: 1 } : request))

/** Explains what goes to instances; nothing, when nothing of that name does. */
export const explainOnInstances = (
  input: EcsInput,
  options: InstanceOptions,
  name: string,
): O.Option<TaskExplanation> => {
  const [, explained] = batch(empty, (draft) => {
    const instances = [...input.instances, ...options.instances]
    const here = askable(suppliedBy(input, 'instances'))
    const world = worldOf(draft, input, here, instances, options)
    const { requests, running, vocabulary } = world
    return pipe(
      replay(draft, orOneMore(requests, name), running, name),
      O.map((replayed) => ({ name, ...wordReplay(draft, replayed, vocabulary) })),
    )
  })
  return explained
}

/**
 * What is meant by `task/NAME`: the workload of that name, or else those whose task definition is
 * of that family, or else the task that is there already with that id or ARN, by its ARN. NAME by
 * itself is the name of a workload, or an ARN.
 */
export const namesMeant = (input: EcsInput, text: string): readonly string[] => {
  if (namesOf(input).includes(text)) return [text]
  const [, name] = /^task\/(.+)$/s.exec(text) ?? []
  if (name === undefined) return input.tasks.some(({ taskArn }) => taskArn === text) ? [text] : []
  if (namesOf(input).includes(name)) return [name]
  const ofFamily = wanting(input).filter(({ definition }) => definition.family === name)
  if (ofFamily.length > 0) return ofFamily.map((one) => one.name)
  const there = taskNamed(input.tasks, name)
  return there === undefined ? [] : [there.taskArn]
}

/** The names of all that wants tasks, on whatever supply. */
export const namesOf = (input: EcsInput): readonly string[] =>
  wanting(input).map(({ name }) => name)
