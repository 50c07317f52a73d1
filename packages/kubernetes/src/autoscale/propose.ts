/**
 * Computes the replica count that one metric of a HorizontalPodAutoscaler proposes, by the type of
 * the metric (such as Resource or External) and of its target. If the metric fails, returns the
 * message and reason that kube-controller-manager would report.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { CrossVersionObjectReference, MetricSpec, MetricTarget } from '../words/workload.js'
import { requirementsOf, type LabelSelector } from '../words/label-selector.js'
import { proposeByPods, type CountProposal, type PodMetric, type PodScene } from './by-pods.js'
import { cappedSum, proposeByShare, proposeByValue } from './by-total.js'
import { milliIn } from './request.js'
import type { Measurement, PodSamples } from './sample.js'

/** A workload with its namespace, and the pods that its status counts. */
export interface MetricScene extends PodScene {
  readonly namespace: string
  readonly statusReplicas: number
}

/** What was measured of a metric, or why nothing was. */
export type MeasurementResult = E.Either<string, Measurement>

/** A metric without an answer. */
export interface MetricFailure {
  readonly message: string
  /** The reason of the condition `ScalingActive`. */
  readonly reason: string
  /** What was measured, in thousandths, where that much is known. */
  readonly usage?: bigint
}

/** What a metric proposes, and how an autoscaler calls it. */
export interface NamedProposal extends CountProposal {
  readonly name: string
}

/** What one metric proposes. */
export const proposeCount = (
  scene: MetricScene,
  spec: MetricSpec,
  measured: MeasurementResult,
): E.Either<MetricFailure, NamedProposal> => {
  const { resource, containerResource, pods, object, external } = spec
  if (spec.type === 'Resource' && resource !== undefined)
    return nameProposal(
      resourceProposal(scene, resource, undefined, measured),
      resourceMetricName(resource, ''),
      { reason: 'FailedGetResourceMetric', of: `${resource.name} resource` },
    )
  if (spec.type === 'ContainerResource' && containerResource !== undefined) {
    const { container } = containerResource
    return nameProposal(
      resourceProposal(scene, containerResource, container, measured),
      resourceMetricName(containerResource, 'container '),
      { reason: 'FailedGetContainerResourceMetric', of: `${container} container` },
    )
  }
  if (spec.type === 'Pods' && pods !== undefined) {
    const { name } = pods.metric
    const target = {
      _tag: 'Average',
      milli: milliIn(pods.target.averageValue ?? noQuantity),
    } as const
    const samples = pipe(
      samplesIn(measured),
      E.mapLeft((error) => `unable to get metric ${name}: ${error}`),
    )
    return nameProposal(
      pipe(
        samples,
        E.chain((one) => proposeByPods(scene, { samples: one, resource: undefined, target })),
      ),
      `pods metric ${name}`,
      { reason: 'FailedGetPodsMetric', of: 'pods' },
    )
  }
  if (spec.type === 'Object' && object !== undefined)
    return nameProposal(objectProposal(scene, object, measured), objectMetricName(object), {
      ...{ reason: 'FailedGetObjectMetric', of: 'object' },
      ...totalIn(object.target, measured),
    })
  if (spec.type === 'External' && external !== undefined) {
    const { name, selector } = external.metric
    return nameProposal(
      externalProposal(scene, external, measured),
      `external metric ${name}(${selectorText(selector)})`,
      {
        ...{ reason: 'FailedGetExternalMetric', of: `${name} external` },
        ...totalIn(external.target, measured),
      },
    )
  }
  const message = `unknown metric source type "${spec.type}"`
  return E.left({ message, reason: 'InvalidMetricSourceType' })
}

type ProposalResult = E.Either<string, CountProposal>

const noQuantity = 0n as NonNullable<MetricTarget['value']>

const nameProposal = (
  proposed: ProposalResult,
  name: string,
  { of, ...failure }: Omit<MetricFailure, 'message'> & { readonly of: string },
): E.Either<MetricFailure, NamedProposal> =>
  E.isLeft(proposed)
    ? E.left({ message: `failed to get ${of} metric value: ${proposed.left}`, ...failure })
    : E.right({ ...proposed.right, name })

/** The total that stands against a value. */
const totalIn = (
  { averageValue }: MetricTarget,
  measured: MeasurementResult,
): Pick<MetricFailure, 'usage'> =>
  averageValue === undefined && E.isRight(measured) && measured.right._tag === 'OfSeries'
    ? { usage: cappedSum(measured.right.millis) }
    : {}

const samplesIn = (measured: MeasurementResult): E.Either<string, PodSamples> =>
  E.isLeft(measured)
    ? measured
    : E.right(measured.right._tag === 'OfPods' ? measured.right.samples : new Map())

const millisIn = (measured: MeasurementResult): E.Either<string, readonly bigint[]> =>
  E.isLeft(measured)
    ? measured
    : E.right(measured.right._tag === 'OfSeries' ? measured.right.millis : [])

interface ResourceMetric {
  readonly name: string
  readonly target: MetricTarget
}

const resourceProposal = (
  scene: MetricScene,
  { name, target }: ResourceMetric,
  container: string | undefined,
  measured: MeasurementResult,
): ProposalResult => {
  const of = target.averageValue === undefined ? 'utilization' : 'usage'
  const goal: PodMetric['target'] | undefined =
    target.averageValue !== undefined
      ? { _tag: 'Average', milli: milliIn(target.averageValue) }
      : target.averageUtilization === undefined
        ? undefined
        : { _tag: 'Utilization', percent: target.averageUtilization, container }
  if (goal === undefined)
    return E.left(
      'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set',
    )
  const samples = samplesIn(measured)
  const proposed = E.isLeft(samples)
    ? E.left(`unable to get metrics for resource ${name}: ${samples.left}`)
    : proposeByPods(scene, { samples: samples.right, resource: name, target: goal })
  return pipe(
    proposed,
    E.mapLeft((error) => `failed to get ${name} ${of}: ${error}`),
  )
}

const resourceMetricName = ({ name, target }: ResourceMetric, kind: string): string =>
  target.averageValue === undefined
    ? `${name} ${kind}resource utilization (percentage of request)`
    : `${name} resource`

type ObjectMetric = NonNullable<MetricSpec['object']>

const objectProposal = (
  scene: MetricScene,
  { metric: { name }, target, describedObject }: ObjectMetric,
  measured: MeasurementResult,
): ProposalResult => {
  const { type, value, averageValue } = target
  const isValue = type === 'Value' && value !== undefined
  const isShare = type === 'AverageValue' && averageValue !== undefined
  if (!isValue && !isShare)
    return E.left(
      'invalid object metric source: neither a value target nor an average value target was set',
    )
  const millis = pipe(
    millisIn(measured),
    E.mapLeft(
      (error) =>
        `unable to get metric ${name} on ${describedText(describedObject, scene)}: ${error}`,
    ),
  )
  if (isValue)
    return E.isLeft(millis) ? millis : proposeByValue(scene, millis.right, milliIn(value))
  return E.isLeft(millis)
    ? E.left(`failed to get ${name} object metric: ${millis.left}`)
    : E.right(proposeShare(scene, millis.right, averageValue ?? noQuantity, 'Object'))
}

const describedText = ({ kind, name }: CrossVersionObjectReference, { namespace }: MetricScene) =>
  `${kind} ${namespace}/${name}`

const objectMetricName = ({ metric, target, describedObject }: ObjectMetric): string =>
  target.type === 'Value'
    ? `${describedObject.kind} metric ${metric.name}`
    : `external metric ${metric.name}(${selectorText(metric.selector)})`

const externalProposal = (
  scene: MetricScene,
  { metric: { name, selector }, target }: NonNullable<MetricSpec['external']>,
  measured: MeasurementResult,
): ProposalResult => {
  const { value, averageValue } = target
  if (value === undefined && averageValue === undefined)
    return E.left(
      'invalid external metric source: neither a value target nor an average value target was set',
    )
  const series = `${scene.namespace}/${name}/${selectorText(selector)}`
  const millis = pipe(
    millisIn(measured),
    E.mapLeft((error) => `unable to get external metric ${series}: ${error}`),
  )
  if (averageValue !== undefined)
    return E.isLeft(millis)
      ? E.left(`failed to get ${name} external metric: ${millis.left}`)
      : E.right(proposeShare(scene, millis.right, averageValue, 'External'))
  const proposed = E.isLeft(millis)
    ? millis
    : proposeByValue(scene, millis.right, milliIn(value ?? noQuantity))
  return pipe(
    proposed,
    E.mapLeft((error) => `failed to get external metric ${name}: ${error}`),
  )
}

const proposeShare = (
  { statusReplicas, tolerances }: MetricScene,
  millis: readonly bigint[],
  target: NonNullable<MetricTarget['value']>,
  source: 'Object' | 'External',
): CountProposal => proposeByShare(statusReplicas, tolerances, millis, milliIn(target), source)

/** A selector as upstream prints it. */
const selectorText = (selector: LabelSelector | undefined): string => {
  if (selector === undefined) return 'nil'
  const labels = [...selector.matchLabels].map(([key, value]) => `${key}: ${value},`).sort()
  const rest = requirementsOf({ ...selector, matchLabels: new Map() }).map(
    ({ key, operator, values }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${rest.join('')}},}`
}
