/**
 * Converts the input of a recorded Horizontal Pod Autoscaler case to the input of our autoscaler:
 * pods, metric samples, scaling history and spec. Also converts a scaling history back to its
 * recorded form.
 */
import { instant, type Instant } from '@stowage/kernel'
import {
  autoscalerSpec,
  readObjects,
  type AutoscalerSpec,
  type AutoscalerView,
  type ScaledPod,
  type ScalingHistory,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { AgedCount, MetricInput, VectorHistory, VectorMetric, VectorPod } from './vector.js'

/** When every recorded case takes place. */
export const present: Instant = instant(1_000_000_000)

const before = (seconds: number): Instant => instant(present - seconds * 1000)

/** The pods of a case. */
export const scaledPods = (pods: readonly VectorPod[]): readonly ScaledPod[] =>
  pods.map((pod) => ({
    ...{ name: pod.name, phase: pod.phase, isLeaving: pod.deleting === true },
    startedAt: pod.startedAgoSeconds === undefined ? undefined : before(pod.startedAgoSeconds),
    ready:
      pod.ready === undefined
        ? undefined
        : { status: pod.ready, since: before(pod.readyTransitionAgoSeconds) },
    demand: {
      // Upstream looks at containers before sidecars, in whatever order they are written.
      containers: [
        ...pod.containers.filter(({ init }) => init !== true),
        ...pod.containers.filter(({ init }) => init === true),
      ].map(({ name, init, restartAlways, requestsMilli }) => ({
        name,
        role: init !== true ? 'container' : restartAlways === true ? 'sidecar' : 'init',
        requests: millisOf(requestsMilli),
      })),
      podRequests: millisOf(pod.podRequestsMilli),
      overhead: new Map(),
    },
  }))

const millisOf = (amounts: ReadonlyMap<string, number>): ReadonlyMap<string, bigint> =>
  new Map([...amounts].map(([name, amount]) => [name, BigInt(amount)]))

/** What was measured of a metric. */
export const measuredIn = (
  { metricsError, podMetrics, metricValuesMilli }: MetricInput | VectorMetric,
  type: string,
): ReturnType<AutoscalerView['measuredBy']> => {
  if (metricsError !== undefined && metricsError !== '') return E.left(metricsError)
  if (type === 'Object' || type === 'External')
    return E.right({ _tag: 'OfSeries', millis: metricValuesMilli.map(BigInt) })
  const samples = [...podMetrics].map(
    ([name, { valueMilli, agoSeconds, windowSeconds }]) =>
      [
        name,
        { milli: BigInt(valueMilli), at: before(agoSeconds), window: windowSeconds * 1000 },
      ] as const,
  )
  return E.right({ _tag: 'OfPods', samples: new Map(samples) })
}

/** The history of a case. */
export const historyIn = ({
  recommendations,
  scaleUpEvents,
  scaleDownEvents,
}: VectorHistory): ScalingHistory => {
  const counts = (aged: readonly AgedCount[]) =>
    aged.map(({ value, agoSeconds }) => ({ count: value, at: before(agoSeconds) }))
  return {
    recommendations: counts(recommendations),
    scaleUps: counts(scaleUpEvents),
    scaleDowns: counts(scaleDownEvents),
  }
}

/** A history in the form of the cases. */
export const vectorHistory = (history: ScalingHistory): VectorHistory => {
  const aged = (counts: ScalingHistory['recommendations']): readonly AgedCount[] =>
    counts.map(({ count, at }) => ({
      value: count,
      agoSeconds: Math.round((present - at) / 1000),
    }))
  return {
    recommendations: aged(history.recommendations),
    scaleUpEvents: aged(history.scaleUps),
    scaleDownEvents: aged(history.scaleDowns),
  }
}

/** The bounds, the metrics and the behavior of a case, read as a manifest of an autoscaler. */
export const specIn = (spec: {
  readonly minReplicas: number | undefined
  readonly maxReplicas: number
  readonly metrics: readonly VectorMetric[]
  readonly behavior: unknown
}): AutoscalerSpec => {
  const value = {
    ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
    metadata: { name: 'h', namespace: 'ns' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' },
      ...spec,
      metrics: spec.metrics.map(metricSpec),
    },
  }
  const { objects, bad } = readObjects({ from: 'a case', value })
  const [found] = objects
  if (found?.kind !== 'HorizontalPodAutoscaler')
    throw new Error(`a case with a spec that cannot be read: ${JSON.stringify(bad)}`)
  return autoscalerSpec(found.object)
}

const metricSpec = ({ type, name, container, targetType, target }: VectorMetric): object => {
  const metric = { name }
  const goal = {
    type: targetType,
    ...(targetType === 'Utilization'
      ? { averageUtilization: target }
      : { [targetType === 'Value' ? 'value' : 'averageValue']: `${target}m` }),
  }
  const sources: Readonly<Record<string, object>> = {
    Resource: { resource: { name, target: goal } },
    ContainerResource: { containerResource: { name, container, target: goal } },
    Pods: { pods: { metric, target: goal } },
    Object: {
      object: { metric, target: goal, describedObject: { kind: 'Ingress', name: 'i' } },
    },
    External: { external: { metric, target: goal } },
  }
  return { type, ...sources[type] }
}
