/**
 * What keeps a pod from being looked at at all.
 *
 * Source: Kubernetes documentation, "Pod Scheduling Readiness" and "Dynamic Resource Allocation".
 */
import type { Profile } from '../plugin/profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { PodResourceClaim } from '../words/resource-claim.js'
import type { Rejection } from './verdict.js'

/**
 * What the gates of a profile say of a pod: those of the plugins that it enables, in their order. A
 * pod whose claims are there can not be judged here: it is never placed, and said not to be
 * supported.
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
  const waits = pod.spec.resourceClaims.flatMap((asked) => waitsFor(pod, asked, around) ?? [])
  return waits.find((why) => why !== unsupported) ?? waits[0]
}

const unsupported = 'not supported: resource claims'

/** Nothing for what turned out to need no claim. */
const waitsFor = (
  { namespace, named, resourceClaimStatuses = [] }: PodLike,
  asked: PodResourceClaim,
  around: ClaimsAround,
): string | undefined => {
  const made = resourceClaimStatuses.find(({ name }) => name === asked.name)
  const claim = asked.resourceClaimName ?? made?.resourceClaimName
  if (claim === undefined)
    return made === undefined
      ? `pod "${namespace}/${named?.name ?? ''}": ResourceClaim not created yet`
      : undefined
  const name = `${namespace}/${claim}`
  return around.resourceClaims.has(name) ? unsupported : `could not find ResourceClaim "${name}"`
}

const gates: ReadonlyMap<string, Gate> = new Map([
  ['SchedulingGates', schedulingGates],
  ['DynamicResources', resourceClaims],
])
