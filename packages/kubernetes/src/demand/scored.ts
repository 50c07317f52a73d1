/**
 * The requests as the scorer sees them: a container that does not name cpu or memory counts as if
 * it asked for a little, so that pods without requests still spread. An explicit 0 stays 0.
 *
 * Two sums differ upstream where pod-level resources are used: what an incoming pod is scored with
 * ignores them, what a placed pod adds to its node does not.
 */
import type { PodSpec } from '../words/pod.js'
import { add, parseQuantity, zero, type Quantity } from '../words/quantity.js'
import { podLevelRequests } from './requests.js'
import { containersHold, podHolds, type Holding } from './resized.js'

const defaults: ReadonlyMap<string, Quantity> = new Map(
  (
    [
      ['cpu', '100m'],
      ['memory', '200Mi'],
    ] as const
  ).map(([resource, text]) => [resource, parseQuantity(text) ?? zero]),
)

/** The resources that are scored so. */
export const scoredResources = ['cpu', 'memory'] as const
export type ScoredResource = (typeof scoredResources)[number]
export const isScored = (resource: string): resource is ScoredResource =>
  resource === 'cpu' || resource === 'memory'

/** What the incoming pod is scored with. */
export const scoredRequest = (spec: PodSpec, resource: ScoredResource): Quantity =>
  scoredTogether({ spec }, resource)

/** What a placed pod adds to its node's scored sum. */
export const scoredLoad = (pod: Holding, resource: ScoredResource): Quantity =>
  (podLevelRequests(pod.spec).size === 0 ? undefined : podHolds(pod).get(resource)) ??
  scoredTogether(pod, resource)

const scoredTogether = (pod: Holding, resource: ScoredResource): Quantity => {
  const held = containersHold(
    pod,
    (requests) => new Map([[resource, requests.get(resource) ?? defaults.get(resource) ?? zero]]),
  )
  return add(held.get(resource) ?? zero, pod.spec.overhead.get(resource)?.quantity ?? zero)
}
