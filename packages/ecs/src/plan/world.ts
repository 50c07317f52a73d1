/**
 * The cluster that a plan on instances starts from, and what is asked of it.
 */
import {
  bind,
  byCodeUnit,
  certain,
  define,
  findNode,
  join,
  nodesWhere,
  type ClassId,
  type Draft,
  type NamedRequest,
  type NodeId,
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
import { countOf, groupOf, isDaemonWorkload, type Workload } from '../lower/workload.js'
import type { QueryOptions } from '../query/options.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { alreadyIn, knownOn, seat } from './already.js'
import type { EcsInput } from './input.js'
import type { InstanceOptions } from './plan.js'

export interface World {
  readonly requests: readonly NamedRequest[]
  /** Daemons for which there is no instance. */
  readonly nowhere: readonly Workload[]
  readonly vocabulary: Vocabulary
}

/** Fills the draft. Two instances of one name throw: reading has told apart those that were read. */
export const worldOf = (
  draft: Draft,
  input: EcsInput,
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  { taskInterfaces, distinctInstanceReason, ...options }: InstanceOptions,
): World => {
  const rules = { ...placementOptions, ...options }
  const already = alreadyIn(draft, input)
  settle(draft, instances, taskInterfaces, knownOn(already))
  for (const one of already) seat(draft, one)
  const scores = [...new Set(workloads.flatMap(scoreNames))]
  const groups = [
    ...new Set([...workloads.map(groupOf), ...input.tasks.flatMap(({ group }) => group ?? [])]),
  ]
  const asked = workloads.map((workload) => {
    const task = certain(define(draft, classOf(draft, workload, { scores, groups }, rules)))
    return [workload, requestsOf(draft, workload, task, groups, rules.query)] as const
  })
  return {
    requests: asked.flatMap(([, requests]) => requests),
    nowhere: asked.flatMap(([workload, requests]) => (requests.length === 0 ? [workload] : [])),
    vocabulary: vocabularyOf(gpu(draft), scores, distinctInstanceReason),
  }
}

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
    const node = certain(join(draft, spec))
    for (const resident of residentsOf(draft, instance, knownOn(spec.name), taskInterfaces))
      certain(bind(draft, certain(define(draft, resident)), node, 'running'))
  }
}

/** A daemon is asked for on each instance that suits it, whether or not there is room. */
const requestsOf = (
  draft: Draft,
  workload: Workload,
  task: ClassId,
  groups: readonly string[],
  query: QueryOptions,
): readonly NamedRequest[] => {
  const { name } = workload
  if (!isDaemonWorkload(workload)) return [{ name, class: task, count: countOf(workload) }]
  return daemonNodes(draft, workload, groups, query).map((node) => ({
    name,
    class: task,
    count: 1,
    only: [node],
  }))
}

/**
 * The ACTIVE instances that satisfy its constraints, of the processor and the operating system that the task is built for. AWS does not
 * say whether a daemon is wanted where its task can not run; it is not, so that a fleet of two architectures can have a daemon for each.
 */
export const daemonNodes = (
  draft: Draft,
  workload: Workload,
  groups: readonly string[],
  query: QueryOptions,
): readonly NodeId[] =>
  certain(
    nodesWhere(draft, {
      _tag: 'All',
      of: [
        isActive(draft),
        ...suits(draft, workload.definition),
        ...memberExprs(draft, workload, groups, query),
      ],
    }),
  )
