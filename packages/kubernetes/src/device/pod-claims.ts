/**
 * Finds the ResourceClaims of a pod: existing claims by name, and claims that a controller made
 * from a template. For a pod without such claims yet, it builds the claims that the controller
 * would make.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (ResourceClaims and
 * ResourceClaimTemplates).
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Devices } from '../surroundings/devices.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type {
  Allocation,
  PodResourceClaim,
  ResourceClaim,
  ResourceClaimSpec,
} from '../words/resource-claim.js'
import { controllerRefOf } from '../words/metadata.js'

/** A claim of a pod. */
export interface PodDeviceClaim {
  /** Namespace and name, for messages and for looking it up. */
  readonly name: string
  /** Whether the claim is among the objects. */
  readonly isObject: boolean
  readonly spec: ResourceClaimSpec
  readonly allocation: Allocation | undefined
}

/** The claims in the order of the pod's references; a `Left` says why the pod must wait. */
export const claimsOfPod = (
  pod: PodLike,
  devices: Devices,
): E.Either<string, readonly PodDeviceClaim[]> => {
  const claims: PodDeviceClaim[] = []
  for (const reference of pod.spec.resourceClaims) {
    const found = claimOf(pod, reference, devices)
    if (E.isLeft(found)) return found
    for (const one of found.right) claims.push(one)
  }
  return E.right(claims)
}

type FoundClaims = E.Either<string, readonly PodDeviceClaim[]>

const claimOf = (pod: PodLike, reference: PodResourceClaim, devices: Devices): FoundClaims => {
  const { name, resourceClaimName, resourceClaimTemplateName: template } = reference
  if (resourceClaimName !== undefined) return findClaim(pod, resourceClaimName, devices, false)
  if (template === undefined)
    return E.left(
      `${podTitle(pod)}, spec.resourceClaim ${JSON.stringify(name)}: none of the supported fields are set`,
    )
  const made = (pod.resourceClaimStatuses ?? []).find((one) => one.name === name)
  if (made === undefined) return claimToCome(pod, name, template, devices)
  return made.resourceClaimName === undefined
    ? E.right([])
    : findClaim(pod, made.resourceClaimName, devices, true)
}

const podTitle = ({ namespace, named }: PodLike): string =>
  `pod "${namespace}/${named?.name ?? ''}"`

const findClaim = (
  pod: PodLike,
  claimName: string,
  { claims }: Devices,
  isOwned: boolean,
): FoundClaims => {
  const name = `${pod.namespace}/${claimName}`
  const claim = claims.get(name)
  if (claim === undefined) return E.left(`could not find ResourceClaim "${name}"`)
  if (claim.metadata.deletionTimestamp !== undefined)
    return E.left(`resourceclaim "${claimName}" is being deleted`)
  if (isOwned && pod.named !== undefined && !isControlledBy(claim, pod.named))
    return E.left(
      `ResourceClaim ${name} was not created for Pod ${pod.namespace}/${pod.named.name} (Pod is not owner)`,
    )
  const { spec, status } = claim
  return E.right([{ name, isObject: true, spec, allocation: status?.allocation }])
}

/** By the owner's uid, or by name when neither has a uid, as in files written by hand. */
export const isControlledBy = (
  { metadata }: ResourceClaim,
  { name, uid }: NonNullable<PodLike['named']>,
): boolean => {
  const owner = controllerRefOf(metadata)
  return owner?.uid === undefined && uid === undefined ? owner?.name === name : owner?.uid === uid
}

/** The claim that the controller would make; its name ends in letters that nothing depends on. */
const claimToCome = (
  pod: PodLike,
  reference: string,
  template: string,
  { templates }: Devices,
): FoundClaims => {
  const { namespace, named } = pod
  const found = templates.get(`${namespace}/${template}`)
  if (found !== undefined) {
    const name = named === undefined ? `<template ${template}>` : `${named.name}-${reference}`
    const { spec } = found.spec
    return E.right([{ name: `${namespace}/${name}`, isObject: false, spec, allocation: undefined }])
  }
  return E.left(
    named === undefined
      ? `ResourceClaim not created yet: there is no ResourceClaimTemplate "${namespace}/${template}"`
      : `${podTitle(pod)}: ResourceClaim not created yet`,
  )
}
