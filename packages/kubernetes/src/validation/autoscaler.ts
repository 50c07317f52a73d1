/**
 * Checks HorizontalPodAutoscalers: how many pods they may ask for.
 *
 * Source: Kubernetes API reference, HorizontalPodAutoscalerSpec.
 */
import { unless, unlessNegative, type Cause } from './cause.js'

interface AutoscalerSpec {
  readonly minReplicas?: number
  readonly maxReplicas?: number
  readonly metrics?: readonly { readonly type?: string }[]
}

/** Errors in the spec of an autoscaler. */
export const wrongAutoscaler = ({
  minReplicas = 1,
  maxReplicas = 0,
  metrics = [],
}: AutoscalerSpec): readonly Cause[] => {
  const at = ['spec']
  const counts = metrics.some(({ type }) => type === 'Object' || type === 'External')
  return [
    ...unlessNegative(minReplicas, [...at, 'minReplicas']),
    ...unless(
      maxReplicas > 0 && maxReplicas >= minReplicas,
      [...at, 'maxReplicas'],
      maxReplicas,
      `at least minReplicas, ${minReplicas}, and 1`,
    ),
    ...unless(
      minReplicas !== 0 || counts,
      [...at, 'metrics'],
      metrics,
      'a metric of type Object or External, by which an autoscaler starts again from 0',
    ),
  ]
}
