/**
 * What keeps a pod from being looked at at all.
 *
 * Source: Kubernetes documentation, "Pod Scheduling Readiness" and "Dynamic Resource Allocation".
 */
import type { Profile } from '../lower/profile.js'
import type { PodLike } from '../lower/surroundings.js'
import type { Rejection } from './verdict.js'

/**
 * What the gates of a profile say of a pod: those of the plugins that it enables, in their order. A pod with claims whose objects are
 * there can not be judged here: it is never placed, and said not to be supported.
 */
export const gateOf = (pod: PodLike, { preEnqueues }: Profile): Rejection | undefined => {
  for (const plugin of preEnqueues) {
    const reason = gates.get(plugin)?.(pod)
    if (reason !== undefined)
      return { plugin, code: 'UnschedulableAndUnresolvable', reasons: [reason] }
  }
  return undefined
}

type Gate = (pod: PodLike) => string | undefined

const ownGates: Gate = ({ spec: { schedulingGates } }) =>
  schedulingGates.length === 0
    ? undefined
    : `waiting for scheduling gates: [${schedulingGates.map(({ name }) => name).join(' ')}]`

const resourceClaims: Gate = ({ namespace, spec }) => {
  if (spec.resourceClaims.length === 0) return undefined
  const named = spec.resourceClaims.flatMap(({ resourceClaimName }) => resourceClaimName ?? [])
  return named.length > 0
    ? `could not find ResourceClaim "${namespace}/${named[0]}"`
    : 'not supported: resource claims'
}

const gates: ReadonlyMap<string, Gate> = new Map([
  ['SchedulingGates', ownGates],
  ['DynamicResources', resourceClaims],
])
