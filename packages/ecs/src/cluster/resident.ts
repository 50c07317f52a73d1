/**
 * The tasks that are there already, as the kernel sees them: each on its instance, by its group and
 * what it takes.
 */
import { bind, getOrThrow, define, findNode, type Draft, type ReplicaId } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { Known } from '../lower/instance.js'
import { placementOptions } from '../lower/options.js'
import { classOf } from '../lower/task.js'
import { instanceName } from '../words/container-instance.js'
import { hasStopped, idIn, type Task } from '../words/task.js'
import type { EcsInput } from '../read/input.js'
import { resolve } from '../workload/reference.js'

export interface Already {
  readonly task: Task
  /** The name of the instance. */
  readonly on: string
  readonly known: Known
}

/**
 * Tasks that are STOPPED take nothing, and are none of these. Of a task whose definition is not
 * given nothing is known but its group: what it takes is in what its instance says that is left.
 */
export const alreadyIn = (
  draft: Draft,
  input: Pick<EcsInput, 'instances' | 'tasks' | 'families'>,
): readonly Already[] => {
  const names = new Map(
    input.instances.flatMap((each) =>
      [instanceName(each), idIn(each.containerInstanceArn ?? instanceName(each))].map(
        (id) => [id, instanceName(each)] as const,
      ),
    ),
  )
  return input.tasks.flatMap((task) => {
    const on = names.get(idIn(task.containerInstanceArn ?? ''))
    return hasStopped(task) || on === undefined
      ? []
      : [{ task, on, known: knownOf(draft, input, task) }]
  })
}

const knownOf = (draft: Draft, { families }: Pick<EcsInput, 'families'>, task: Task): Known => {
  const found = resolve(families, task.taskDefinitionArn)
  const definition = E.isRight(found)
    ? found.right.value
    : { family: idIn(task.taskDefinitionArn).replace(/:\d+$/, ''), containerDefinitions: [] }
  const request = { group: task.group }
  const workload = { name: '', subject: '', from: '', definition, request }
  const described = classOf(
    draft,
    workload,
    { scores: [], groups: [] },
    { ...placementOptions, seed: 0 },
  )
  return { class: { ...described, filters: [] }, isWanted: task.desiredStatus !== 'STOPPED' }
}

/** The tasks of an instance, by its name. */
export const knownOn = (all: readonly Already[]): ((name: string) => readonly Known[]) => {
  const tasks = new Map<string, Known[]>()
  for (const { on, known } of all) {
    const here = tasks.get(on)
    if (here === undefined) tasks.set(on, [known])
    else here.push(known)
  }
  return (name) => tasks.get(name) ?? []
}

export interface Seated extends Already {
  readonly replica: ReplicaId
}

/** Puts the task where it is. */
export const seat = (draft: Draft, { task, on, known }: Already): ReplicaId => {
  const node = findNode(draft, on)
  if (!isSome(node)) throw new Error(`stowage: ${on} has not joined`)
  const wanted = task.lastStatus === 'RUNNING' ? 'running' : 'assumed'
  const phase = known.isWanted ? wanted : 'leaving'
  return getOrThrow(bind(draft, getOrThrow(define(draft, known.class)), node.value, phase))
}
