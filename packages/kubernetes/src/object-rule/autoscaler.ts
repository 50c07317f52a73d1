/**
 * Validates HorizontalPodAutoscalers as the API server does: scale target, bounds, metrics and
 * behavior. Each metric must have the source that its type names, with a target that suits it. Of
 * several sources in one metric, only the first is validated.
 *
 * Source: Kubernetes API reference, HorizontalPodAutoscalerSpec; the validation of Kubernetes 1.37
 * for what the reference leaves open.
 */
import {
  cause,
  unless,
  unlessNegative,
  unlessOneOf,
  type Cause,
  type Place,
} from '../validation/cause.js'
import { unlessDnsLabel } from '../validation/name.js'
import { quantityOf, wrongContainerResource } from '../validation/resources.js'

interface WirePolicy {
  readonly type?: string
  readonly value?: number
  readonly periodSeconds?: number
}

interface WireScalingRules {
  readonly stabilizationWindowSeconds?: number
  readonly selectPolicy?: string
  readonly policies?: readonly WirePolicy[]
  readonly tolerance?: string
}

interface WireAutoscaler {
  readonly scaleTargetRef?: WireReference
  readonly minReplicas?: number
  readonly maxReplicas?: number
  readonly metrics?: readonly WireMetric[]
  readonly behavior?: {
    readonly scaleUp?: WireScalingRules
    readonly scaleDown?: WireScalingRules
  }
  /** Of version 1. */
  readonly targetCPUUtilizationPercentage?: number
}

/** Errors in the spec of an autoscaler. */
export const wrongAutoscaler = ({
  scaleTargetRef = {},
  minReplicas = 1,
  maxReplicas = 0,
  metrics = [],
  behavior = {},
  targetCPUUtilizationPercentage: cpu = 1,
}: WireAutoscaler): readonly Cause[] => {
  const at = ['spec']
  const isOuter = metrics.some(({ type }) => type === 'Object' || type === 'External')
  return [
    ...unlessNegative(minReplicas, [...at, 'minReplicas']),
    ...unless(
      maxReplicas > 0 && maxReplicas >= minReplicas,
      [...at, 'maxReplicas'],
      maxReplicas,
      `at least minReplicas, ${minReplicas}, and 1`,
    ),
    ...wrongReference(scaleTargetRef, [...at, 'scaleTargetRef']),
    ...wrongScaleGroup(scaleTargetRef, [...at, 'scaleTargetRef', 'apiVersion']),
    ...wrongMetrics(metrics, [...at, 'metrics']),
    ...unless(
      minReplicas !== 0 || isOuter,
      [...at, 'metrics'],
      metrics,
      'a metric of type Object or External, by which an autoscaler starts again from 0',
    ),
    ...unless(cpu >= 1, [...at, 'targetCPUUtilizationPercentage'], cpu, 'at least 1 percent', [
      ...at,
      'metrics',
      0,
      'resource',
      'target',
      'averageUtilization',
    ]),
    ...wrongRules(behavior.scaleUp, [...at, 'behavior', 'scaleUp']),
    ...wrongRules(behavior.scaleDown, [...at, 'behavior', 'scaleDown']),
  ]
}

/** A ReplicationController is the only thing that scales and has no API group. */
const wrongScaleGroup = ({ kind, apiVersion = '' }: WireReference, at: Place): readonly Cause[] =>
  unless(
    kind === 'ReplicationController' || apiVersion.includes('/'),
    at,
    apiVersion,
    'a group and a version, such as apps/v1',
  )

const periodMax = 1800
const windowMax = 3600

const wrongRules = (rules: WireScalingRules | undefined, at: Place): readonly Cause[] => {
  if (rules === undefined) return []
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies, tolerance = '0' } = rules
  return [
    ...unless(
      window >= 0 && window <= windowMax,
      [...at, 'stabilizationWindowSeconds'],
      window,
      `0 to ${windowMax} seconds`,
    ),
    ...unlessOneOf(['Max', 'Min', 'Disabled'], selectPolicy, [...at, 'selectPolicy']),
    ...unless(
      policies === undefined || policies.length > 0,
      [...at, 'policies'],
      policies,
      'at least one policy, or none of the field',
    ),
    ...(policies ?? []).flatMap((policy, i) => wrongScalingPolicy(policy, [...at, 'policies', i])),
    ...unless(
      quantityOf(tolerance) >= 0n,
      [...at, 'tolerance'],
      tolerance,
      'a quantity of 0 or more',
    ),
  ]
}

const wrongScalingPolicy = (
  { type = '', value = 0, periodSeconds: period = 0 }: WirePolicy,
  at: Place,
): readonly Cause[] => [
  ...(type === 'Pods' || type === 'Percent'
    ? []
    : [cause([...at, 'type'], type, 'one of Pods, Percent')]),
  ...unless(value > 0, [...at, 'value'], value, 'more than 0'),
  ...unless(
    period > 0 && period <= periodMax,
    [...at, 'periodSeconds'],
    period,
    `1 to ${periodMax} seconds`,
  ),
]

/** A reference to an object. */
interface WireReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
}

interface WireTarget {
  readonly type?: string
  readonly value?: string
  readonly averageValue?: string
  readonly averageUtilization?: number
}

/** What one of the five sources may say. */
interface WireSource {
  readonly name?: string
  readonly container?: string
  readonly describedObject?: WireReference
  readonly metric?: { readonly name?: string }
  readonly target?: WireTarget
}

/** A metric. */
interface WireMetric {
  readonly type?: string
  readonly object?: WireSource
  readonly external?: WireSource
  readonly pods?: WireSource
  readonly resource?: WireSource
  readonly containerResource?: WireSource
}

/** The sources in the order in which they are looked at, by the type that names them. */
const metricSources = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
} as const

type SourceType = keyof typeof metricSources
const sourceTypes = Object.keys(metricSources) as readonly SourceType[]

/** Errors in the metrics of an autoscaler. */
const wrongMetrics = (metrics: readonly WireMetric[], at: Place): readonly Cause[] =>
  metrics.flatMap((metric, i) => wrongMetric(metric, [...at, i]))

const wrongMetric = (metric: WireMetric, at: Place): readonly Cause[] => {
  const { type = '' } = metric
  const present = sourceTypes.filter((one) => metric[metricSources[one]] !== undefined)
  const [first] = present
  const named = sourceTypes.find((one) => one === type)
  return [
    ...(named === undefined
      ? [cause([...at, 'type'], type, `one of ${sourceTypes.join(', ')}`)]
      : []),
    ...(first === undefined
      ? []
      : wrongMetricSource(first, metric[metricSources[first]] ?? {}, [
          ...at,
          metricSources[first],
        ])),
    ...(named === undefined || present.includes(named)
      ? []
      : [
          cause(
            [...at, metricSources[named]],
            undefined,
            `the source of a metric of type ${named}`,
          ),
        ]),
    ...(present.length === 1 ? [] : present)
      .filter((one) => one !== named)
      .map((one) =>
        cause([...at, metricSources[one]], metric[metricSources[one]], 'nothing: one source only'),
      ),
  ]
}

const wrongMetricSource = (type: SourceType, source: WireSource, at: Place): readonly Cause[] => {
  const { target = {}, name = '', container = '' } = source
  const goal = [...at, 'target']
  const common = wrongTarget(target, goal)
  switch (type) {
    case 'Object':
      return [
        ...wrongReference(source.describedObject ?? {}, [...at, 'describedObject']),
        ...wrongIdentifier(source, at),
        ...common,
        ...unlessEither(target, ['averageValue', 'value'], goal),
      ]
    case 'External':
      return [
        ...wrongIdentifier(source, at),
        ...common,
        ...unlessEither(target, ['averageValue', 'value'], goal),
        ...unlessAlone(target, ['value', 'averageValue'], goal),
      ]
    case 'Pods':
      return [
        ...wrongIdentifier(source, at),
        ...common,
        ...unlessEither(target, ['averageValue'], goal),
      ]
    case 'Resource':
    case 'ContainerResource':
      return [
        ...unless(name !== '', [...at, 'name'], name, 'the name of a resource'),
        ...(type === 'ContainerResource' && name !== ''
          ? wrongContainerResource(name, [...at, 'name'])
          : []),
        ...(type === 'ContainerResource' ? unlessDnsLabel(container, [...at, 'container']) : []),
        ...common,
        ...unlessEither(target, ['averageUtilization', 'averageValue'], goal),
        ...unlessAlone(target, ['averageValue', 'averageUtilization'], goal),
      ]
  }
}

/** Errors in the kind, the name and the form of the version of a reference. */
const wrongReference = (
  { apiVersion = '', kind = '', name = '' }: WireReference,
  at: Place,
): readonly Cause[] => [
  ...unless(isSegment(kind), [...at, 'kind'], kind, 'a kind'),
  ...unless(isSegment(name), [...at, 'name'], name, 'a name, without / and %'),
  ...unless(
    apiVersion.split('/').length <= 2,
    [...at, 'apiVersion'],
    apiVersion,
    'GROUP/VERSION, such as apps/v1',
  ),
]

const wrongIdentifier = ({ metric = {} }: WireSource, at: Place): readonly Cause[] =>
  unless(
    isSegment(metric.name ?? ''),
    [...at, 'metric', 'name'],
    metric.name,
    'the name of a metric, without / and %',
  )

/** Whether a text may be a part of a path. */
const isSegment = (text: string): boolean => /^[^/%]+$/s.test(text) && text !== '.' && text !== '..'

const wrongTarget = (target: WireTarget, at: Place): readonly Cause[] => {
  const { type, value, averageValue, averageUtilization } = target
  const isPositive = (text: string | undefined): boolean =>
    text === undefined || quantityOf(text) > 0n
  return [
    ...unless(
      type !== undefined && ['Utilization', 'Value', 'AverageValue'].includes(type),
      [...at, 'type'],
      type,
      'one of Utilization, Value, AverageValue',
    ),
    ...unless(isPositive(value), [...at, 'value'], value, 'more than 0'),
    ...unless(isPositive(averageValue), [...at, 'averageValue'], averageValue, 'more than 0'),
    ...unless(
      averageUtilization === undefined || averageUtilization >= 1,
      [...at, 'averageUtilization'],
      averageUtilization,
      'at least 1 percent',
    ),
  ]
}

type TargetField = 'averageUtilization' | 'averageValue' | 'value'

const unlessEither = (
  target: WireTarget,
  fields: readonly [TargetField, ...(readonly TargetField[])],
  at: Place,
): readonly Cause[] =>
  unless(
    fields.some((field) => target[field] !== undefined),
    [...at, fields[0]],
    undefined,
    fields.join(' or '),
  )

const unlessAlone = (
  target: WireTarget,
  [field, other]: readonly [TargetField, TargetField],
  at: Place,
): readonly Cause[] =>
  unless(
    target[field] === undefined || target[other] === undefined,
    [...at, field],
    target[field],
    `nothing, as ${other} is set`,
  )
