/**
 * What a pod that is there holds, which is not what its spec says while it is being resized: of
 * each resource the most of three sums over its containers, namely what is asked for, what its node
 * has set aside and what is in effect; without what is asked for, when the kubelet has found that
 * it never can be.
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
  merged,
  plain,
  podLevel,
  podLevelRequests,
  type Requests,
} from './requests.js'

/** A pod as its node has it; one that has no status yet holds what it asks for. */
export interface Holding {
  readonly spec: PodSpec
  readonly status?: PodStatus | undefined
}

export const podHolds = (pod: Holding): Requests => {
  const replaced = new Map([...containersHold(pod, (requests) => requests), ...podLevelHolds(pod)])
  return merged(replaced, plain(pod.spec.overhead), add)
}

/** What one container is taken to request, when it says so much. */
type Taken = (requests: Requests) => Requests

/**
 * The status of the whole pod, where there is one, says already what its containers hold together.
 */
export const containersHold = ({ spec, status }: Holding, taken: Taken): Requests => {
  const sum = (of: (container: Container) => Amounts | undefined) =>
    containersTogether(spec, (container) => taken(plain(of(container) ?? none)))
  const asked = sum(({ resources }) => resources.requests)
  if (status === undefined) return asked
  const held = ofWhole(status) ?? [setAside, inEffect].map((of) => sum(of(status)))
  return (isInfeasible(status) ? held : [asked, ...held]).reduce(most)
}

const none: Amounts = new Map()

const most = (one: Requests, other: Requests): Requests => merged(one, other, larger)

const ofWhole = ({ allocatedResources, resources }: PodStatus): readonly Requests[] | undefined =>
  allocatedResources === undefined || resources?.requests === undefined
    ? undefined
    : [allocatedResources, resources.requests].map(plain)

/**
 * Of what was never said to be set aside or in effect, the spec is believed, unless that never can
 * be.
 */
const setAside =
  (status: PodStatus) =>
  (container: Container): Amounts | undefined =>
    statusOf(container, status)?.allocatedResources ??
    (isInfeasible(status) ? undefined : container.resources.requests)

const inEffect =
  (status: PodStatus) =>
  (container: Container): Amounts | undefined =>
    statusOf(container, status)?.resources?.requests ?? setAside(status)(container)

const statusOf = ({ name }: Container, status: PodStatus): ContainerStatus | undefined =>
  [...status.containerStatuses, ...status.initContainerStatuses].find((one) => one.name === name)

/** The first such condition counts, whether or not it holds. */
const isInfeasible = ({ conditions }: PodStatus): boolean =>
  conditions.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible'

/** Pod-level resources are looked at where the spec has some, whatever the status says. */
const podLevelHolds = ({ spec, status }: Holding): Requests => {
  const asked = podLevelRequests(spec)
  if (asked.size === 0 || status?.resources === undefined) return asked
  const held = [status.resources.requests ?? none, status.allocatedResources ?? none].map(podLevel)
  return (isInfeasible(status) ? held : [asked, ...held]).reduce(most)
}
