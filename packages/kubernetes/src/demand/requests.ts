/**
 * Sums the resource requests of a pod, exactly and per resource:
 * 1. The largest sum at any moment counts: of all containers and sidecars together, or of an init
 *    container and the sidecars that were started before it.
 * 2. For cpu, memory and huge pages, pod-level resources replace this sum.
 * 3. The overhead is added last.
 *
 * The caller rounds the sums.
 *
 * Source: Kubernetes documentation, "Sidecar Containers" (resource sharing within containers),
 * "Init Containers", "Pod Overhead".
 */
import type { Amounts } from '../words/amounts.js'
import { isSidecar, type Container } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import { add, larger, zero, type Quantity } from '../words/quantity.js'

/** Quantities by resource name. */
export type Requests = ReadonlyMap<string, Quantity>

/** Returns the requests of one container. */
type OfContainer = (container: Container) => Requests

/** The quantities of amounts, without their texts. */
export const plain = (amounts: Amounts): Requests =>
  new Map([...amounts].map(([resource, { quantity }]) => [resource, quantity]))

/** Combines two maps resource by resource; an absent resource counts as zero. */
export const mergeRequests = (
  one: Requests,
  other: Requests,
  merge: (a: Quantity, b: Quantity) => Quantity,
): Requests =>
  new Map(
    [...new Set([...one.keys(), ...other.keys()])].map((resource) => [
      resource,
      merge(one.get(resource) ?? zero, other.get(resource) ?? zero),
    ]),
  )

/**
 * The sum over the containers: the larger of what runs in the end and of every moment of the start.
 */
export const containersTogether = (spec: PodSpec, of: OfContainer): Requests => {
  const none: Requests = new Map()
  let sidecars = none
  let starting = none
  for (const container of spec.initContainers) {
    const beside = mergeRequests(of(container), sidecars, add)
    if (isSidecar(container)) sidecars = beside
    starting = mergeRequests(starting, beside, larger)
  }
  const running = spec.containers.reduce((sum, one) => mergeRequests(sum, of(one), add), sidecars)
  return mergeRequests(running, starting, larger)
}

/** Whether pod-level resources may name this resource. */
export const atPodLevel = (resource: string): boolean =>
  resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')

/** The amounts that are valid at pod level. */
export const podLevel = (amounts: Amounts): Requests =>
  new Map([...plain(amounts)].filter(([resource]) => atPodLevel(resource)))

/** The pod-level requests of a spec. */
export const podLevelRequests = (spec: PodSpec): Requests => podLevel(spec.resources.requests)

/** A pod's total requests. */
export const podRequests = (spec: PodSpec): Requests => {
  const together = containersTogether(spec, ({ resources }) => plain(resources.requests))
  const replaced = new Map([...together, ...podLevelRequests(spec)])
  return mergeRequests(replaced, plain(spec.overhead), add)
}
