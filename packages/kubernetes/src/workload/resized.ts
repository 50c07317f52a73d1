/**
 * What a running pod holds, which is not what its spec says while it is being resized: of each container the most of what is asked
 * for, what is set aside and what is in effect; without what is asked for, when the kubelet has found that it never can be.
 *
 * Source: Kubernetes documentation, "Resize CPU and Memory Resources assigned to Containers".
 */
import type { Amounts } from '../words/amounts.js'
import { isSidecar, type Container } from '../words/container.js'
import type { ContainerStatus, Pod, PodSpec } from '../words/pod.js'

/** The pod's spec, with what its containers hold as what they request. */
export const resized = ({ spec, status }: Pod): PodSpec => {
  if (status === undefined) return spec
  const isInfeasible = status.conditions.some(
    ({ type, status: holds, reason }) =>
      type === 'PodResizePending' && holds === 'True' && reason === 'Infeasible',
  )
  const among =
    (statuses: readonly ContainerStatus[]) =>
    (container: Container): Container => {
      const found = statuses.find(({ name }) => name === container.name)
      return found?.resources === undefined ? container : holding(container, found, isInfeasible)
    }
  const ofInit = among(status.initContainerStatuses)
  return {
    ...spec,
    containers: spec.containers.map(among(status.containerStatuses)),
    initContainers: spec.initContainers.map((one) => (isSidecar(one) ? ofInit(one) : one)),
  }
}

const holding = (
  container: Container,
  { resources, allocatedResources }: ContainerStatus,
  isInfeasible: boolean,
): Container => {
  const asked = isInfeasible ? [] : [container.resources.requests]
  const inEffect = resources === undefined ? [] : [resources.requests]
  const requests = [...asked, ...inEffect, allocatedResources].reduce(most)
  return { ...container, resources: { ...container.resources, requests } }
}

const most = (one: Amounts, other: Amounts): Amounts =>
  new Map([
    ...one,
    ...[...other].filter(
      ([resource, { quantity }]) => quantity > (one.get(resource)?.quantity ?? -1n),
    ),
  ])
