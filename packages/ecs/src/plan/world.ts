/**
 * Prepares a draft (a mutable version of the kernel's cluster) for a plan on instances: adds the
 * nodes with their existing tasks, and makes the placement requests of all workloads.
 */
import {
  getOrThrow,
  define,
  type Draft,
  type NamedRequest,
  type ReplicaId,
  type Vocabulary,
} from '@stowage/kernel'
import { placementOptions } from '../lower/options.js'
import { scoreNames } from '../lower/strategy.js'
import { gpu } from '../lower/gpu.js'
import { classOf } from '../lower/task.js'
import { groupOf, isDaemonWorkload, type Workload } from '../workload/workload.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { type ContainerInstance } from '../words/container-instance.js'
import type { EcsInput } from '../read/input.js'
import type { InstanceOptions } from './options.js'
import { ownOf, requestsOf } from './requests.js'
import { populate } from '../cluster/populate.js'
import { groupsOf } from '../workload/own-task.js'
import { daemonNodes } from '../supply/daemon.js'

/** What a plan places on the prepared draft, and how it words the result. */
export interface World {
  readonly requests: readonly NamedRequest[]
  /** The existing tasks of services, with the name of the service. */
  readonly running: ReadonlyMap<ReplicaId, string>
  /** The DAEMON services that no instance suits. */
  readonly nowhere: readonly Workload[]
  readonly vocabulary: Vocabulary
}

/**
 * Fills the draft and makes the requests. Throws when two instances have the same name, which
 * documents that were read cannot contain.
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
  const groups = [...new Set([...workloads.map(groupOf), ...groupsOf(input.tasks)])]
  const requestsByWorkload = workloads.map((workload) => {
    const task = getOrThrow(define(draft, classOf(draft, workload, { scores, groups }, rules)))
    return [
      workload,
      requestsOf(draft, workload, task, {
        ...{ instances, there },
        daemonNodes: () => daemonNodes(draft, workload, groups, rules.query),
      }),
    ] as const
  })
  return {
    requests: requestsByWorkload.flatMap(([, requests]) => requests),
    running: new Map(
      workloads.flatMap((workload) =>
        ownOf(workload, there).map(({ replica }) => [replica, workload.name] as const),
      ),
    ),
    nowhere: requestsByWorkload.flatMap(([workload, requests]) =>
      requests.length === 0 && isDaemonWorkload(workload) ? [workload] : [],
    ),
    vocabulary: vocabularyOf(gpu(draft), scores, distinctInstanceReason),
  }
}
