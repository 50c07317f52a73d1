/**
 * Translates an ECS workload to a class (a workload as the scheduler sees it): the resources that a
 * task occupies, its filters in the order of the stages of placement, and its strategies.
 *
 * Source: Amazon ECS Developer Guide, "How Amazon ECS places tasks on container instances".
 */
import {
  cpu,
  internDimension,
  memory,
  type ClassSpec,
  type Draft,
  type Filter,
} from '@stowage/kernel'
import { requirements } from './attribute.js'
import { demandOf, type Demand } from './demand.js'
import { distinctLimit, taskFacts } from './group.js'
import { memberFilters } from './member-of.js'
import { gpu, gpuFacts, gpuLimits, gpusMin } from './gpu.js'
import type { PlacementRules } from './options.js'
import { hostPortsOf, portFacts, portLimits, reservedPort, reservedPortsIn } from './port.js'
import { filterReason, type Refusal } from './reason.js'
import { choiceOf } from './strategy.js'
import { isDaemonWorkload, type Workload } from '../workload/workload.js'

/** The dimension of network interfaces for tasks. */
export const eni = (draft: Draft) => internDimension(draft, 'ENI')

/** What all workloads of a plan share: the names of all scores and of all groups. */
export interface PlanNames {
  readonly scores: readonly string[]
  readonly groups: readonly string[]
}

/**
 * The class of a workload. Daemons have priority 1, so that they are placed before everything else.
 */
export const classOf = (
  draft: Draft,
  workload: Workload,
  { scores, groups }: PlanNames,
  rules: PlacementRules,
): ClassSpec => {
  const { definition } = workload
  const ports = hostPortsOf(definition)
  const demand = demandOf(definition)
  const fit = fitOf(draft, demand, reservedPortsIn(ports))
  return {
    facts: [
      ...taskFacts(draft, workload),
      ...portFacts(draft, ports),
      ...gpuFacts(draft, demand.gpus),
    ],
    occupies: fit.parts.map((part) => [part.dimension, part.amount]),
    filters: [
      ...requirements(draft, workload),
      fit,
      ...gpuLimits(draft, demand.gpus),
      ...portLimits(draft, ports),
      ...memberFilters(draft, workload, groups, rules.query),
      ...distinctLimit(draft, workload),
    ],
    choice: choiceOf(draft, workload, scores, rules),
    priority: isDaemonWorkload(workload) ? 1 : 0,
  }
}

const fitOf = (draft: Draft, demand: Demand, ports: number): Filter<'Fit'> => {
  const part = (
    of: Filter<'Fit'>['parts'][number]['dimension'],
    amount: number,
    refusal: Refusal,
  ) => ({
    dimension: of,
    amount,
    reason: filterReason(refusal).reason,
    slot: false,
  })
  return {
    _tag: 'Fit',
    plugin: filterReason('cpu').plugin,
    removable: true,
    parts: [
      part(cpu, demand.cpu, 'cpu'),
      part(memory, demand.memory, 'memory'),
      part(gpu(draft), gpusMin(demand.gpus), 'gpu'),
      part(eni(draft), demand.interfaces, 'eni'),
      part(reservedPort(draft), ports, 'tcpPorts'),
    ],
  }
}
