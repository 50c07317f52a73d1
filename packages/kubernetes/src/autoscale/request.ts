/**
 * Computes what a pod requests of a resource, such as CPU, as a HorizontalPodAutoscaler counts it:
 * 1. If the metric names a container, the request of that container counts.
 * 2. Otherwise, if the pod has pod-level requests, these count.
 * 3. Otherwise, the sum over its containers and sidecars counts.
 *
 * If a request is missing, the whole metric fails.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Amounts } from '../words/amounts.js'
import { isSidecar } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import type { Quantity } from '../words/quantity.js'
import type { MilliRequests, ScaledContainer, ScaledDemand, ScaledPod } from './sample.js'

/** Thousandths of a unit, rounded up as upstream rounds. */
export const milliIn = (quantity: Quantity): bigint =>
  quantity < 0n ? quantity / 1_000_000n : (quantity + 999_999n) / 1_000_000n

/** What a pod of this spec requests. */
export const scaledDemand = ({
  containers,
  initContainers,
  resources,
  overhead,
}: Pick<PodSpec, 'containers' | 'initContainers' | 'resources' | 'overhead'>): ScaledDemand => ({
  containers: [
    ...containers.map((one) => ({ ...scaledContainer(one), role: 'container' as const })),
    ...initContainers.map((one) => ({
      ...scaledContainer(one),
      role: isSidecar(one) ? ('sidecar' as const) : ('init' as const),
    })),
  ],
  podRequests: milliRequests(resources.requests),
  overhead: milliRequests(overhead),
})

const scaledContainer = ({ name, resources }: PodSpec['containers'][number]) => ({
  name,
  requests: milliRequests(resources.requests),
})

const milliRequests = (amounts: Amounts): MilliRequests =>
  new Map([...amounts].map(([name, { quantity }]) => [name, milliIn(quantity)]))

/** The request of a pod in thousandths, or why there is none. */
export const podRequest = (
  pod: Pick<ScaledPod, 'name' | 'demand'>,
  resource: string,
  container: string | undefined,
): E.Either<string, bigint> =>
  container === undefined && hasPodLevelRequests(pod.demand)
    ? podLevelRequest(pod, resource)
    : requestOfContainers(pod, resource, container)

/** Pod-level requests of resources that may have one there. */
const hasPodLevelRequests = ({ podRequests }: ScaledDemand): boolean =>
  [...podRequests.keys()].some(
    (name) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-'),
  )

/** Of a resource that the pod does not name, what its containers request together is taken. */
const podLevelRequest = (
  { name, demand }: Pick<ScaledPod, 'name' | 'demand'>,
  resource: string,
): E.Either<string, bigint> => {
  const stated = demand.podRequests.get(resource) ?? requestTogether(demand, resource)
  const overhead = demand.overhead.get(resource)
  return stated === undefined && overhead === undefined
    ? E.left(`missing pod-level request for ${resource} in Pod ${name}`)
    : E.right((stated ?? 0n) + (overhead ?? 0n))
}

/** The most that runs at once: containers and sidecars, or an init container with those before. */
const requestTogether = ({ containers }: ScaledDemand, resource: string): bigint | undefined => {
  if (!containers.some(({ requests }) => requests.has(resource))) return undefined
  const sumOf = (some: readonly ScaledContainer[]): bigint =>
    some.reduce((sum, { requests }) => sum + (requests.get(resource) ?? 0n), 0n)
  const isBefore = (i: number) => (one: ScaledContainer, j: number) =>
    j === i || (j < i && one.role === 'sidecar')
  const running = sumOf(containers.filter(({ role }) => role !== 'init'))
  const starting = containers.map(({ role }, i) =>
    role === 'init' ? sumOf(containers.filter(isBefore(i))) : 0n,
  )
  return starting.reduce((most, one) => (one > most ? one : most), running)
}

const requestOfContainers = (
  { name: pod, demand }: Pick<ScaledPod, 'name' | 'demand'>,
  resource: string,
  container: string | undefined,
): E.Either<string, bigint> => {
  let sum = 0n
  for (const { name, role, requests } of demand.containers) {
    if (role === 'init' || (container !== undefined && container !== name)) continue
    const request = requests.get(resource)
    if (request === undefined)
      return E.left(`missing request for ${resource} in container ${name} of Pod ${pod}`)
    sum += request
    if (container === name) return E.right(sum)
  }
  return container === undefined
    ? E.right(sum)
    : E.left(`container ${container} not found in Pod ${pod}`)
}
