/**
 * Converts a pod's requests for extended resources, such as `example.com/gpu: 2`, to requests for
 * devices, if a DeviceClass provides the resource: one request per container and resource. An init
 * container that ends before others start shares its devices with the containers after it.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (extended resource allocation by
 * DRA); kube-scheduler (names and order of the requests).
 */
import { byCodeUnit } from '@stowage/kernel'
import { podRequests } from '../demand/requests.js'
import { isExtended } from '../demand/resource.js'
import type { Devices } from '../surroundings/devices.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { isSidecar, type Container } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import { wholeOf } from '../words/quantity.js'
import type { DeviceRequest, ResourceClaim } from '../words/resource-claim.js'

const classPrefix = 'deviceclass.resource.kubernetes.io/'

/** The extended resources that a pod requests, by whether a class could meet them. */
export const extendedResources = (spec: PodSpec): readonly string[] =>
  [...podRequests(spec)]
    .filter(([name, quantity]) => quantity > 0n && mayBeMet(name))
    .map(([name]) => name)
    .sort(byCodeUnit)

/** Whether a DeviceClass may meet a resource of this name. */
export const mayBeMet = (resource: string): boolean =>
  isExtended(resource) || resource.startsWith(classPrefix)

/** Whether some class meets a resource that the pod requests. */
export const isMetByClass = ({ spec }: PodLike, { classOf }: Devices): boolean =>
  classOf.size > 0 && extendedResources(spec).some((resource) => classOf.has(resource))

const extendedAnnotation = 'resource.kubernetes.io/extended-resource-claim'

/** The claim that the scheduler made in an earlier cycle for the extended resources of the pod. */
export const earlierClaim = ({ named }: PodLike, { claims }: Devices): ResourceClaim | undefined =>
  named === undefined
    ? undefined
    : [...claims.values()].find(
        ({ metadata }) =>
          metadata.annotations.get(extendedAnnotation) === 'true' &&
          metadata.ownerReferences.some(
            (owner) =>
              owner.controller === true && owner.name === named.name && owner.uid === named.uid,
          ),
      )

/** The requests for these resources, ordered by name. */
export const requestsFor = (
  { initContainers, containers }: PodSpec,
  resources: readonly string[],
  { classOf }: Devices,
): readonly DeviceRequest[] => {
  const all = [...initContainers, ...containers]
  const isBrief = (container: Container, i: number): boolean =>
    i < initContainers.length && !isSidecar(container)
  return resources
    .flatMap((resource) => {
      const className = classOf.get(resource)?.metadata.name
      if (className === undefined) return []
      const lasting = all.map((container, i) =>
        isBrief(container, i) ? undefined : containerRequest(container, i, resource, className, []),
      )
      const brief = all
        .flatMap((container, i) =>
          isBrief(container, i)
            ? (containerRequest(container, i, resource, className, lasting.slice(i)) ?? [])
            : [],
        )
        .reduce<
          DeviceRequest | undefined
        >((most, one) => (most === undefined || countOf(most) < countOf(one) ? one : most), undefined)
      return [brief, ...lasting].flatMap((one) => one ?? [])
    })
    .sort((a, b) => byCodeUnit(a.name, b.name))
}

const countOf = ({ exactly }: DeviceRequest): number => exactly?.count ?? 0

/** The request of a container for what it cannot share; `undefined` when it needs no more. */
const containerRequest = (
  { resources: { requests } }: Container,
  container: number,
  resource: string,
  deviceClassName: string,
  shared: readonly (DeviceRequest | undefined)[],
): DeviceRequest | undefined => {
  const amount = requests.get(resource)
  const total = amount === undefined ? 0 : wholeOf(amount.quantity)
  const count = total - shared.reduce((sum, one) => sum + (one === undefined ? 0 : countOf(one)), 0)
  if (total === 0 || count <= 0) return undefined
  const position = [...requests.keys()].sort(byCodeUnit).indexOf(resource)
  return {
    name: `container-${container}-request-${position}`,
    exactly: {
      ...{ deviceClassName, count, allocationMode: 'ExactCount', adminAccess: undefined },
      ...{ selectors: [], tolerations: [], capacity: undefined },
    },
    firstAvailable: [],
  }
}
