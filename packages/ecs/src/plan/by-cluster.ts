/**
 * Splits the input of a plan by ECS cluster, so that each cluster is planned apart. A task uses
 * only the instances of its own cluster, and only the tasks of that cluster count for its
 * placement.
 *
 * Source: Amazon ECS API Reference, CreateService and RunTask, `cluster`.
 */
import { someOf, type DocumentFault } from '@stowage/documents'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { clusterOfMember } from '../words/cluster.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import type { Task } from '../words/task.js'
import type { Workload } from '../workload/workload.js'
import type { EcsWarning } from '../words/warning.js'
import type { EcsInput } from '../read/input.js'

/** One cluster of an input, and the new instances that join it. */
export interface ClusterPart {
  /** Absent when the input has one cluster only. */
  readonly cluster?: string
  readonly input: EcsInput
  /** Instances that are not among the documents. */
  readonly more: readonly ContainerInstance[]
}

/** The names of all clusters with a workload, an instance or a task, in code-unit order. */
export const clusterNames = (input: EcsInput): readonly string[] => {
  const { workloads, instances, tasks, membership } = input
  const names = new Set([
    ...workloads.map(({ cluster = membership.fallback }) => cluster),
    ...[...instances, ...tasks].map((member) => clusterOfMember(membership, member)),
  ])
  return [...names].sort(byCodeUnit)
}

/** An input for each cluster, in the order of their names; one at least. */
export const byCluster = (
  input: EcsInput,
  more: readonly ContainerInstance[],
): readonly ClusterPart[] => {
  const names = clusterNames(input)
  if (names.length < 2) return [{ input, more }]
  const { workloads, instances, tasks, membership } = input
  return names.map((cluster) => {
    const isMember = (member: object): boolean => clusterOfMember(membership, member) === cluster
    return {
      cluster,
      input: {
        ...input,
        workloads: workloads.filter((one) => (one.cluster ?? membership.fallback) === cluster),
        instances: instances.filter(isMember),
        tasks: tasks.filter(isMember),
      },
      more: more.filter(isMember),
    }
  })
}

/** Looks up the tasks of the cluster of a workload. */
export const tasksByCluster = (input: EcsInput): ((workload: Workload) => readonly Task[]) => {
  const parts = byCluster(input, [])
  const tasks = new Map(parts.map((part) => [part.cluster, part.input.tasks]))
  return ({ cluster }) => (parts.length === 1 ? input.tasks : (tasks.get(cluster) ?? []))
}

/** New instances with the cluster that each joins, and what is to be said of it. */
export interface JoiningInstances {
  readonly instances: readonly ContainerInstance[]
  readonly warnings: readonly EcsWarning[]
}

/**
 * Lets new instances join the named cluster; without a name the only cluster of the input, or each
 * of several, with a warning. A `Left` says that the documents have no cluster of the name, or
 * that an instance of theirs has the name of a new one.
 */
export const joinClusters = (
  input: EcsInput,
  machines: readonly ContainerInstance[],
  cluster?: string,
): E.Either<readonly DocumentFault[], JoiningInstances> => {
  const names = clusterNames(input)
  if (cluster !== undefined && names.length > 0 && !names.includes(cluster))
    return E.left([unknownCluster(cluster, names)])
  const taken = nameFaults(input, machines)
  if (taken.length > 0) return E.left(taken)
  if (names.length < 2) return E.right({ instances: machines, warnings: [] })
  const joining = cluster === undefined ? names : [cluster]
  return E.right({
    instances: joining.flatMap((name) => machines.map((one) => ({ ...one, cluster: name }))),
    warnings: joining.length === 1 || machines.length === 0 ? [] : [inEach(names, machines.length)],
  })
}

/** A container instance of the documents may have the name that a new machine would get. */
const nameFaults = (
  { instances }: EcsInput,
  machines: readonly ContainerInstance[],
): readonly DocumentFault[] => {
  const names = new Set(machines.map(instanceName))
  return instances.flatMap((instance) => {
    const name = instanceName(instance)
    return names.has(name)
      ? [
          {
            ...{ from: '--nodes', at: [], found: `a new machine called ${renderValue(name)}` },
            expected: 'a name of its own: a container instance of the documents is called so too',
          },
        ]
      : []
  })
}

const unknownCluster = (cluster: string, names: readonly string[]): DocumentFault => ({
  ...{ from: '--cluster', at: [], found: renderValue(cluster) },
  expected: `a cluster of the documents: ${someOf(names)}`,
})

const inEach = (names: readonly string[], count: number): EcsWarning => ({
  ...{ code: 'MachinesInEachCluster', from: '' },
  subject: count === 1 ? '1 new instance' : `${count} new instances`,
  text: `each of the clusters ${names.join(', ')} gets all new instances; --cluster NAME gives them to one`,
})
