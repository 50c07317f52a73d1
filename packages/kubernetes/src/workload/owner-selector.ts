/**
 * Adds to each pod the label selector of its controller, which the default topology spread
 * constraints use. As in kube-scheduler, the controller may be a ReplicaSet, a StatefulSet or a
 * ReplicationController. The selector of a Deployment that owns the ReplicaSet is not used.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { Labels } from '../words/label-selector.js'
import { controllerRefOf, type OwnerReference } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import type { ReplicationController } from '../words/workload.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/**
 * The workloads, each pod with the selector of its controller; others are unchanged.
 *
 * The selector of a ReplicaSet or a StatefulSet is required in addition to those of services; that
 * of a ReplicationController is merged over those of services, so that its value of a key wins.
 */
export const withOwners = <Of extends KubernetesWorkload>(
  workloads: readonly Of[],
  objects: readonly KubernetesObject[],
): readonly Of[] => {
  const selectors = new Map([...selectorsAmong(objects), ...workloads.flatMap(ofWorkload)])
  return workloads.map((workload) => {
    const owner = controllerRefOf(workload.metadata)
    if (workload.kind !== 'Pod' || owner === undefined) return workload
    const { ownerSelector, ownerLabels } = selectors.get(titleOfOwner(owner, workload)) ?? {}
    return { ownerLabels, ...workload, ownerSelector }
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

type OwnerSelectors = readonly (readonly [
  title: string,
  selects: Partial<Pick<PodLike, 'ownerSelector' | 'ownerLabels'>>,
])[]

const ofWorkload = (workload: KubernetesWorkload): OwnerSelectors =>
  workload.ownerSelector === undefined || workload.kind === 'Deployment'
    ? []
    : [[titleOf(workload), { ownerSelector: workload.ownerSelector }]]

const selectorsAmong = (objects: readonly KubernetesObject[]): OwnerSelectors =>
  objects.flatMap((found) =>
    found.kind === 'ReplicationController'
      ? [
          [
            `${found.kind} ${fullName(found.object.metadata)}`,
            { ownerLabels: found.object.spec?.selector ?? labelsOfTemplate(found.object) },
          ] as const,
        ]
      : [],
  )

const labelsOfTemplate = ({ spec }: ReplicationController): Labels | undefined =>
  spec?.template?.metadata?.labels
