/**
 * Assigns orphans to the controllers that adopt them: a pod without a controller becomes a replica
 * of the controller whose selector matches it in its namespace.
 *
 * Source: Kubernetes documentation, "ReplicaSet" (non-template pod acquisitions).
 */
import { byCodeUnit } from '@stowage/kernel'
import { selects, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { KubernetesObject } from '../words/object.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

interface Adopter {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly adopts: (pod: KubernetesWorkload) => boolean
}

/**
 * The workloads, each orphan with the reference that its new controller writes into it.
 *
 * A Deployment adopts through the ReplicaSet of its present template; a StatefulSet adopts only
 * pods that have names like its own pods.
 */
export const withAdoption = <Of extends KubernetesWorkload>(
  workloads: readonly Of[],
  objects: readonly KubernetesObject[],
): readonly Of[] => {
  if (!workloads.some(isOrphan)) return workloads
  const byNamespace = new Map<string, Adopter[]>()
  for (const adopter of adoptersIn(workloads, objects)) {
    const before = byNamespace.get(adopter.namespace)
    if (before === undefined) byNamespace.set(adopter.namespace, [adopter])
    else before.push(adopter)
  }
  return workloads.map((pod) => {
    if (!isOrphan(pod)) return pod
    const adopter = byNamespace.get(pod.namespace)?.find(({ adopts }) => adopts(pod))
    return adopter === undefined ? pod : ownedBy(pod, adopter)
  })
}

const isOrphan = ({ kind, metadata }: KubernetesWorkload): boolean =>
  kind === 'Pod' &&
  metadata.deletionTimestamp === undefined &&
  metadata.ownerReferences.every(({ controller }) => controller !== true)

const ownedBy = <Of extends KubernetesWorkload>(pod: Of, { kind, name }: Adopter): Of => ({
  ...pod,
  // By its name it may be adopted where a pod that is alike is not.
  likeness: undefined,
  metadata: {
    ...pod.metadata,
    ownerReferences: [
      ...pod.metadata.ownerReferences,
      { apiVersion: undefined, kind, name, uid: undefined, controller: true },
    ],
  },
})

/** In the order of titles, as several may match. */
const adoptersIn = (
  workloads: readonly KubernetesWorkload[],
  objects: readonly KubernetesObject[],
): readonly Adopter[] => {
  const daemons = new Map(
    objects.flatMap((found) =>
      found.kind === 'DaemonSet' && found.object.spec.selector !== undefined
        ? [[fullName(found.object.metadata), found.object.spec.selector] as const]
        : [],
    ),
  )
  return workloads
    .flatMap((workload) => {
      const selector = workload.ownerSelector ?? daemonSelector(workload, daemons)
      const { kind, namespace, metadata, ownerLabels } = workload
      if (kind === 'Pod' || metadata.deletionTimestamp !== undefined) return []
      const adopts = (pod: KubernetesWorkload): boolean =>
        (selector === undefined
          ? ownerLabels !== undefined && hasLabels(pod.labels, ownerLabels)
          : selects(selector, pod.labels)) && isNamedFor(workload, pod)
      return [{ kind, namespace, name: metadata.name, adopts, title: titleOf(workload) }]
    })
    .sort((one, other) => byCodeUnit(one.title, other.title))
}

const daemonSelector = (
  { kind, name }: KubernetesWorkload,
  selectors: ReadonlyMap<string, LabelSelector>,
): LabelSelector | undefined => (kind === 'DaemonSet' ? selectors.get(name) : undefined)

const hasLabels = (labels: Labels, required: Labels): boolean =>
  required.size > 0 && [...required].every(([key, value]) => labels.get(key) === value)

const isNamedFor = ({ kind, metadata }: KubernetesWorkload, pod: KubernetesWorkload): boolean =>
  kind !== 'StatefulSet' ||
  (pod.metadata.name.startsWith(`${metadata.name}-`) &&
    /^\d+$/.test(pod.metadata.name.slice(metadata.name.length + 1)))
