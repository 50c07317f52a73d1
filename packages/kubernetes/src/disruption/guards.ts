/**
 * Determines which pods a PodDisruptionBudget protects from evictions, by its selector. A missing
 * selector selects no pods; an empty selector selects all pods of the namespace.
 */
import { selects, type Labels, type LabelSelector } from '../words/label-selector.js'
import type { Metadata } from '../words/metadata.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { namespaceOf } from '../workload/workload.js'

interface GuardingBudget {
  readonly namespace: string
  readonly selector: LabelSelector | undefined
}

/** Whether a budget selects a pod. */
export const guards = (
  { namespace, selector }: GuardingBudget,
  pod: { readonly namespace: string; readonly labels: Labels },
): boolean => namespace === pod.namespace && selector !== undefined && selects(selector, pod.labels)

/** Whether a budget selects a pod, both as objects. */
export const isCovered = (
  { metadata, spec }: PodDisruptionBudget,
  pod: { readonly metadata: Pick<Metadata, 'namespace' | 'labels'> },
): boolean =>
  guards(
    { namespace: namespaceOf(metadata), selector: spec?.selector },
    { namespace: namespaceOf(pod.metadata), labels: pod.metadata.labels },
  )
