/**
 * What the controllers of pods select, where that has a say in spreading: those of a pod that
 * exists are looked up by its owner.
 *
 * Upstream looks at ReplicaSets, StatefulSets and ReplicationControllers, and at nothing above
 * them. The selectors of the former two are asked for beside those of the services; that of a
 * ReplicationController is merged over them.
 */
import type { PodLike } from '../surroundings/pod-like.js'
import type { OwnerReference } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName, titleOf, type Workload } from './workload.js'

/** Pods, each with what its controller selects; other workloads as they are. */
export const withOwners = <Of extends Workload>(
  workloads: readonly Of[],
  objects: readonly KubernetesObject[],
): readonly Of[] => {
  const selectors = new Map([...selecting(objects), ...workloads.flatMap(ofWorkload)])
  return workloads.map((workload) => {
    const owner = workload.metadata.ownerReferences.find(({ controller }) => controller === true)
    if (workload.kind !== 'Pod' || owner === undefined) return workload
    return { ...workload, ...selectors.get(titleOfOwner(owner, workload)) }
  })
}

/** A reference to another version than the one that is looked at is to nobody. */
const titleOfOwner = (
  { apiVersion, kind, name }: OwnerReference,
  { metadata }: Workload,
): string => {
  const version = kind === 'ReplicationController' ? 'v1' : 'apps/v1'
  const isKnown = apiVersion === undefined || apiVersion === version
  return isKnown ? `${kind} ${fullName({ namespace: metadata.namespace, name })}` : ''
}

type Selecting = readonly (readonly [
  title: string,
  selects: Partial<Pick<PodLike, 'ownerSelector' | 'ownerLabels'>>,
])[]

const ofWorkload = (workload: Workload): Selecting =>
  workload.ownerSelector === undefined || workload.kind === 'Deployment'
    ? []
    : [[titleOf(workload), { ownerSelector: workload.ownerSelector }]]

const selecting = (objects: readonly KubernetesObject[]): Selecting =>
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
