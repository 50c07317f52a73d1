/**
 * The cluster that a plan on instances starts from, and what is asked of it.
 */
import {
  bind,
  byCodeUnit,
  getOrThrow,
  define,
  findNode,
  join,
  nodesWhere,
  type Draft,
  type NamedRequest,
  type NodeId,
  type ReplicaId,
  type Vocabulary,
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { isActive, suits } from '../lower/attribute.js'
import type { TaskInterfaces } from '../lower/interface.js'
import { nodeSpecOf, residentsOf, type Known } from '../lower/instance.js'
import { memberExprs } from '../lower/member-of.js'
import { placementOptions } from '../lower/options.js'
import { scoreNames } from '../lower/strategy.js'
import { gpu } from '../lower/gpu.js'
import { classOf } from '../lower/task.js'
import { groupOf, isDaemonWorkload, type Workload } from '../workload/workload.js'
import type { QueryOptions } from '../query/options.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { alreadyIn, knownOn, seat, type Seated } from '../cluster/resident.js'
import type { EcsInput } from '../read/input.js'
import type { InstanceOptions } from './plan.js'
import { ownOf, requestsOf } from './requests.js'

export interface World {
  readonly requests: readonly NamedRequest[]
  /** The tasks of services that are there already, by the names of these. */
  readonly running: ReadonlyMap<ReplicaId, string>
  /** Daemons for which there is no instance. */
  readonly nowhere: readonly Workload[]
  readonly vocabulary: Vocabulary
}

/**
 * Fills the draft. Two instances of one name throw: reading has told apart those that were read.
 */
export const worldOf = (
  draft: Draft,
  input: EcsInput,
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  { taskInterfaces, distinctInstanceReason, ...options }: InstanceOptions,
): World => {
  const rules = { ...placementOptions, ...options }
  const there = populate(draft, { ...input, instances }, taskInterfaces)
  const scores = [...new Set(workloads.flatMap(scoreNames))]
  const groups = [...new Set([...workloads.map(groupOf), ...groupsOfTasks(input)])]
  const asked = workloads.map((workload) => {
    const task = getOrThrow(define(draft, classOf(draft, workload, { scores, groups }, rules)))
    const wanted = () => daemonNodes(draft, workload, groups, rules.query)
    return [
      workload,
      requestsOf(draft, workload, task, { instances, there, daemonNodes: wanted }),
    ] as const
  })
  return {
    requests: asked.flatMap(([, requests]) => requests),
    running: new Map(
      workloads.flatMap((workload) =>
        ownOf(workload, there).map(({ replica }) => [replica, workload.name] as const),
      ),
    ),
    nowhere: asked.flatMap(([workload, requests]) =>
      requests.length === 0 && isDaemonWorkload(workload) ? [workload] : [],
    ),
    vocabulary: vocabularyOf(gpu(draft), scores, distinctInstanceReason),
  }
}

/** Lets instances join, with the tasks that are known to be on them. */
export const populate = (
  draft: Draft,
  input: Pick<EcsInput, 'instances' | 'tasks' | 'families'>,
  taskInterfaces: TaskInterfaces = {},
): readonly Seated[] => {
  const already = alreadyIn(draft, input)
  settle(draft, input.instances, taskInterfaces, knownOn(already))
  return already.map((one) => ({ ...one, replica: seat(draft, one) }))
}

export const groupsOfTasks = ({ tasks }: Pick<EcsInput, 'tasks'>): readonly string[] => [
  ...new Set(tasks.flatMap(({ group }) => group ?? [])),
]

const byName = (instances: readonly ContainerInstance[]): readonly ContainerInstance[] =>
  [...instances].sort((a, b) => byCodeUnit(instanceName(a), instanceName(b)))

/** Lets instances join by their names, with what is on them. */
export const settle = (
  draft: Draft,
  instances: readonly ContainerInstance[],
  taskInterfaces: TaskInterfaces = {},
  knownOn: (name: string) => readonly Known[] = () => [],
): void => {
  for (const instance of byName(instances)) {
    const spec = nodeSpecOf(draft, instance, taskInterfaces)
    if (isSome(findNode(draft, spec.name)))
      throw new Error(`stowage: two instances are called ${spec.name}`)
    const node = getOrThrow(join(draft, spec))
    for (const resident of residentsOf(draft, instance, knownOn(spec.name), taskInterfaces))
      getOrThrow(bind(draft, getOrThrow(define(draft, resident)), node, 'running'))
  }
}

/**
 * The ACTIVE instances that satisfy its constraints, of the processor and the operating system that
 * the task is built for. AWS does not say whether a daemon is wanted where its task can not run; it
 * is not, so that a fleet of two architectures can have a daemon for each.
 */
export const daemonNodes = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  query: QueryOptions,
): readonly NodeId[] =>
  getOrThrow(
    nodesWhere(draft, {
      _tag: 'All',
      of: [
        isActive(draft),
        ...suits(draft, workload.definition),
        ...memberExprs(draft, workload, groups, query),
      ],
    }),
  )
