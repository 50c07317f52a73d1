/**
 * Sums the resources that an existing pod holds, which differ from its spec during an in-place
 * resize. For each resource it takes the largest of three sums over the containers:
 * 1. requested (left out when the kubelet reports the resize as infeasible);
 * 2. set aside by the kubelet;
 * 3. in effect.
 *
 * Source: Kubernetes documentation, "Resize CPU and Memory Resources assigned to Containers" and
 * "Resize CPU and Memory Resources assigned to Pods".
 */
import type { Amounts } from '../words/amounts.js'
import type { Container } from '../words/container.js'
import type { ContainerStatus, PodSpec, PodStatus } from '../words/pod.js'
import { add, larger } from '../words/quantity.js'
import {
  containersTogether,
  mergeRequests,
  plain,
  podLevel,
  podLevelRequests,
  type Requests,
} from './requests.js'

/** A pod with its status; without a status it holds its requests. */
export interface PodWithStatus {
  readonly spec: PodSpec
  readonly status?: PodStatus | undefined
}

/** The total that a pod holds. */
export const podHolds = (pod: PodWithStatus): Requests => {
  const replaced = new Map([...containersHold(pod, (requests) => requests), ...podLevelHolds(pod)])
  return mergeRequests(replaced, plain(pod.spec.overhead), add)
}

/** Turns the requests that a container states into those that count for it. */
type ContainerDemand = (requests: Requests) => Requests

/**
 * What the containers hold together. If the status reports this for the whole pod, the status of
 * each container is not read.
 */
export const containersHold = (
  { spec, status }: PodWithStatus,
  taken: ContainerDemand,
): Requests => {
  const sum = (of: (container: Container) => Amounts | undefined) =>
    containersTogether(spec, (container) => taken(plain(of(container) ?? noAmounts)))
  const requests = sum(({ resources }) => resources.requests)
  if (status === undefined) return requests
  const held = ofWhole(status) ?? [heldAside, inEffect].map((of) => sum(of(status)))
  return (isInfeasible(status) ? held : [requests, ...held]).reduce(largerRequests)
}

const noAmounts: Amounts = new Map()

const largerRequests = (one: Requests, other: Requests): Requests =>
  mergeRequests(one, other, larger)

const ofWhole = ({ allocatedResources, resources }: PodStatus): readonly Requests[] | undefined =>
  allocatedResources === undefined || resources?.requests === undefined
    ? undefined
    : [allocatedResources, resources.requests].map(plain)

/**
 * Amounts that were never reported as set aside or in effect are taken from the spec, unless the
 * resize is infeasible.
 */
const heldAside =
  (status: PodStatus) =>
  (container: Container): Amounts | undefined =>
    statusOf(container, status)?.allocatedResources ??
    (isInfeasible(status) ? undefined : container.resources.requests)

const inEffect =
  (status: PodStatus) =>
  (container: Container): Amounts | undefined =>
    statusOf(container, status)?.resources?.requests ?? heldAside(status)(container)

const statusOf = ({ name }: Container, status: PodStatus): ContainerStatus | undefined =>
  [...status.containerStatuses, ...status.initContainerStatuses].find((one) => one.name === name)

/** Only the first condition of this type counts, whatever its status. */
const isInfeasible = ({ conditions }: PodStatus): boolean =>
  conditions.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible'

/** Pod-level resources count only if the spec has some, whatever the status reports. */
const podLevelHolds = ({ spec, status }: PodWithStatus): Requests => {
  const requests = podLevelRequests(spec)
  if (requests.size === 0 || status?.resources === undefined) return requests
  const held = [status.resources.requests ?? noAmounts, status.allocatedResources ?? noAmounts].map(
    podLevel,
  )
  return (isInfeasible(status) ? held : [requests, ...held]).reduce(largerRequests)
}
