/**
 * Sums the cpu and memory requests of a pod as scores count them. A container without a request
 * counts as if it requested 100m of cpu or 200Mi of memory, so that pods without requests spread,
 * too. An explicit 0 stays 0.
 */
import type { PodSpec } from '../words/pod.js'
import { add, parseQuantity, zero, type Quantity } from '../words/quantity.js'
import { podLevelRequests } from './requests.js'
import { containersHold, podHolds, type PodWithStatus } from './resized.js'

const defaultRequests: ReadonlyMap<string, Quantity> = new Map(
  (
    [
      ['cpu', '100m'],
      ['memory', '200Mi'],
    ] as const
  ).map(([resource, text]) => [resource, parseQuantity(text) ?? zero]),
)

/** The resources with such a default request. */
export const scoredResources = ['cpu', 'memory'] as const
export type ScoredResource = (typeof scoredResources)[number]
/** Whether a resource has such a default request. */
export const isScored = (resource: string): resource is ScoredResource =>
  resource === 'cpu' || resource === 'memory'

/**
 * The request with which an incoming pod is scored. It ignores pod-level resources, as in
 * kube-scheduler.
 */
export const scoredRequest = (spec: PodSpec, resource: ScoredResource): Quantity =>
  scoredTogether({ spec }, resource)

/**
 * What a placed pod adds to the scored sum of its node. It includes pod-level resources, as in
 * kube-scheduler.
 */
export const scoredLoad = (pod: PodWithStatus, resource: ScoredResource): Quantity =>
  (podLevelRequests(pod.spec).size === 0 ? undefined : podHolds(pod).get(resource)) ??
  scoredTogether(pod, resource)

const scoredTogether = (pod: PodWithStatus, resource: ScoredResource): Quantity => {
  const held = containersHold(
    pod,
    (requests) =>
      new Map([[resource, requests.get(resource) ?? defaultRequests.get(resource) ?? zero]]),
  )
  return add(held.get(resource) ?? zero, pod.spec.overhead.get(resource)?.quantity ?? zero)
}
