/**
 * Selects the workloads of a plan that use one kind of capacity: instances, Fargate, machines
 * outside AWS or Managed Instances. Workloads without tasks to run are left out. Also explains why
 * a workload that requires certain devices is not planned on instances.
 */
import { byCodeUnit } from '@stowage/kernel'
import { countOf, strategyOf, supplyOf, type Supply, type Workload } from '../workload/workload.js'
import { managedOnlyRefusal, sharedGpusRefusal } from '../raise/instances.js'
import { isNeuron, isShared } from '../words/resource-requirement.js'
import { isFor, requirementsIn } from '../words/task-definition.js'
import type { EcsInput } from '../read/input.js'
import type { ContainerInstance } from '../words/container-instance.js'
import type { ClusterPart } from './by-cluster.js'

/** The workloads that have at least one task to run. */
export const workloadsIn = ({ workloads }: EcsInput): readonly Workload[] =>
  workloads.filter((workload) => countOf(workload) > 0)

/** The workloads with tasks to run on one supply. */
export const suppliedBy = (input: EcsInput, supply: Supply): readonly Workload[] =>
  workloadsIn(input).filter((workload) => supplyOf(workload) === supply)

/** The workloads with tasks to run, by supply. */
export type WorkloadsBySupply = (supply: Supply) => readonly Workload[]

/** Each workload on the supply that it names. */
export const suppliedIn =
  (input: EcsInput): WorkloadsBySupply =>
  (supply) =>
    suppliedBy(input, supply)

/**
 * The workloads that are planned on instances: those that want instances, and those of Managed
 * Instances of which the documents or the new machines have some. AWS chooses and launches more of
 * these for the tasks, which is not planned.
 */
export const onInstancesOf = (
  { input, more }: Pick<ClusterPart, 'input' | 'more'>,
  supplied: WorkloadsBySupply,
): readonly Workload[] => {
  const managed = supplied('managed').filter(hasOwnInstances([...input.instances, ...more]))
  return [...supplied('instances'), ...managed].sort((a, b) => byCodeUnit(a.name, b.name))
}

/** True when one of the instances is of a provider of the workload. */
export const hasOwnInstances =
  (instances: readonly ContainerInstance[]) =>
  (workload: Workload): boolean =>
    strategyOf(workload).some(({ capacityProvider }) =>
      instances.some(({ capacityProviderName }) => capacityProviderName === capacityProvider),
    )

/**
 * Why a workload is not planned on instances: it needs devices that they lack, or shares of GPUs,
 * which are not counted; `undefined` when it is planned.
 */
export const deviceRefusal = (workload: Workload): string | undefined => {
  const { definition } = workload
  const required = requirementsIn(definition)
  if (required.some(isShared)) return sharedGpusRefusal
  const isManaged = isFor(definition, 'MANAGED_INSTANCES') || strategyOf(workload).length > 0
  return !isManaged && required.some(isNeuron) ? managedOnlyRefusal : undefined
}

/** The workloads that are planned on instances. */
export const askable = (workloads: readonly Workload[]): readonly Workload[] =>
  workloads.filter((workload) => deviceRefusal(workload) === undefined)
