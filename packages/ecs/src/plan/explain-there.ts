/**
 * Explains a task that already exists: where it is, and how every instance would judge the task if
 * it were placed again while all other tasks stay.
 */
import {
  allowIndexes,
  batch,
  getOrThrow,
  define,
  empty,
  findNode,
  replay,
  evict,
  wordReplay,
  type Draft,
  type WordedReplay,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { gpu } from '../lower/gpu.js'
import { typedInstances } from '../lower/attribute.js'
import { placementOptions } from '../lower/options.js'
import { fixedDimensions } from '../lower/port.js'
import { withDetails } from './details.js'
import { scoreNames } from '../lower/strategy.js'
import { classOf } from '../lower/task.js'
import { groupOf, type Workload } from '../workload/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { instanceName, instanceNamed } from '../words/container-instance.js'
import { hasStopped, idIn, subnetOf, type Task } from '../words/task.js'
import type { EcsInput } from '../read/input.js'
import { byCluster } from './by-cluster.js'
import type { InstanceOptions } from './options.js'
import { resolve } from '../workload/reference.js'
import { instancesOfProvider } from '../supply/provider.js'
import { nodesOf } from './requests.js'
import { populate } from '../cluster/populate.js'
import { groupsOf } from '../workload/own-task.js'

/**
 * The answer about a task that is not placed again: it has stopped, is on Fargate, or has an
 * unknown definition. `placed` is false when the task waits for capacity.
 */
export interface TaskNote {
  readonly _tag: 'Note'
  readonly name: string
  readonly text: string
  readonly placed: boolean
}

/** The explanation of a task on an instance, or of one that waits for capacity. */
export interface TaskThere extends WordedReplay {
  readonly _tag: 'Explained'
  readonly name: string
  /** A title, such as `task 1f3a of service:web`. */
  readonly title: string
  /** The node of the task; absent when the task waits for capacity. */
  readonly on?: { readonly node: string; readonly isKnown: boolean; readonly leaving: boolean }
}

/** Explains the task with this ARN; `none` when no document has it. */
export const explainThere = (
  input: EcsInput,
  options: InstanceOptions,
  taskArn: string,
): O.Option<TaskThere | TaskNote> => {
  for (const part of byCluster(input, options.instances)) {
    const task = part.input.tasks.find((one) => one.taskArn === taskArn)
    if (task !== undefined)
      return O.some(explainTask(part.input, { ...options, instances: part.more }, task))
  }
  return O.none
}

const explainTask = (
  input: EcsInput,
  options: InstanceOptions,
  task: Task,
): TaskThere | TaskNote => {
  const title = titleOf(task)
  const note = (text: string, placed = true): TaskNote => ({
    ...{ _tag: 'Note', name: task.taskArn, placed },
    text: `${title} ${text}`,
  })
  if (hasStopped(task)) return note(`has stopped${because(task)} and takes no room`)
  if (task.launchType === 'FARGATE') return note(`is on Fargate${whereOnFargate(task)}`)
  const workload = workloadOfTask(input, task)
  if (workload === undefined) {
    const on = instanceOfTask(input, options, task)
    return note(
      `${on === undefined ? 'waits for capacity' : `is on ${on}`}; what it needs is not known, as ${idIn(task.taskDefinitionArn)} is not among the documents`,
      on !== undefined,
    )
  }
  const [, explanation] = batch(allowIndexes(empty), (draft) =>
    placedNow(draft, input, options, task, workload),
  )
  return { _tag: 'Explained', name: task.taskArn, title, ...explanation }
}

const titleOf = ({ taskArn, group }: Task): string =>
  `task ${idIn(taskArn)}${group === undefined ? '' : ` of ${group}`}`

const because = ({ stoppedReason }: Task): string =>
  stoppedReason === undefined ? '' : ` (${stoppedReason})`

const whereOnFargate = (task: Task): string => {
  const subnet = subnetOf(task)
  const { capacityProviderName } = task
  return [
    capacityProviderName === undefined ? '' : `, by ${capacityProviderName}`,
    subnet === undefined ? '' : `, in ${subnet}`,
  ].join('')
}

/**
 * The workload of a task: its own definition, with its service when the documents have it;
 * `undefined` when the definition is unknown.
 */
const workloadOfTask = ({ workloads, families }: EcsInput, task: Task): Workload | undefined => {
  const found = resolve(families, task.taskDefinitionArn)
  if (E.isLeft(found)) return undefined
  const { value: definition, part } = found.right
  const service = workloads.find((one) => one.service !== undefined && groupOf(one) === task.group)
  return service === undefined
    ? {
        ...{ name: definition.family, subject: titleOf(task), from: part.from, definition },
        request: { group: task.group },
      }
    : { ...service, definition }
}

/** The name that plans give to the instance of the task. */
const instanceOfTask = (
  input: EcsInput,
  options: InstanceOptions,
  { containerInstanceArn }: Task,
): string | undefined => {
  if (containerInstanceArn === undefined) return undefined
  const holder = instanceNamed([...input.instances, ...options.instances], containerInstanceArn)
  return holder === undefined ? idIn(containerInstanceArn) : instanceName(holder)
}

const placedNow = (
  draft: Draft,
  input: EcsInput,
  options: InstanceOptions,
  task: Task,
  workload: Workload,
): Omit<TaskThere, '_tag' | 'name' | 'title'> => {
  const { taskInterfaces, distinctInstanceReason, instances: more, ...rules } = options
  const instances = [...input.instances, ...more]
  const there = populate(draft, { ...input, instances }, taskInterfaces)
  const scores = scoreNames(workload)
  const groups = [groupOf(workload), ...groupsOf(input.tasks)]
  const classSpec = classOf(draft, workload, { scores, groups }, { ...placementOptions, ...rules })
  const own = there.find((one) => one.task === task)
  if (own !== undefined) getOrThrow(evict(draft, own.replica))
  const { capacityProviderName: provider } = task
  const request = {
    ...{ name: workload.name, class: getOrThrow(define(draft, classSpec)), count: 1 },
    ...(provider === undefined
      ? {}
      : { only: nodesOf(draft, instancesOfProvider(provider, input.instances, more)) }),
  }
  const names = new Map(
    there.map((one) => [one.replica, one.task.group ?? idIn(one.task.taskArn)] as const),
  )
  const replayed = replay(draft, [request], names, request.name, {
    ...{ fixed: fixedDimensions(draft), sized: typedInstances(draft) },
  })
  if (!O.isSome(replayed)) throw new Error('stowage: a request for one task was not answered')
  const vocabulary = vocabularyOf(gpu(draft), scores, distinctInstanceReason)
  const { query } = placementOptions
  const detailInput = { draft, workload, instances, groups, query }
  const worded = withDetails(wordReplay(draft, replayed.value, vocabulary), detailInput)
  const node = instanceOfTask(input, options, task)
  return node === undefined
    ? worded
    : { ...worded, on: { node, ...placeOfTask(draft, node, task) } }
}

const placeOfTask = (draft: Draft, node: string, { desiredStatus }: Task) => ({
  isKnown: O.isSome(findNode(draft, node)),
  leaving: desiredStatus === 'STOPPED',
})
