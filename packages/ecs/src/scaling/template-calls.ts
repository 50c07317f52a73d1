/**
 * Converts the scaling resources of CloudFormation templates to requests of the Application Auto
 * Scaling API: scalable targets with their scheduled actions, policies, and the alarms that trigger
 * policies.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ApplicationAutoScaling::ScalableTarget and
 * ScalingPolicy, AWS::CloudWatch::Alarm.
 */
import { isObject, type DocumentFault, type Path, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { withNames } from '../template/name.js'
import { filesInAssemblies } from '../template/assembly-files.js'
import { noParameters, unknownParameters } from '../template/parameter.js'
import { stacksOfTemplates } from '../template/part.js'
import { scalableTarget, scalesTasks } from '../template/scaling.js'
import {
  propertyOf,
  referredResource,
  referredTo,
  type Stack,
  type StackResource,
} from '../template/stack.js'
import { isTemplate, templateOf, typeOf } from '../template/template.js'
import { isUnresolved } from '../template/unresolved.js'

/** A request, or an alarm as DescribeAlarms prints it, with the place of its resource. */
export interface TemplateCall {
  readonly from: string
  readonly at: Path
  readonly action:
    | 'MetricAlarm'
    | 'PutScalingPolicy'
    | 'PutScheduledAction'
    | 'RegisterScalableTarget'
  readonly request: object
}

const policyType = 'AWS::ApplicationAutoScaling::ScalingPolicy'

/**
 * What the templates among documents say of scaling; a `Left` has what is wrong with a template.
 * Of a cloud assembly, those that its manifest names are read.
 */
export const scalingInTemplates = (
  documents: readonly SourceDocument[],
  parameters = noParameters,
): E.Either<readonly DocumentFault[], readonly TemplateCall[]> => {
  const templates = filesInAssemblies(documents).documents.filter(({ value }) => isTemplate(value))
  const unknown = unknownParameters(templates, parameters)
  if (unknown.length > 0) return E.left(unknown)
  return pipe(
    stacksOfTemplates(templates.filter(scales), parameters),
    E.map(({ stacks }) => stacks.flatMap(callsOfStack)),
  )
}

const scales = (document: SourceDocument): boolean =>
  [...templateOf(document).resources.values()].some(
    (resource) => typeOf(resource)?.startsWith('AWS::ApplicationAutoScaling::') === true,
  )

const callsOfStack = (stack: Stack): readonly TemplateCall[] =>
  [...stack.resources.values()].flatMap((one) => {
    const at = ['Resources', one.id, 'Properties']
    if (one.type === scalableTarget && scalesTasks(one.properties)) return targetCalls(stack, one)
    if (one.type === policyType) {
      const target = referredTo(stack, one.properties, 'ScalingTargetId')
      const resource =
        target === undefined
          ? scaledResourceId(stack, one)
          : scaledResourceId(target.stack, target.resource)
      const request = {
        ...requestFields(stack, one),
        ...{ ...ofServices, ResourceId: resource, PolicyName: policyName(stack, one) },
      }
      return [{ from: stack.from, at, action: 'PutScalingPolicy' as const, request }]
    }
    if (one.type !== 'AWS::CloudWatch::Alarm') return []
    const actions = propertyOf(one.properties, 'AlarmActions')
    const names = (Array.isArray(actions) ? (actions as readonly unknown[]) : []).flatMap(
      (action) => {
        const found = referredResource(stack, action)
        return found?.resource.type === policyType ? [policyName(found.stack, found.resource)] : []
      },
    )
    const request = { ...requestFields(stack, one), AlarmActions: names }
    return names.length === 0
      ? []
      : [{ from: stack.from, at, action: 'MetricAlarm' as const, request }]
  })

const ofServices = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' }

const targetCalls = (stack: Stack, one: StackResource): readonly TemplateCall[] => {
  const { ScheduledActions: scheduled, ...fields } = requestFields(stack, one)
  const common = { ...ofServices, ResourceId: scaledResourceId(stack, one) }
  const at = ['Resources', one.id, 'Properties']
  const actions = Array.isArray(scheduled) ? (scheduled as readonly unknown[]) : []
  return [
    { from: stack.from, at, action: 'RegisterScalableTarget', request: { ...fields, ...common } },
    ...actions.flatMap((action, i) =>
      isObject(action)
        ? [
            {
              ...{ from: stack.from, at: [...at, 'ScheduledActions', i] },
              action: 'PutScheduledAction' as const,
              request: { ...action, ...common },
            },
          ]
        : [],
    ),
  ]
}

const scaledResourceId = (stack: Stack, one: StackResource): string => {
  const id = propertyOf(withNames(stack, one.properties), 'ResourceId')
  return typeof id === 'string' ? id : `service/${stack.name}/${one.id}`
}

const policyName = (stack: Stack, one: StackResource): string => {
  const name = propertyOf(one.properties, 'PolicyName')
  return typeof name === 'string' ? name : `${stack.name}-${one.id}`
}

/** The properties without what is not known, numbers and truth values as such. */
const requestFields = (stack: Stack, one: StackResource): Readonly<Record<string, unknown>> => {
  const value = plainValue(withNames(stack, one.properties))
  return isObject(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Fields whose value is a text although it may look like a number. */
const textFields = ['MetricName', 'PolicyName', 'ResourceId', 'ScheduledActionName']

const plainValue = (value: unknown, field = ''): unknown => {
  if (isUnresolved(value)) return undefined
  if (Array.isArray(value)) return value.map((item) => plainValue(item, field))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
        const plain = plainValue(inner, key)
        return plain === undefined ? [] : [[key, plain]]
      }),
    )
  if (typeof value !== 'string' || textFields.includes(field)) return value
  if (value === 'true' || value === 'false') return value === 'true'
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}
