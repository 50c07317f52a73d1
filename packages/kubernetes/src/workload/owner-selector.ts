/**
 * Adds to each pod the label selector of its controller, which the default topology spread
 * constraints use.
 *
 * Like kube-scheduler, it considers ReplicaSets, StatefulSets and ReplicationControllers, but not
 * their owners. The selectors of the former two count in addition to those of services; that of a
 * ReplicationController is merged over them.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { OwnerReference } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/** The workloads, each pod with the selector of its controller; others are unchanged. */
export const withOwners = <Of extends KubernetesWorkload>(
  workloads: readonly Of[],
  objects: readonly KubernetesObject[],
): readonly Of[] => {
  const selectors = new Map([...selectorsAmong(objects), ...workloads.flatMap(ofWorkload)])
  return workloads.map((workload) => {
    const owner = workload.metadata.ownerReferences.find(({ controller }) => controller === true)
    if (workload.kind !== 'Pod' || owner === undefined) return workload
    return { ...workload, ...selectors.get(titleOfOwner(owner, workload)) }
  })
}

/** The title of the owner; empty when the reference has another API version. */
const titleOfOwner = (
  { apiVersion, kind, name }: OwnerReference,
  { metadata }: KubernetesWorkload,
): string => {
  const version = kind === 'ReplicationController' ? 'v1' : 'apps/v1'
  const isKnown = apiVersion === undefined || apiVersion === version
  return isKnown ? `${kind} ${fullName({ namespace: metadata.namespace, name })}` : ''
}

type Selecting = readonly (readonly [
  title: string,
  selects: Partial<Pick<PodLike, 'ownerSelector' | 'ownerLabels'>>,
])[]

const ofWorkload = (workload: KubernetesWorkload): Selecting =>
  workload.ownerSelector === undefined || workload.kind === 'Deployment'
    ? []
    : [[titleOf(workload), { ownerSelector: workload.ownerSelector }]]

const selectorsAmong = (objects: readonly KubernetesObject[]): Selecting =>
  objects.flatMap((found) =>
    found.kind === 'ReplicationController'
      ? [
          [
            `${found.kind} ${fullName(found.object.metadata)}`,
            { ownerLabels: found.object.spec?.selector },
          ] as const,
        ]
      : [],
  )
