/**
 * The workloads that want tasks at all, those of one kind of supply, and those that instances can
 * be asked for.
 */
import { countOf, strategyOf, supplyOf, type Supply, type Workload } from '../workload/workload.js'
import { managedOnlyRefusal, sharedGpusRefusal } from '../raise/instances.js'
import { isNeuron, isShared } from '../words/resource-requirement.js'
import { isFor, requirementsIn } from '../words/task-definition.js'
import type { EcsInput } from '../read/input.js'

export const wanting = ({ workloads }: EcsInput): readonly Workload[] =>
  workloads.filter((workload) => countOf(workload) > 0)

export const suppliedBy = (input: EcsInput, supply: Supply): readonly Workload[] =>
  wanting(input).filter((workload) => supplyOf(workload) === supply)

/**
 * Why instances are not asked for a workload: it needs devices that they do not have, or that are
 * not counted.
 */
export const deviceRefusal = (workload: Workload): string | undefined => {
  const { definition } = workload
  const required = requirementsIn(definition)
  if (required.some(isShared)) return sharedGpusRefusal
  const isManaged = isFor(definition, 'MANAGED_INSTANCES') || strategyOf(workload).length > 0
  return !isManaged && required.some(isNeuron) ? managedOnlyRefusal : undefined
}

/** Those that instances are asked for. */
export const askable = (workloads: readonly Workload[]): readonly Workload[] =>
  workloads.filter((workload) => deviceRefusal(workload) === undefined)
