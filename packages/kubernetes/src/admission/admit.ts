/**
 * Applies the defaults and the validation that the API server applies to a pod spec at admission,
 * before the scheduler sees it. Defaulting is idempotent, so objects that come from an API server
 * pass unchanged.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" (a limit without
 * a request is also the request; nothing finer than 1m is kept), the API reference of
 * PodSpec.hostNetwork (each container port is also the host port), and KEP-2837 (what pod-level
 * resources leave out).
 */
import { amountMax, type Malformed } from '@stowage/kernel'
import { atPodLevel, containersTogether, plain, podRequests } from '../demand/requests.js'
import { podHolds, type Holding } from '../demand/resized.js'
import { scoredLoad, scoredRequest, scoredResources } from '../demand/scored.js'
import { amountIn, type Amounts } from '../words/amounts.js'
import type { Container, ContainerPort, Resources } from '../words/container.js'
import type { Labels } from '../words/label-selector.js'
import type { PodSpec } from '../words/pod.js'
import { inMilli, milliOf, wholeOf, type Quantity } from '../words/quantity.js'
import { wrongNodeSelection } from './node-affinity.js'
import { wrongInPod } from './pod.js'
import { wrongResources } from './resources.js'
import { wrongTolerations } from './tolerations.js'
import { withLabelKeys, wrongTopology } from './topology.js'
import { unless, type At } from './unless.js'

/** Fills in the defaults that affect scheduling, in the spec of a pod with these labels. */
export const withPodDefaults = (spec: PodSpec, labels: Labels): PodSpec => {
  const container = (one: Container): Container => ({
    ...one,
    resources: requestsFromLimits(inWholeMilli(one.resources)),
    ports: spec.hostNetwork === true ? one.ports.map(onHost) : one.ports,
  })
  const filled = {
    ...spec,
    containers: spec.containers.map(container),
    initContainers: spec.initContainers.map(container),
    overhead: keptAmounts(spec.overhead),
    affinity: spec.affinity && {
      ...spec.affinity,
      podAffinity: withLabelKeys(spec.affinity.podAffinity, labels),
      podAntiAffinity: withLabelKeys(spec.affinity.podAntiAffinity, labels),
    },
  }
  return { ...filled, resources: podResources(filled) }
}

const keptAmounts = (amounts: Amounts): Amounts =>
  new Map(
    [...amounts].map(([resource, { text, quantity }]) => [
      resource,
      { text, quantity: inMilli(quantity) },
    ]),
  )

const inWholeMilli = ({ requests, limits }: Resources): Resources => ({
  requests: keptAmounts(requests),
  limits: keptAmounts(limits),
})

const requestsFromLimits = ({ requests, limits }: Resources): Resources => ({
  requests: new Map([...limits, ...requests]),
  limits,
})

/** A host port of 0 means that none was set. */
const onHost = (port: ContainerPort): ContainerPort => ({
  ...port,
  hostPort: port.hostPort === undefined || port.hostPort === 0 ? port.containerPort : port.hostPort,
})

/**
 * Completes the requests of pod-level resources: with the sums of the containers' requests, or else
 * with the pod-level limits.
 */
const podResources = (spec: PodSpec): Resources => {
  const { requests, limits } = inWholeMilli(spec.resources)
  if (requests.size === 0 && limits.size === 0) return spec.resources
  const together = containersTogether(spec, ({ resources }) => plain(resources.requests))
  const summed = [...together]
    .filter(([resource]) => resource === 'cpu' || resource === 'memory')
    .map(([resource, quantity]) => [resource, summedAmount(resource, quantity)] as const)
  const limited = [...limits].filter(([resource]) => atPodLevel(resource))
  return { requests: new Map([...limited, ...summed, ...requests]), limits }
}

const summedAmount = (resource: string, quantity: Quantity) => ({
  text: resource === 'cpu' ? `${milliOf(quantity)}m` : String(wholeOf(quantity)),
  quantity,
})

/**
 * All errors that the API server finds in a spec with defaults, and sums that are too large to
 * count.
 */
export const contradictions = (
  { spec, status }: Holding,
  at: At,
  labels: Labels,
): readonly Malformed[] => [
  ...wrongInPod(spec, at),
  ...wrongTolerations(spec, at),
  ...wrongNodeSelection(spec, at),
  ...wrongResources(spec, at),
  ...spec.containers.flatMap((one, i) => aboveLimit(one.resources, [...at, 'containers', i])),
  ...spec.initContainers.flatMap((one, i) =>
    aboveLimit(one.resources, [...at, 'initContainers', i]),
  ),
  ...aboveLimit(spec.resources, at),
  ...wrongSums({ spec, status }, at),
  ...wrongTopology(spec, at, labels),
]

const aboveLimit = ({ requests, limits }: Resources, at: At): readonly Malformed[] =>
  [...requests].flatMap(([resource, request]) => {
    const limit = limits.get(resource)
    return unless(
      limit === undefined || request.quantity <= limit.quantity,
      [...at, 'resources', 'requests', resource],
      request.text,
      `at most its limit, ${limit?.text ?? ''}`,
    )
  })

/**
 * Checks the sums of what the pod requests, of what it holds, and of what it is scored with, which
 * pod-level resources do not bound.
 */
const wrongSums = (pod: Holding, at: At): readonly Malformed[] => {
  const sums = [
    ...podRequests(pod.spec),
    ...podHolds(pod),
    ...scoredResources.map((resource) => [resource, scoredRequest(pod.spec, resource)] as const),
    ...scoredResources.map((resource) => [resource, scoredLoad(pod, resource)] as const),
  ]
  const large = sums.filter(([resource, quantity]) => amountIn(resource, quantity) > amountMax)
  return [...new Set(large.map(([resource]) => resource))].map((resource) => ({
    at: [...at, 'containers'],
    found: `${resource} that sums up to 2^53/100 or more`,
    expected: 'a sum below 2^53/100 of the smallest unit',
  }))
}

/**
 * Requests that are below their limits: on a node cut to the requests, the rest of the limit is
 * never available.
 */
export const requestsBelowLimits = (
  spec: PodSpec,
): readonly { readonly resource: string; readonly request: string; readonly limit: string }[] =>
  [...spec.initContainers, ...spec.containers, spec].flatMap(({ resources }) =>
    requestsBelow(resources.requests, resources.limits),
  )

const requestsBelow = (requests: Amounts, limits: Amounts) =>
  [...limits].flatMap(([resource, limit]) => {
    const request = requests.get(resource)
    return request !== undefined && request.quantity < limit.quantity
      ? [{ resource, request: request.text, limit: limit.text }]
      : []
  })
