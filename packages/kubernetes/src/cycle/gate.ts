/**
 * What keeps a pod from being looked at at all.
 *
 * Source: Kubernetes documentation, "Pod Scheduling Readiness" and "Dynamic Resource Allocation".
 */
import type { PodLike } from '../lower/surroundings.js'
import type { Rejection } from './verdict.js'

/** A pod with claims whose objects are there can not be judged here: it is never placed, and said not to be supported. */
export const gateOf = ({ namespace, spec }: PodLike): Rejection | undefined => {
  if (spec.schedulingGates.length > 0) {
    const names = spec.schedulingGates.map(({ name }) => name).join(' ')
    return closed('SchedulingGates', `waiting for scheduling gates: [${names}]`)
  }
  const missing = spec.resourceClaims.find(
    ({ resourceClaimName }) => resourceClaimName !== undefined,
  )
  if (missing !== undefined)
    return closed(
      'DynamicResources',
      `could not find ResourceClaim "${namespace}/${missing.resourceClaimName ?? ''}"`,
    )
  return spec.resourceClaims.length > 0
    ? closed('DynamicResources', 'not supported: resource claims')
    : undefined
}

const closed = (plugin: string, reason: string): Rejection => ({
  plugin,
  code: 'UnschedulableAndUnresolvable',
  reasons: [reason],
})
