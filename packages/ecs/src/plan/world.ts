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
  type Class,
  type ClassId,
  type Draft,
  type NamedRequest,
  type NodeId,
  type Vocabulary,
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { isActive, suits } from '../lower/attribute.js'
import { nodeSpecOf, residentOf } from '../lower/instance.js'
import { scoreNames } from '../lower/strategy.js'
import { classOf, gpu } from '../lower/task.js'
import { countOf, isDaemonWorkload, type Workload } from '../lower/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'

export interface World {
  readonly requests: readonly NamedRequest[]
  /** Daemons for which there is no instance. */
  readonly nowhere: readonly Workload[]
  readonly vocabulary: Vocabulary
}

/** Fills the draft. Two instances of one name throw: reading has told apart those that were read. */
export const worldOf = (
  draft: Draft,
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  seed: number,
): World => {
  for (const instance of byName(instances)) settle(draft, instance)
  const scores = [...new Set(workloads.flatMap(scoreNames))]
  const asked = workloads.map((workload) => {
    const task = certain(define(draft, classOf(draft, workload, scores, seed)))
    return [workload, requestsOf(draft, workload, task)] as const
  })
  return {
    requests: asked.flatMap(([, requests]) => requests),
    nowhere: asked.flatMap(([workload, requests]) => (requests.length === 0 ? [workload] : [])),
    vocabulary: vocabularyOf(gpu(draft), scores),
  }
}

const byName = (instances: readonly ContainerInstance[]): readonly ContainerInstance[] =>
  [...instances].sort((a, b) => byCodeUnit(instanceName(a), instanceName(b)))

const settle = (draft: Draft, instance: ContainerInstance): void => {
  const spec = nodeSpecOf(draft, instance)
  if (isSome(findNode(draft, spec.name)))
    throw new Error(`stowage: two instances are called ${spec.name}`)
  const node = certain(join(draft, spec))
  const resident = residentOf(draft, instance)
  if (takesAnything(resident))
    certain(bind(draft, certain(define(draft, resident)), node, 'running'))
}

const takesAnything = ({ facts, occupies }: Class): boolean =>
  facts.length > 0 || occupies.some(([, amount]) => amount > 0)

/** A daemon is asked for on each instance that suits it, whether or not there is room. */
const requestsOf = (draft: Draft, workload: Workload, task: ClassId): readonly NamedRequest[] => {
  const { name } = workload
  if (!isDaemonWorkload(workload)) return [{ name, class: task, count: countOf(workload) }]
  return daemonNodes(draft, workload).map((node) => ({
    name,
    class: task,
    count: 1,
    only: [node],
  }))
}

/**
 * The ACTIVE instances of the processor and the operating system that the task is built for. AWS does not say whether a daemon is
 * wanted where its task can not run; it is not, so that a fleet of two architectures can have a daemon for each.
 */
const daemonNodes = (draft: Draft, { definition }: Workload): readonly NodeId[] =>
  certain(
    nodesWhere(draft, { _tag: 'All', of: [isActive(draft), ...suits(draft, definition)] }),
  )
