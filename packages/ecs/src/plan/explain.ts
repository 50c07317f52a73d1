/**
 * Explains why a plan places a task of a workload on its container instance, or why the task has no
 * place. Chooses the first task without a place, or else the first task. Also finds the workloads
 * and tasks that a name such as `task/web` may mean.
 */
import {
  allowIndexes,
  batch,
  nodeName,
  empty,
  replay,
  trial,
  wordReplay,
  type WordedReplay,
} from '@stowage/kernel'
import { withDetails, withProvider } from './details.js'
import { typedInstances } from '../lower/attribute.js'
import { placementOptions } from '../lower/options.js'
import { fixedDimensions } from '../lower/port.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { taskNamed } from '../words/task.js'
import type { EcsInput } from '../read/input.js'
import { byCluster, type ClusterPart } from './by-cluster.js'
import type { InstanceOptions } from './options.js'
import { askable, onInstancesOf, suppliedIn, workloadsIn } from './supplied.js'
import type { TaskPlacement } from './requests.js'
import { placeInRounds } from './rounds.js'
import { worldOf } from './world.js'

/**
 * Why a task of a workload goes where it goes: the first task without a place, or else the first.
 * `replica` counts from 1.
 */
export interface TaskExplanation extends WordedReplay {
  readonly name: string
}

/** Requests one more task of the workload when all of its tasks already exist. */
const orOneMore = (requests: readonly TaskPlacement[], name: string): readonly TaskPlacement[] =>
  requests.some((request) => request.name === name && request.count > 0)
    ? requests
    : requests.map((request) => (request.name === name ? { ...request, count: 1 } : request))

/** Explains a workload on instances; `none` when no workload of that name goes there. */
export const explainOnInstances = (
  input: EcsInput,
  options: InstanceOptions,
  name: string,
): O.Option<TaskExplanation> => {
  const part = byCluster(input, options.instances).find((one) =>
    one.input.workloads.some((workload) => workload.name === name),
  )
  return part === undefined ? O.none : explainInCluster(part, options, name)
}

const explainInCluster = (
  part: ClusterPart,
  options: InstanceOptions,
  name: string,
): O.Option<TaskExplanation> => {
  const [, explanation] = batch(allowIndexes(empty), (draft) => {
    const here = askable(onInstancesOf(part, suppliedIn(part.input)))
    const { requests, running, vocabulary, groups } = worldOf(draft, part, here, options)
    const workload = here.find((one) => one.name === name)
    const withOne = orOneMore(requests, name)
    const { attempts } = trial(draft, (inner) => [false, placeInRounds(inner, withOne)])
    return pipe(
      replay(draft, attempts, running, name, {
        ...{ fixed: fixedDimensions(draft), sized: typedInstances(draft) },
      }),
      O.map((replayed) => {
        const worded = { name, ...wordReplay(draft, replayed, vocabulary) }
        if (workload === undefined) return worded
        const instances = [...part.input.instances, ...part.more]
        const { query } = placementOptions
        const detailed = withDetails(worded, { draft, workload, instances, groups, query })
        const { provider, only = [] } = attempts.find((one) => one === replayed.request) ?? {}
        if (provider === undefined) return detailed
        const own = new Set(only.map((node) => nodeName(draft, node)))
        return withProvider(detailed, provider, own, instances)
      }),
    )
  })
  return explanation
}

/**
 * Resolves `task/NAME` to names, by the first match: the workload of that name, the workloads of
 * that family of task definitions, or the existing task with that id or ARN. Without `task/`, NAME
 * is the name of a workload, with or without that of its cluster, or the ARN of a task.
 */
export const resolveWorkloadNames = (input: EcsInput, text: string): readonly string[] => {
  if (workloadNames(input).includes(text)) return [text]
  const inClusters = workloadsIn(input).filter(
    ({ name, cluster }) => name === `${cluster}/${text}` || `${cluster}/${name}` === text,
  )
  if (inClusters.length > 0) return inClusters.map((one) => one.name)
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
