/**
 * Simulates a HorizontalPodAutoscaler on a history of metrics. Every 15 seconds the autoscaler
 * reads the metrics and decides the number of pods. New pods start, become ready and share the
 * load.
 */
import type { DocumentFault } from '@stowage/documents'
import { instant, shown, type Instant } from '@stowage/kernel'
import {
  autoscalerSpec,
  defaultAutoscalerOptions,
  reconcileAutoscaler,
  type AutoscalerSpec,
  type AutoscalerView,
  type KubernetesObject,
  type ScaledPod,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import { metricsIn, seriesOf, type MetricHistory } from './metric-history.js'
import {
  countRange,
  followLoad,
  initialReplicas,
  spanOf,
  withCount,
  type CountMoment,
  type Play,
  type PlayedReplica,
  type PlayOptions,
} from './play.js'

/** An autoscaler of the documents, with its workload where that is among them. */
export interface FoundAutoscaler {
  readonly found: Extract<KubernetesObject, { readonly kind: 'HorizontalPodAutoscaler' }>
  readonly workload: ScaledWorkload | undefined
  /** Other autoscalers of the same workload. */
  readonly rivals: readonly string[]
}

/** A workload that can be scaled. */
export interface ScaledWorkload {
  readonly replicas: number
  readonly demand: ScaledPod['demand']
}

type MetricSpec = AutoscalerSpec['metrics'][number]

/** The name of a metric; of a resource, the name of the resource. */
export const metricName = (spec: MetricSpec): string =>
  spec.resource?.name ??
  spec.containerResource?.name ??
  (spec.pods ?? spec.object ?? spec.external)?.metric.name ??
  ''

/**
 * Plays the history. A `Left` says which metric has none.
 *
 * A Resource or Pods metric is shared by the pods that are ready. An Object or External metric is
 * one value: the autoscaler divides it when its target is a value per pod.
 */
export const playAutoscaler = (
  { found, workload, rivals }: FoundAutoscaler,
  history: MetricHistory,
  options: PlayOptions,
): E.Either<Faults, Play> => {
  const { metadata, spec: written } = found.object
  const namespace = metadata.namespace ?? 'default'
  const spec = autoscalerSpec(found.object)
  const target = `${written.scaleTargetRef.kind} ${namespace}/${written.scaleTargetRef.name}`
  const autoscaler = `HorizontalPodAutoscaler ${namespace}/${metadata.name}`
  const faults: DocumentFault[] = []
  const metrics = spec.metrics.map((metric, i) => {
    const name = metricName(metric)
    const points = seriesOf(history, [name], spec.metrics.length === 1)
    const at = ['spec', 'metrics', i]
    if (points === undefined)
      faults.push({
        ...{ from: found.from, at: [...found.at, ...at] },
        found: `the metric ${shown(name)}, and a history of ${metricsIn(history).map(shown).join(', ')}`,
        expected: `a column ${name} in the history of --metric`,
      })
    const needsRequests =
      metric.type.endsWith('Resource') &&
      (metric.resource ?? metric.containerResource)?.target.averageValue === undefined
    if (needsRequests && options.values === 'total' && workload === undefined)
      faults.push({
        ...{ from: found.from, at: [...found.at, ...at], found: `no ${target}` },
        expected: `the ${written.scaleTargetRef.kind} among the documents, as utilization is a share of its requests; or --values average with percents`,
      })
    return { metric, load: followLoad(history, points ?? [], options.values), points: points ?? [] }
  })
  if (faults.length > 0) return E.left(faults)
  const { start, end } = spanOf(metrics.map(({ points }) => points))
  const count = options.count ?? workload?.replicas ?? spec.minReplicas
  const demand = workload?.demand ?? syntheticDemand(metrics.map(({ metric }) => metric))
  const moments: CountMoment[] = []
  let replicas = initialReplicas(count)
  let status: AutoscalerView['status'] = {
    ...{ desiredReplicas: count, conditions: scaledToZero(count) },
    history: { recommendations: [], scaleUps: [], scaleDowns: [] },
  }
  // A pod that is ready stays as it is.
  const readyPods = new WeakMap<PlayedReplica, ScaledPod>()
  let maxedOut = 0
  const notes = new Set<string>()
  const { syncPeriod } = defaultAutoscalerOptions
  for (let time: number = start; time <= end; time += syncPeriod) {
    const now = instant(time)
    const pods = replicas.map((replica) => {
      const known = readyPods.get(replica)
      if (known !== undefined) return known
      const pod = podOf(replica, demand, options, now)
      if (pod.ready?.status === 'True') readyPods.set(replica, pod)
      return pod
    })
    const ready = pods.filter((pod) => pod.ready?.status === 'True')
    const values = metrics.map(({ load }) => load.valueAt(now))
    const look = reconcileAutoscaler({
      ...{ spec, status, options: defaultAutoscalerOptions, namespace, now, pods },
      reference: target.replace(' ', '/'),
      ...{ specReplicas: replicas.length, statusReplicas: replicas.length },
      measuredBy: (i) =>
        measured(metrics[i]!.metric, values[i], {
          ...{ pods, ready, now },
          ...{ isTotal: metrics[i]!.load.isTotal, arePercents: options.values === 'average' },
        }),
      ...(rivals.length === 0 ? {} : { obstacle: ambiguous(rivals) }),
    })
    status = look.status
    if (look.error !== undefined) notes.add(look.error)
    const wish = look.combined?.replicas
    if (wish !== undefined && wish > spec.maxReplicas) maxedOut += syncPeriod
    if (look.scale === undefined) continue
    moments.push({
      ...{ at: now, from: replicas.length, to: look.scale },
      ...(wish === undefined ? {} : { wanted: wish }),
      why: [look.reason, ...limitsIn(status)].filter((text) => text !== '').join('; '),
    })
    replicas = withCount(replicas, look.scale, now)
  }
  const common = { platform: 'kubernetes' as const, autoscaler, workload: target }
  return E.right({
    ...{ ...common, min: spec.minReplicas, max: spec.maxReplicas, start, end, count, moments },
    ...countRange({ start, end, count }, moments),
    ...{ maxedOut, notes: [...notes].slice(0, notesMax) },
  })
}

const notesMax = 3

const ambiguous = (rivals: readonly string[]) => ({
  reason: 'AmbiguousSelector',
  message: `the pods are controlled by more than one HPA: ${rivals.join(', ')} as well`,
})

/** A history that begins at 0 is one that the autoscaler has brought there. */
const scaledToZero = (count: number): AutoscalerView['status']['conditions'] =>
  count > 0
    ? []
    : [{ ...{ type: 'ScaledToZero', status: 'True', reason: 'ScaledToZero' }, message: '' }]

/** Why the count is another than the one that was wanted. */
const limitsIn = ({ conditions }: AutoscalerView['status']): readonly string[] =>
  conditions.flatMap(({ type, status, reason, message }) =>
    (type === 'ScalingLimited' && status === 'True') || reason.endsWith('Stabilized')
      ? [`${reason}: ${message}`]
      : [],
  )

/** Requests of a pod whose workload is not known: only percents of them are looked at. */
const syntheticDemand = (metrics: readonly MetricSpec[]): ScaledPod['demand'] => {
  const requests = new Map(metrics.map((metric) => [metricName(metric), requestOfMany]))
  const names = metrics.flatMap(({ containerResource }) => containerResource?.container ?? [])
  return {
    containers: [...new Set(['main', ...names])].map((name) => ({
      ...{ name, role: 'container' as const },
      requests:
        name === (names[0] ?? 'main') ? requests : new Map([...requests].map(([one]) => [one, 0n])),
    })),
    ...{ podRequests: new Map(), overhead: new Map() },
  }
}

const requestOfMany = 100_000n

const podOf = (
  { name, startedAt: created }: PlayedReplica,
  demand: ScaledPod['demand'],
  { durations: { start, ready } }: PlayOptions,
  now: Instant,
): ScaledPod => {
  const runsAt = instant(created + start)
  const readyAt = instant(runsAt + ready)
  const isReady = readyAt <= now
  return {
    ...{ name, isLeaving: false, demand },
    phase: runsAt <= now ? 'Running' : 'Pending',
    startedAt: created,
    ready: { status: isReady ? 'True' : 'False', since: isReady ? readyAt : created },
  }
}

/** A sample covers so many milliseconds before it was taken. */
const sampleWindow = 15_000

interface SampleScene {
  readonly pods: readonly ScaledPod[]
  readonly ready: readonly ScaledPod[]
  readonly now: Instant
  readonly isTotal: boolean
  /** Whether utilization is given in percents and not as an amount. */
  readonly arePercents: boolean
}

const measured = (
  metric: MetricSpec,
  value: number | undefined,
  { pods, ready, now, isTotal, arePercents }: SampleScene,
): ReturnType<AutoscalerView['measuredBy']> => {
  if (value === undefined) return E.left('the history has no value yet')
  if (metric.type === 'Object' || metric.type === 'External')
    return E.right({ _tag: 'OfSeries', millis: [milliOf(value)] })
  const share = isTotal ? value / Math.max(1, ready.length) : value
  const { containerResource, resource = containerResource } = metric
  const isUtilization = resource !== undefined && resource.target.averageValue === undefined
  const milli =
    isUtilization && arePercents
      ? percentOf(pods[0], resource.name, containerResource?.container, share)
      : milliOf(share)
  const samples = pods
    .filter(({ phase }) => phase === 'Running')
    .map(
      (pod) =>
        [
          pod.name,
          { milli: ready.includes(pod) ? milli : 0n, at: now, window: sampleWindow },
        ] as const,
    )
  return E.right({ _tag: 'OfPods', samples: new Map(samples) })
}

const milliOf = (value: number): bigint => BigInt(Math.round(value * 1000))

/** So many percent of what a pod requests. */
const percentOf = (
  pod: ScaledPod | undefined,
  resource: string,
  container: string | undefined,
  percent: number,
): bigint => {
  const requests = (pod?.demand.containers ?? [])
    .filter(({ name, role }) => role !== 'init' && name === (container ?? name))
    .reduce((sum, one) => sum + (one.requests.get(resource) ?? 0n), 0n)
  return BigInt(Math.round((Number(requests) * percent) / 100))
}
