/**
 * Creates a warning for each workload that the controller cannot simulate; a simulation proceeds
 * without such workloads.
 */
import { byCodeUnit, pathOf } from '@stowage/kernel'
import type { Service } from '../words/service.js'
import type { EcsWarning } from '../words/warning.js'
import type { Workload } from '../workload/workload.js'
import { checkSupport } from './check-support.js'

/** A task set is run by itself, whoever makes task sets of its service. */
const withoutSet = (service: Service): readonly [Service, Service] => {
  const { taskSet, deploymentController: _, ...others } = service
  return taskSet === undefined ? [service, service] : [others, others]
}

/**
 * A warning for each workload that the controller with these pools does not run, in the order of
 * their names.
 */
export const tasksNotSimulated = (
  workloads: readonly Workload[],
  pools: readonly string[],
): readonly EcsWarning[] =>
  workloads
    .flatMap(({ subject, from, service }): readonly EcsWarning[] => {
      const [refused] =
        service === undefined
          ? [{ at: [], expected: 'REPLICA' }]
          : checkSupport(...withoutSet(service), pools)
      if (refused === undefined) return []
      const text =
        service === undefined
          ? 'only services are simulated: this one takes no room'
          : `not simulated, so that it takes no room: ${pathOf(refused.at)} is expected to be ${refused.expected}`
      return [{ code: 'NotSimulated', from, subject, text }]
    })
    .sort((a, b) => byCodeUnit(a.subject, b.subject))
