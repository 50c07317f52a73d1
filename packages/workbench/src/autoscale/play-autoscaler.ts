/**
 * Simulates a HorizontalPodAutoscaler on a history of metrics. Every 15 seconds the autoscaler
 * reads the metrics and decides the number of pods. New pods start, become ready and share the
 * load.
 */
import type { DocumentFault } from '@stowage/documents'
import { instant, renderValue, type Instant } from '@stowage/kernel'
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
import { pipe } from 'fp-ts/lib/function.js'
import type { Faults } from '../text/fault.js'
import { metricsIn, seriesOf, type MetricHistory, type MetricPoint } from './metric-history.js'
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
type Autoscaler = FoundAutoscaler['found']['object']

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
  autoscaler: FoundAutoscaler,
  history: MetricHistory,
  options: PlayOptions,
): E.Either<Faults, Play> =>
  pipe(
    followMetrics(autoscaler, history, options),
    E.map((metrics) => playMetrics(autoscaler, metrics, options)),
  )

/** A metric of an autoscaler, and the load that it follows. */
interface FollowedMetric {
  readonly metric: MetricSpec
  readonly load: ReturnType<typeof followLoad>
  readonly points: readonly MetricPoint[]
}

const followMetrics = (
  autoscaler: FoundAutoscaler,
  history: MetricHistory,
  options: PlayOptions,
): E.Either<Faults, readonly FollowedMetric[]> => {
  const { metrics } = autoscalerSpec(autoscaler.found.object)
  const followed = metrics.map((metric): FollowedMetric => {
    const points = seriesOf(history, [metricName(metric)], metrics.length === 1) ?? []
    return { metric, load: followLoad(history, points, options.values), points }
  })
  const faults = metrics.flatMap((metric, i) => [
    ...historyFaults(autoscaler, metric, i, history),
    ...(options.values === 'total' ? requestFaults(autoscaler, metric, i) : []),
  ])
  return faults.length > 0 ? E.left(faults) : E.right(followed)
}

const historyFaults = (
  { found }: FoundAutoscaler,
  metric: MetricSpec,
  index: number,
  history: MetricHistory,
): readonly DocumentFault[] => {
  const name = metricName(metric)
  const isOnly = autoscalerSpec(found.object).metrics.length === 1
  if (seriesOf(history, [name], isOnly) !== undefined) return []
  const others = metricsIn(history).map(renderValue).join(', ')
  return [
    {
      ...{ from: found.from, at: [...found.at, 'spec', 'metrics', index] },
      found: `the metric ${renderValue(name)}, and a history of ${others}`,
      expected: `a column ${name} in the history of --metric`,
    },
  ]
}

/** Utilization of a total load needs the requests of the workload. */
const requestFaults = (
  { found, workload }: FoundAutoscaler,
  { type, resource, containerResource }: MetricSpec,
  index: number,
): readonly DocumentFault[] => {
  const isUtilization =
    type.endsWith('Resource') && (resource ?? containerResource)?.target.averageValue === undefined
  if (!isUtilization || workload !== undefined) return []
  const { kind } = found.object.spec.scaleTargetRef
  return [
    {
      ...{ from: found.from, at: [...found.at, 'spec', 'metrics', index] },
      found: `no ${targetOf(found.object)}`,
      expected: `the ${kind} among the documents, as utilization is a share of its requests; or --values average with percents`,
    },
  ]
}

const namespaceOf = ({ metadata }: Autoscaler): string => metadata.namespace ?? 'default'

/** What is scaled, such as `Deployment shop/web`. */
export const targetOf = (autoscaler: Autoscaler): string => {
  const { kind, name } = autoscaler.spec.scaleTargetRef
  return `${kind} ${namespaceOf(autoscaler)}/${name}`
}

const playMetrics = (
  { found, workload, rivals }: FoundAutoscaler,
  metrics: readonly FollowedMetric[],
  options: PlayOptions,
): Play => {
  const spec = autoscalerSpec(found.object)
  const namespace = namespaceOf(found.object)
  const target = targetOf(found.object)
  const { start, end } = spanOf(metrics.map(({ points }) => points))
  const count = options.count ?? workload?.replicas ?? spec.minReplicas
  const podsAt = podRoll(
    workload?.demand ?? syntheticDemand(metrics.map(({ metric }) => metric)),
    options,
  )
  const moments: CountMoment[] = []
  let replicas = initialReplicas(count)
  let status: AutoscalerView['status'] = {
    ...{ desiredReplicas: count, conditions: scaledToZero(count) },
    history: { recommendations: [], scaleUps: [], scaleDowns: [] },
  }
  let maxedOut = 0
  const notes = new Set<string>()
  const { syncPeriod } = defaultAutoscalerOptions
  for (let time: number = start; time <= end; time += syncPeriod) {
    const now = instant(time)
    const pods = podsAt(replicas, now)
    const look = reconcileAutoscaler({
      ...{ spec, status, options: defaultAutoscalerOptions, namespace, now, pods },
      reference: target.replace(' ', '/'),
      ...{ specReplicas: replicas.length, statusReplicas: replicas.length },
      measuredBy: measurements(metrics, pods, now, options),
      ...(rivals.length === 0 ? {} : { obstacle: ambiguous(rivals) }),
    })
    status = look.status
    if (look.error !== undefined) notes.add(look.error)
    const proposal = look.combined?.replicas
    if (proposal !== undefined && proposal > spec.maxReplicas) maxedOut += syncPeriod
    if (look.scale === undefined) continue
    moments.push({
      ...{ at: now, from: replicas.length, to: look.scale },
      ...(proposal === undefined ? {} : { proposal }),
      why: [look.reason, ...limitsIn(status)].filter((text) => text !== '').join('; '),
    })
    replicas = withCount(replicas, look.scale, now)
  }
  return {
    ...{ platform: 'kubernetes', workload: target, start, end, count, moments },
    autoscaler: `HorizontalPodAutoscaler ${namespace}/${found.object.metadata.name}`,
    ...{ min: spec.minReplicas, max: spec.maxReplicas },
    ...countRange({ start, end, count }, moments),
    ...{ maxedOut, notes: [...notes].slice(0, notesMax) },
  }
}

/** The replicas as pods. A pod that is ready stays as it is, so it is made once. */
const podRoll = (demand: ScaledPod['demand'], options: PlayOptions) => {
  const readyPods = new WeakMap<PlayedReplica, ScaledPod>()
  return (replicas: readonly PlayedReplica[], now: Instant): readonly ScaledPod[] =>
    replicas.map((replica) => {
      const known = readyPods.get(replica)
      if (known !== undefined) return known
      const pod = podOf(replica, demand, options, now)
      if (isReady(pod)) readyPods.set(replica, pod)
      return pod
    })
}

const isReady = ({ ready }: ScaledPod): boolean => ready?.status === 'True'

const measurements = (
  metrics: readonly FollowedMetric[],
  pods: readonly ScaledPod[],
  now: Instant,
  { values }: PlayOptions,
): AutoscalerView['measuredBy'] => {
  const ready = pods.filter(isReady)
  const loads = metrics.map(({ load }) => load.valueAt(now))
  return (i) =>
    measureMetric(metrics[i]!.metric, loads[i], {
      ...{ pods, ready, now },
      ...{ isTotal: metrics[i]!.load.isTotal, arePercents: values === 'average' },
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
  return {
    ...{ name, isLeaving: false, demand },
    phase: runsAt <= now ? 'Running' : 'Pending',
    startedAt: created,
    ready:
      readyAt <= now ? { status: 'True', since: readyAt } : { status: 'False', since: created },
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

const measureMetric = (
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
