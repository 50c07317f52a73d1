/**
 * Finds the PreEnqueue gate that keeps a pod out of the scheduling cycle, before any node is
 * judged: a scheduling gate of the pod, or its resource claims.
 *
 * Source: Kubernetes documentation, "Pod Scheduling Readiness" and "Dynamic Resource Allocation".
 */
import type { Profile } from '../plugin/profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { PodResourceClaim } from '../words/resource-claim.js'
import type { Rejection } from './verdict.js'

/**
 * The first gate that holds the pod, in the order of the profile's PreEnqueue plugins; `undefined`
 * when none does. A pod whose resource claims exist is held as well, as unsupported: devices are
 * not modelled here.
 */
export const gateOf = (
  pod: PodLike,
  { preEnqueues }: Pick<Profile, 'preEnqueues'>,
  around: ClaimsAround,
): Rejection | undefined => {
  for (const plugin of preEnqueues) {
    const reason = gates.get(plugin)?.(pod, around)
    if (reason !== undefined)
      return { plugin, code: 'UnschedulableAndUnresolvable', reasons: [reason] }
  }
  return undefined
}

type ClaimsAround = Pick<Surroundings, 'resourceClaims'>
type Gate = (pod: PodLike, around: ClaimsAround) => string | undefined

const schedulingGates: Gate = ({ spec }) =>
  spec.schedulingGates.length === 0
    ? undefined
    : `waiting for scheduling gates: [${spec.schedulingGates.map(({ name }) => name).join(' ')}]`

const resourceClaims: Gate = (pod, around) => {
  const waits = pod.spec.resourceClaims.flatMap(
    (reference) => waitsFor(pod, reference, around) ?? [],
  )
  return waits.find((why) => why !== unsupportedClaims) ?? waits[0]
}

const unsupportedClaims = 'not supported: resource claims'

/** Why the pod waits for this claim; `undefined` when its status says that no claim is needed. */
const waitsFor = (
  { namespace, named, resourceClaimStatuses = [] }: PodLike,
  reference: PodResourceClaim,
  around: ClaimsAround,
): string | undefined => {
  const made = resourceClaimStatuses.find(({ name }) => name === reference.name)
  const claim = reference.resourceClaimName ?? made?.resourceClaimName
  if (claim === undefined)
    return made === undefined
      ? `pod "${namespace}/${named?.name ?? ''}": ResourceClaim not created yet`
      : undefined
  const name = `${namespace}/${claim}`
  return around.resourceClaims.has(name)
    ? unsupportedClaims
    : `could not find ResourceClaim "${name}"`
}

const gates: ReadonlyMap<string, Gate> = new Map([
  ['SchedulingGates', schedulingGates],
  ['DynamicResources', resourceClaims],
])
