/**
 * What the API server does to a pod's spec before the scheduler sees it: fills in what was left out, and refuses what contradicts
 * itself. Doing it twice is doing it once, so objects that come from an API server pass unchanged.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" (a limit without a request is also the
 * request) and the API reference of PodSpec.hostNetwork (each container port is also the host port).
 */
import { amountMost, shown, type Malformed } from '@stowage/kernel'
import { podRequests } from '../lower/requests.js'
import { amountIn, type Amounts } from '../words/amounts.js'
import type { Container, Resources } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'

type At = readonly (string | number)[]

/** The spec with the defaults that matter to scheduling. */
export const withDefaults = (spec: PodSpec): PodSpec => {
  const container = (one: Container): Container => ({
    ...one,
    resources: requestsFromLimits(one.resources),
    ports:
      spec.hostNetwork === true
        ? one.ports.map((port) => ({ ...port, hostPort: port.hostPort ?? port.containerPort }))
        : one.ports,
  })
  return {
    ...spec,
    containers: spec.containers.map(container),
    initContainers: spec.initContainers.map(container),
    resources: requestsFromLimits(spec.resources),
  }
}

const requestsFromLimits = ({ requests, limits }: Resources): Resources => ({
  requests: new Map([...limits, ...requests]),
  limits,
})

/** All that contradicts itself in a spec: requests above their limits, and sums that are too large to count. */
export const contradictions = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...spec.containers.flatMap((one, i) => aboveLimit(one.resources, [...at, 'containers', i])),
  ...spec.initContainers.flatMap((one, i) =>
    aboveLimit(one.resources, [...at, 'initContainers', i]),
  ),
  ...aboveLimit(spec.resources, at),
  ...tooLarge(spec, at),
]

const aboveLimit = ({ requests, limits }: Resources, at: At): readonly Malformed[] =>
  [...requests].flatMap(([resource, request]) => {
    const limit = limits.get(resource)
    if (limit === undefined || request.quantity <= limit.quantity) return []
    return [
      {
        at: [...at, 'resources', 'requests', resource],
        found: shown(request.text),
        expected: `at most its limit, ${limit.text}`,
      },
    ]
  })

const tooLarge = (spec: PodSpec, at: At): readonly Malformed[] =>
  [...podRequests(spec)]
    .filter(([resource, quantity]) => amountIn(resource, quantity) > amountMost)
    .map(([resource]) => ({
      at: [...at, 'containers'],
      found: `${resource} that sums up to 2^53/100 or more`,
      expected: 'a sum below 2^53/100 of the smallest unit',
    }))

/** Limits above requests: on a node cut to the requests, the rest is never there. */
export const requestsBelowLimits = (
  spec: PodSpec,
): readonly { readonly resource: string; readonly request: string; readonly limit: string }[] =>
  spec.containers.flatMap(({ resources }) => below(resources.requests, resources.limits))

const below = (requests: Amounts, limits: Amounts) =>
  [...limits].flatMap(([resource, limit]) => {
    const request = requests.get(resource)
    return request !== undefined && request.quantity < limit.quantity
      ? [{ resource, request: request.text, limit: limit.text }]
      : []
  })
