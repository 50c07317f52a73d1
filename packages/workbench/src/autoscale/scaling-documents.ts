/**
 * Collects the configuration of Application Auto Scaling from parsed input files: (1) outputs of
 * `describe-*` commands, including CloudWatch's `describe-alarms`; (2) requests of `put-*` and
 * `register-*` commands; (3) resources of CloudFormation templates. Our model of the API checks all
 * of it, and refuses what AWS would refuse.
 */
import {
  isObject,
  own,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import {
  callScaling,
  defaultScalingOptions,
  emptyRegistry,
  scalingInTemplates,
  type ScalingRegistry,
  type ScalingSetting,
  type StepAlarm,
} from '@stowage/ecs'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'

/** Everything that the documents say of scaling. */
export interface ScalingDocuments {
  readonly registry: ScalingRegistry
  /** The alarms of step policies, with their metrics, by the ARN or the name of the policy. */
  readonly alarms: readonly FoundAlarm[]
}

/** An alarm whose action is a policy. */
export interface FoundAlarm extends StepAlarm {
  readonly metric: string
  readonly actions: readonly string[]
}

interface FoundCall {
  readonly from: string
  readonly at: Path
  readonly value: object
  readonly name: 'PutScalingPolicy' | 'PutScheduledAction' | 'RegisterScalableTarget'
}

/** Whether a document says anything of scaling. */
export const isScalingDocument = (document: SourceDocument): boolean =>
  isScalingTemplate(document) || callsIn(document).length + alarmsIn(document).length > 0

/** Whether a document is a template with a scalable target or a scaling policy. */
const isScalingTemplate = ({ value }: SourceDocument): boolean => {
  const resources = isObject(value) ? own(value, 'Resources') : undefined
  return (
    isObject(resources) &&
    Object.values(resources).some((one: unknown) => {
      const type = isObject(one) ? own(one, 'Type') : undefined
      return typeof type === 'string' && type.startsWith('AWS::ApplicationAutoScaling::')
    })
  )
}

/** The parameters of templates, and the clocks of the zones that scheduled actions name. */
export interface TemplateSetting extends Pick<ScalingSetting, 'zones'> {
  readonly parameters: Parameters<typeof scalingInTemplates>[1]
}

/** Reads the documents as they stand before an instant. */
export const readScaling = (
  documents: readonly SourceDocument[],
  { zones, parameters }: TemplateSetting,
  before: Instant,
): E.Either<Faults, ScalingDocuments> => {
  const setting: ScalingSetting = { options: defaultScalingOptions, zones }
  const order = ['RegisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction']
  const templates = scalingInTemplates(documents, parameters)
  if (E.isLeft(templates)) return templates
  const ofTemplates = templates.right.flatMap(({ action: name, request: value, from, at }) =>
    name === 'MetricAlarm' ? [] : [{ from, at, value, name }],
  )
  const calls = [...documents.flatMap(callsIn), ...ofTemplates].sort(
    (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
  )
  let registry = emptyRegistry
  const faults: DocumentFault[] = []
  for (const { from, at, value, name } of calls) {
    const result = callScaling(setting, registry, name, value, before)
    if (E.isRight(result)) registry = result.right[0]
    else
      for (const wrong of result.left.wrong)
        faults.push({ ...wrong, from, at: [...at, ...wrong.at] })
  }
  return faults.length > 0
    ? E.left(faults)
    : E.right({
        registry,
        alarms: [
          ...documents.flatMap(alarmsIn),
          ...templates.right.flatMap(({ action, request: value, from }) =>
            action === 'MetricAlarm' ? alarmsIn({ from, value }) : [],
          ),
        ],
      })
}

const lists = {
  ScalableTargets: 'RegisterScalableTarget',
  ScalingPolicies: 'PutScalingPolicy',
  ScheduledActions: 'PutScheduledAction',
} as const

const callsIn = ({ from, value }: SourceDocument): readonly FoundCall[] => {
  if (!isObject(value)) return []
  const described = Object.entries(lists).flatMap(([field, name]) => {
    const list = own(value, field)
    return !Array.isArray(list)
      ? []
      : (list as readonly unknown[]).flatMap((one, i) =>
          isObject(one) ? [{ from, at: [field, i], value: one, name }] : [],
        )
  })
  if (described.length > 0 || own(value, 'ResourceId') === undefined) return described
  const name =
    own(value, 'PolicyName') !== undefined
      ? 'PutScalingPolicy'
      : own(value, 'ScheduledActionName') !== undefined
        ? 'PutScheduledAction'
        : 'RegisterScalableTarget'
  return own(value, 'ServiceNamespace') === undefined ? [] : [{ from, at: [], value, name }]
}

const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
] as const

const alarmsIn = ({ value }: SourceDocument): readonly FoundAlarm[] => {
  if (!isObject(value)) return []
  const list = own(value, 'MetricAlarms')
  const all: readonly unknown[] = Array.isArray(list) ? list : [value]
  return all.flatMap((one) => {
    const fields = isObject(one) ? one : {}
    const [metric, threshold, actions] = ['MetricName', 'Threshold', 'AlarmActions'].map((name) =>
      own(fields, name),
    )
    const comparison = comparisons.find((name) => name === own(fields, 'ComparisonOperator'))
    const isAlarm =
      typeof metric === 'string' && typeof threshold === 'number' && Array.isArray(actions)
    if (!isAlarm || comparison === undefined) return []
    const points = Number(own(fields, 'DatapointsToAlarm') ?? own(fields, 'EvaluationPeriods') ?? 1)
    const minutes = Math.max(1, Math.round((points * Number(own(fields, 'Period') ?? 60)) / 60))
    return [{ metric, threshold, comparison, minutes, actions: actions.map(String) }]
  })
}
