/**
 * Moves the replica counts of workloads into the bounds of their HorizontalPodAutoscalers
 * (`minReplicas` to `maxReplicas`) and of other autoscalers. An autoscaler enforces these bounds
 * whatever the metrics are.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, namespaceOf, titleOf } from './workload.js'

type Scalable = Extract<
  KubernetesObject,
  { readonly kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'ReplicationController' }
>

/** The bounds that an autoscaler sets to the replicas of its target. */
export interface ReplicaBounds {
  readonly from: string
  /** The autoscaler, such as `HorizontalPodAutoscaler shop/web`. */
  readonly title: string
  /** The title of the workload that it scales, such as `Deployment shop/web`. */
  readonly target: string
  /** The target as it is written, for messages. */
  readonly targetText: string
  readonly min: number
  readonly max: number
  /** True when it also scales a workload of no replicas, for which others are off. */
  readonly startsFromZero: boolean
}

/** Objects whose replicas are within the bounds of their autoscalers, and what there is to say. */
export interface AutoscaledObjects {
  readonly objects: readonly KubernetesObject[]
  readonly warnings: readonly KubernetesWarning[]
}

/**
 * Moves the replicas of every scaled object into the bounds of its autoscaler. Several autoscalers
 * of one object move it in turn, each into its own bounds: the most of them is what a plan must
 * hold. `others` are autoscalers that are no objects of Kubernetes.
 */
export const withAutoscaling = (
  objects: readonly KubernetesObject[],
  others: readonly ReplicaBounds[] = [],
): AutoscaledObjects => {
  const autoscalers = [...objects.flatMap(replicaBoundsOf), ...others]
  if (autoscalers.length === 0) return { objects, warnings: [] }
  const byTarget = new Map<string, ReplicaBounds[]>()
  for (const bounds of autoscalers) {
    const rivals = byTarget.get(bounds.target)
    if (rivals === undefined) byTarget.set(bounds.target, [bounds])
    else rivals.push(bounds)
  }
  const scaled = new Set<ReplicaBounds>()
  const warnings: KubernetesWarning[] = []
  const moved = objects.map((found) => {
    const rivals = isScalable(found) ? byTarget.get(scalableTitle(found)) : undefined
    if (rivals === undefined || !isScalable(found)) return found
    for (const autoscaler of rivals) scaled.add(autoscaler)
    const before = found.object.spec?.replicas ?? 1
    const replicas = rivals.reduce((most, each) => Math.max(most, scaledReplicas(each, before)), 0)
    warnings.push(scaledWarning(found, rivals, replicas))
    return withReplicas(found, replicas)
  })
  const idle = autoscalers.filter((found) => !scaled.has(found))
  return { objects: moved, warnings: [...warnings, ...idle.map(idleWarning)] }
}

const replicaBoundsOf = (found: KubernetesObject): readonly ReplicaBounds[] => {
  if (found.kind !== 'HorizontalPodAutoscaler') return []
  const { metadata, spec } = found.object
  const { kind, name } = spec.scaleTargetRef
  return [
    {
      from: found.from,
      title: `HorizontalPodAutoscaler ${fullName(metadata)}`,
      target: titleOf({ kind, name: fullName({ namespace: namespaceOf(metadata), name }) }),
      targetText: `${kind} ${name}`,
      ...{ min: spec.minReplicas ?? 1, max: spec.maxReplicas, startsFromZero: false },
    },
  ]
}

const isScalable = (found: KubernetesObject): found is Scalable =>
  found.kind === 'Deployment' ||
  found.kind === 'ReplicaSet' ||
  found.kind === 'StatefulSet' ||
  found.kind === 'ReplicationController'

const scalableTitle = ({ kind, object }: Pick<Scalable, 'kind' | 'object'>): string =>
  titleOf({ kind, name: fullName(object.metadata) })

/**
 * The replicas of a workload of this size, moved into the autoscaler's bounds. A workload of size 0
 * is switched off, and stays so.
 *
 * Source: Kubernetes documentation, "Horizontal Pod Autoscaling" (implicit maintenance-mode
 * deactivation).
 */
const scaledReplicas = ({ min, max, startsFromZero }: ReplicaBounds, replicas: number): number =>
  replicas === 0 && !startsFromZero ? 0 : Math.min(max, Math.max(min, replicas))

const withReplicas = (found: Scalable, replicas: number): KubernetesObject =>
  ({
    ...found,
    object: { ...found.object, spec: { ...found.object.spec, replicas } },
  }) as KubernetesObject

const scaledWarning = (
  found: Scalable,
  rivals: readonly ReplicaBounds[],
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

const boundsText = ({ title, min, max }: ReplicaBounds): string => `${title}'s ${min} to ${max}`

const idleWarning = ({ from, title, targetText }: ReplicaBounds): KubernetesWarning => ({
  code: 'AutoscalerWithoutTarget',
  from,
  subject: title,
  text: 'the workload that it scales is not among the documents',
  detail: targetText,
})
