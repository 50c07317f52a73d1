/**
 * Plans where the tasks of workloads run, without starting anything. `planOnInstances` follows the
 * launch type or the capacity providers of each workload. `planAllOnInstances` plans all workloads
 * on instances, and `planTasksOnFargate` plans all workloads on Fargate.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { byCodeUnit, type WordedPlan } from '@stowage/kernel'
import type { FargateOptions, VendedTasks } from '@stowage/fargate'
import type { Supply, Workload } from '../workload/workload.js'
import type { EcsInput } from '../read/input.js'
import { byCluster, clusterNames, tasksByCluster } from './by-cluster.js'
import { onFargate, type TaskRefusal } from './fargate.js'
import type { TaskLaunch } from './launched.js'
import { onInstances, type PlannedInstance } from './on-instances.js'
import type { InstanceOptions } from './options.js'
import { suppliedBy, workloadsIn } from './supplied.js'
import type { EcsWarning } from '../words/warning.js'

/** A plan: the tasks on each instance, those on Fargate, and those without a place. */
export interface EcsPlan {
  /** The instances of all clusters, cluster after cluster. */
  readonly plan: Omit<WordedPlan, 'nodes'> & { readonly nodes: readonly PlannedInstance[] }
  readonly vended: readonly VendedTasks[]
  /** The provider and the subnet of the vended tasks, with counts. */
  readonly launched: readonly TaskLaunch[]
  /** Tasks without a place; by name, in code-unit order. */
  readonly refused: readonly TaskRefusal[]
  /** The cluster of each workload, by its name; absent when there is only one cluster. */
  readonly clusters?: ReadonlyMap<string, string>
  /** The warnings of the input and of the plan. */
  readonly warnings: readonly EcsWarning[]
}

/**
 * Plans each workload on the supply that it names.
 *
 * @example
 * ```ts
 * import { planOnInstances, readEcs } from '@stowage/ecs'
 * import { getOrThrow } from '@stowage/kernel'
 *
 * const web = { family: 'web', containerDefinitions: [{ name: 'main', cpu: 256, memory: 512 }] }
 * const registeredResources = [
 *   { name: 'CPU', integerValue: 2048 },
 *   { name: 'MEMORY', integerValue: 4096 },
 * ]
 * const documents = [web, { ec2InstanceId: 'i-1', registeredResources }]
 * const input = getOrThrow(readEcs(documents.map((value) => ({ from: 'here', value }))))
 * console.log(planOnInstances(input, { instances: [], seed: 0 }).plan.nodes[0]?.holds)
 * ```
 * ```text
 * [ { name: 'web', count: 1 } ]
 * ```
 */
export const planOnInstances = (input: EcsInput, options: InstanceOptions): EcsPlan =>
  planWith(input, options, suppliedBy)

/** Plans every workload on instances, whatever its launch type is. */
export const planAllOnInstances = (input: EcsInput, options: InstanceOptions): EcsPlan =>
  planWith(input, options, (some, supply) =>
    supply === 'instances' ? workloadsIn(some).map(onAnyInstance) : [],
  )

/** Managed Instances are instances that AWS chooses; without them any instance will do. */
const onAnyInstance = (workload: Workload): Workload => {
  const { isManaged = false, service, request } = workload
  if (!isManaged) return workload
  const any = { capacityProviderStrategy: [] }
  return {
    ...{ ...workload, isManaged: false },
    ...(service === undefined ? {} : { service: { ...service, ...any } }),
    ...(request === undefined ? {} : { request: { ...request, ...any } }),
  }
}

const planWith = (
  input: EcsInput,
  options: InstanceOptions,
  suppliedWith: (input: EcsInput, supply: Supply) => readonly Workload[],
): EcsPlan => {
  const parts = byCluster(input, options.instances).map((part) =>
    onInstances(part, options, (supply) => suppliedWith(part.input, supply)),
  )
  const vended = onFargate(suppliedWith(input, 'fargate'), existingIn(input), options.fargate)
  return {
    plan: {
      nodes: parts.flatMap(({ nodes }) => nodes),
      unplaced: parts.flatMap(({ unplaced }) => unplaced),
    },
    vended: vended.vended,
    launched: vended.launched,
    refused: [...vended.refused, ...parts.flatMap(({ refused }) => refused)].sort((a, b) =>
      byCodeUnit(a.name, b.name),
    ),
    ...clustersOf(input),
    warnings: RA.sort(warningOrder)([
      ...input.warnings,
      ...parts.flatMap(({ warnings }) => warnings),
      ...vended.warnings,
    ]),
  }
}

const existingIn = (input: EcsInput) => ({ tasks: input.tasks, tasksOf: tasksByCluster(input) })

const clustersOf = (input: EcsInput): Pick<EcsPlan, 'clusters'> =>
  clusterNames(input).length < 2
    ? {}
    : {
        clusters: new Map(
          workloadsIn(input).map(({ name, cluster = '' }) => [name, cluster] as const),
        ),
      }

/** Plans every workload on Fargate, whatever its launch type is. */
export const planTasksOnFargate = (
  input: EcsInput,
  options: Partial<FargateOptions> = {},
): EcsPlan => {
  const { vended, launched, refused, warnings } = onFargate(
    workloadsIn(input),
    existingIn(input),
    options,
  )
  return {
    plan: { nodes: [], unplaced: [] },
    vended,
    launched,
    refused,
    ...clustersOf(input),
    warnings: RA.sort(warningOrder)([...input.warnings, ...warnings]),
  }
}
