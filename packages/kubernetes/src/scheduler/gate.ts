/**
 * Finds the PreEnqueue gate that keeps a pod out of the scheduling cycle: a scheduling gate of the
 * pod, or its resource claims.
 *
 * Source: Kubernetes documentation, "Pod Scheduling Readiness" and "Dynamic Resource Allocation".
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { claimsOfPod } from '../device/pod-claims.js'
import type { Profile } from '../plugin/profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Rejection } from './verdict.js'

/**
 * The first gate that holds the pod, in the order of the profile's PreEnqueue plugins; `undefined`
 * when none does.
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

type ClaimsAround = Pick<Surroundings, 'devices'>
type Gate = (pod: PodLike, around: ClaimsAround) => string | undefined

const schedulingGates: Gate = ({ spec }) =>
  spec.schedulingGates.length === 0
    ? undefined
    : `waiting for scheduling gates: [${spec.schedulingGates.map(({ name }) => name).join(' ')}]`

const resourceClaims: Gate = (pod, { devices }) =>
  pipe(
    claimsOfPod(pod, devices),
    E.match(
      (why): string | undefined => why,
      () => undefined,
    ),
  )

const gates: ReadonlyMap<string, Gate> = new Map([
  ['SchedulingGates', schedulingGates],
  ['DynamicResources', resourceClaims],
])
