/**
 * Clamps the replica counts of workloads to the bounds of their HorizontalPodAutoscalers
 * (`minReplicas` to `maxReplicas`). An autoscaler enforces these bounds whatever the metrics are.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import type { HorizontalPodAutoscaler } from '../words/workload.js'
import { fullName, namespaceOf, titleOf } from './workload.js'

type Scalable = Extract<
  KubernetesObject,
  { readonly kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'ReplicationController' }
>

type FoundAutoscaler = Extract<KubernetesObject, { readonly kind: 'HorizontalPodAutoscaler' }>

/** Objects whose replicas are within the bounds of their autoscalers, and what there is to say. */
export interface AutoscaledObjects {
  readonly objects: readonly KubernetesObject[]
  readonly warnings: readonly KubernetesWarning[]
}

/**
 * Moves the replicas of every scaled object into the bounds of its autoscaler. Several autoscalers
 * of one object move it in turn, each into its own bounds: the most of them is what a plan must
 * hold.
 */
export const withAutoscaling = (objects: readonly KubernetesObject[]): AutoscaledObjects => {
  const autoscalers = objects.filter(isAutoscaler)
  if (autoscalers.length === 0) return { objects, warnings: [] }
  const byTarget = new Map<string, FoundAutoscaler[]>()
  for (const found of autoscalers) {
    const target = targetOf(found.object)
    const rivals = byTarget.get(target)
    if (rivals === undefined) byTarget.set(target, [found])
    else rivals.push(found)
  }
  const scaled = new Set<FoundAutoscaler>()
  const warnings: KubernetesWarning[] = []
  const moved = objects.map((found) => {
    const rivals = isScalable(found) ? byTarget.get(scalableTitle(found)) : undefined
    if (rivals === undefined || !isScalable(found)) return found
    for (const autoscaler of rivals) scaled.add(autoscaler)
    const before = found.object.spec?.replicas ?? 1
    const replicas = rivals.reduce(
      (most, { object }) => Math.max(most, scaledReplicas(object, before)),
      0,
    )
    warnings.push(scaledWarning(found, rivals, replicas))
    return withReplicas(found, replicas)
  })
  const idle = autoscalers.filter((found) => !scaled.has(found))
  return { objects: moved, warnings: [...warnings, ...idle.map(idleWarning)] }
}

const isAutoscaler = (found: KubernetesObject): found is FoundAutoscaler =>
  found.kind === 'HorizontalPodAutoscaler'

const isScalable = (found: KubernetesObject): found is Scalable =>
  found.kind === 'Deployment' ||
  found.kind === 'ReplicaSet' ||
  found.kind === 'StatefulSet' ||
  found.kind === 'ReplicationController'

const scalableTitle = ({ kind, object }: Pick<Scalable, 'kind' | 'object'>): string =>
  titleOf({ kind, name: fullName(object.metadata) })

const targetOf = ({ metadata, spec: { scaleTargetRef } }: HorizontalPodAutoscaler): string =>
  titleOf({
    kind: scaleTargetRef.kind,
    name: fullName({ namespace: namespaceOf(metadata), name: scaleTargetRef.name }),
  })

/**
 * The replicas of a workload of this size, moved into the autoscaler's bounds. A workload of size 0
 * is switched off, and stays so.
 *
 * Source: Kubernetes documentation, "Horizontal Pod Autoscaling" (implicit maintenance-mode
 * deactivation).
 */
const scaledReplicas = (
  { spec: { minReplicas = 1, maxReplicas } }: HorizontalPodAutoscaler,
  replicas: number,
): number => (replicas === 0 ? 0 : Math.min(maxReplicas, Math.max(minReplicas, replicas)))

const withReplicas = (found: Scalable, replicas: number): KubernetesObject =>
  ({
    ...found,
    object: { ...found.object, spec: { ...found.object.spec, replicas } },
  }) as KubernetesObject

const scaledWarning = (
  found: Scalable,
  rivals: readonly FoundAutoscaler[],
  replicas: number,
): KubernetesWarning => ({
  code: 'ReplicasAutoscaled',
  from: found.from,
  subject: scalableTitle(found),
  text:
    replicas === 0
      ? 'its replicas are 0, at which its autoscaler is off: none is planned'
      : rivals.length > 1
        ? 'several autoscalers set its replicas in turn: the most that one of them sets is planned'
        : 'an autoscaler sets its replicas: those of its spec, moved within the bounds, are planned',
  detail: `${replicas} of ${rivals.map(boundsText).sort(byCodeUnit).join(' and ')}`,
})

const boundsText = ({ object: { metadata, spec } }: FoundAutoscaler): string =>
  `HorizontalPodAutoscaler ${fullName(metadata)}'s ${spec.minReplicas ?? 1} to ${spec.maxReplicas}`

const idleWarning = ({ from, object }: FoundAutoscaler): KubernetesWarning => ({
  code: 'AutoscalerWithoutTarget',
  from,
  subject: `HorizontalPodAutoscaler ${fullName(object.metadata)}`,
  text: 'the workload that it scales is not among the documents',
  detail: `${object.spec.scaleTargetRef.kind} ${object.spec.scaleTargetRef.name}`,
})
