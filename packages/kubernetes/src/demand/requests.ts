/**
 * What a pod requests in all: exact sums per resource, rounded only by who reads them.
 *
 * Containers and sidecars run together, so they add up; init containers run one after another, each
 * beside the sidecars that were started before it, so the largest of these moments counts.
 * Pod-level resources replace what the containers say of cpu, memory and huge pages; overhead comes
 * on top.
 *
 * Source: Kubernetes documentation, "Sidecar Containers" (resource sharing within containers),
 * "Init Containers", "Pod Overhead".
 */
import type { Amounts } from '../words/amounts.js'
import { isSidecar, type Container } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import { add, larger, zero, type Quantity } from '../words/quantity.js'

export type Requests = ReadonlyMap<string, Quantity>

/** What one container requests. */
type OfContainer = (container: Container) => Requests

export const plain = (amounts: Amounts): Requests =>
  new Map([...amounts].map(([resource, { quantity }]) => [resource, quantity]))

export const merged = (
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

/** The containers together: the larger of what runs in the end and of every moment of the start. */
export const containersTogether = (spec: PodSpec, of: OfContainer): Requests => {
  const none: Requests = new Map()
  let sidecars = none
  let starting = none
  for (const container of spec.initContainers) {
    const beside = merged(of(container), sidecars, add)
    if (isSidecar(container)) sidecars = beside
    starting = merged(starting, beside, larger)
  }
  const running = spec.containers.reduce((sum, one) => merged(sum, of(one), add), sidecars)
  return merged(running, starting, larger)
}

/** Whether pod-level resources may name it. */
export const atPodLevel = (resource: string): boolean =>
  resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')

export const podLevel = (amounts: Amounts): Requests =>
  new Map([...plain(amounts)].filter(([resource]) => atPodLevel(resource)))

export const podLevelRequests = (spec: PodSpec): Requests => podLevel(spec.resources.requests)

export const podRequests = (spec: PodSpec): Requests => {
  const together = containersTogether(spec, ({ resources }) => plain(resources.requests))
  const replaced = new Map([...together, ...podLevelRequests(spec)])
  return merged(replaced, plain(spec.overhead), add)
}
