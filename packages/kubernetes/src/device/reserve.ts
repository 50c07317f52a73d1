/**
 * Reserves devices for a pod that was given a node, so that later pods see them as taken:
 * 1. If a claim exists as an object, it gets the allocation, and the pod is added to its consumers.
 * 2. If a claim does not exist as an object, for example because it is still to be made from a
 *    template, its devices are recorded with the pod.
 */
import type { Draft, NodeId } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { withAllocation, type Devices } from '../surroundings/devices.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { AllocatedDevice, Allocation, ClaimConsumer } from '../words/resource-claim.js'
import { claimsOfPod } from './pod-claims.js'
import { isMetByClass } from './extended.js'
import { judgementFor } from './outcome.js'

/** The devices that a pod reserved when it was placed. */
export interface DeviceReservation {
  /** `namespace/name`; `undefined` for a pod of a template. */
  readonly pod: string | undefined
  readonly consumer: ClaimConsumer
  /** Claims among the objects as `namespace/name`, each with what was allocated now. */
  readonly claims: readonly (readonly [claim: string, allocation: Allocation])[]
  /** Devices of claims that are no objects. */
  readonly devices: readonly AllocatedDevice[]
}

/** The pod's reservation on a node; `undefined` when it needs none or does not fit there. */
export const deviceReservation = (
  draft: Draft,
  pod: PodLike,
  node: NodeId,
  devices: Devices,
): DeviceReservation | undefined => {
  const outcome = judgementFor(draft, pod, devices)?.(node)
  if (outcome?._tag !== 'Allocated' || outcome.claims.length === 0) return undefined
  const { namespace, named } = pod
  const isObject = (one: (typeof outcome.claims)[number]): boolean => one.claim?.isObject === true
  return {
    pod: named === undefined ? undefined : `${namespace}/${named.name}`,
    consumer: { resource: 'pods', name: named?.name, uid: named?.uid },
    claims: outcome.claims
      .filter(isObject)
      .map(({ claim, allocation }) => [claim!.name, allocation] as const),
    devices: outcome.claims
      .filter((one) => !isObject(one))
      .flatMap(({ allocation }) => allocation.devices.results),
  }
}

/** The devices for later pods. A claim that is not there any more is ignored. */
export const withDeviceReservation = (
  devices: Devices,
  { pod, consumer, claims, devices: own }: DeviceReservation,
): Devices => {
  const allocated = claims.reduce<Devices>(
    (known, [claim, allocation]) => withAllocation(known, claim, allocation, consumer),
    devices,
  )
  return own.length === 0
    ? allocated
    : { ...allocated, placed: [...allocated.placed, { pod, devices: own }] }
}

/** Whether two pods like this may compete for the same devices. */
export const promisesDevices = (pod: PodLike, devices: Devices): boolean => {
  const claims = claimsOfPod(pod, devices)
  const isOpen =
    E.isRight(claims) && claims.right.some(({ allocation }) => allocation === undefined)
  return isOpen || isMetByClass(pod, devices)
}
