/**
 * Runs one sync of a HorizontalPodAutoscaler in a simulated cluster: takes the pods of its workload
 * and the reported metrics from the controllers' state, and decides the replica count. If another
 * autoscaler has already run for the same pods, the metrics are not used.
 */
import { instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { AutoscalerOptions } from '../autoscale/options.js'
import {
  reconcileAutoscaler,
  type AutoscalerView,
  type Reconciliation,
} from '../autoscale/reconcile.js'
import {
  autoscalersIn,
  type AutoscalerRecord,
  type AutoscalingMemory,
  type ReportedMetric,
} from './autoscaling-memory.js'
import { scaledWorkload } from './scaled-workload.js'

/** How a look decides; tests plant others. */
export type Look = typeof reconcileAutoscaler

/** What one look leads to; `undefined` for a workload that is not there. */
export const lookAtWorkload = (
  memory: AutoscalingMemory,
  autoscaler: AutoscalerRecord,
  options: AutoscalerOptions,
  now: Instant,
  look: Look,
): Reconciliation | undefined => {
  const workload = scaledWorkload(memory, autoscaler.target)
  if (workload === undefined) return undefined
  const { pods, namespace, replicas } = workload
  const rivals = autoscalersIn(memory).filter(
    ({ name, target, isRegistered }) =>
      isRegistered && target === autoscaler.target && name !== autoscaler.name,
  )
  return look({
    ...{ spec: autoscaler.spec, status: autoscaler.status, options, pods, now },
    reference: autoscaler.target.replace(' ', '/'),
    ...{ namespace, specReplicas: replicas, statusReplicas: pods.length },
    measuredBy: (i) => measurementOf(autoscaler.measured[i]),
    ...(rivals.length === 0 || pods.length === 0
      ? {}
      : {
          obstacle: {
            reason: 'AmbiguousSelector',
            message: `pods are controlled by more than one HPA: ${rivals.map(({ name }) => name).join(', ')} as well`,
          },
        }),
  })
}

/** Whether a look has looked at pods and metrics, or tried to. */
export const hasSeenPods = ({ status }: Reconciliation): boolean =>
  status.conditions.some(
    ({ type, reason }) => type === 'ScalingActive' && reason !== 'ScalingDisabled',
  )

const measurementOf = (
  metric: ReportedMetric | undefined,
): ReturnType<AutoscalerView['measuredBy']> => {
  if (metric === undefined) return E.left('nothing was reported')
  if ('error' in metric) return E.left(metric.error)
  if ('values' in metric)
    return E.right({ _tag: 'OfSeries', millis: metric.values.map((value) => BigInt(value)) })
  const { pods, at, window } = metric
  const samples = [...pods].map(
    ([name, value]) => [name, { milli: BigInt(value), at: instant(at), window }] as const,
  )
  return E.right({ _tag: 'OfPods', samples: new Map(samples) })
}
