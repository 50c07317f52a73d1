/**
 * Extracts the calls of RunTask that EventBridge rules and EventBridge Scheduler schedules make.
 *
 * Source: AWS CloudFormation Template Reference, AWS::Events::Rule EcsParameters and
 * AWS::Scheduler::Schedule EcsParameters.
 */
import { isObject, own, type Path } from '@stowage/documents'
import { propertyOf, type StackResource } from './stack.js'
import { isUnresolved } from './unresolved.js'

/** The resource types that start tasks. */
export const scheduleTypes: readonly string[] = ['AWS::Events::Rule', 'AWS::Scheduler::Schedule']

/** A call of RunTask that a resource makes, in the spelling of templates. */
export interface ScheduledCall {
  /** The path of the target within the properties of the resource. */
  readonly at: Path
  readonly properties: object
}

/** The calls of a resource; none when it is disabled. */
export const scheduledCalls = ({ type, properties }: StackResource): readonly ScheduledCall[] => {
  if (propertyOf(properties, 'State') === 'DISABLED') return []
  if (type === 'AWS::Scheduler::Schedule')
    return runTaskOf(propertyOf(properties, 'Target'), ['Target'], false)
  const targets = propertyOf(properties, 'Targets')
  return Array.isArray(targets)
    ? targets.flatMap((target: unknown, i) => runTaskOf(target, ['Targets', i], true))
    : []
}

const runTaskOf = (target: unknown, at: Path, isOfRule: boolean): readonly ScheduledCall[] => {
  const parameters = propertyOf(target, 'EcsParameters')
  if (!isObject(parameters) || isUnresolved(parameters)) return []
  const call = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, member]) =>
      omittedFields.includes(name) ? [] : [[names.get(name) ?? name, member] as const],
    ),
  )
  const overrides = overridesIn(propertyOf(target, 'Input'))
  const cluster = propertyOf(target, 'Arn')
  return callCounts(own(call, 'Count') ?? 1, isOfRule).map((Count) => ({
    at,
    properties: {
      ...{ ...call, Count, NetworkConfiguration: networkIn(parameters) },
      ...(cluster === undefined ? {} : { Cluster: cluster }),
      ...(overrides === undefined ? {} : { Overrides: overrides }),
    },
  }))
}

/** A call starts ten tasks at most. */
const callMax = 10
/** A rule names no more calls than this; more tasks than that are refused as one call. */
const callsMax = 100

/** No bound is documented for a rule, which takes several calls; a schedule has that of one. */
const callCounts = (count: unknown, isOfRule: boolean): readonly unknown[] => {
  const number = Number(typeof count === 'string' || typeof count === 'number' ? count : NaN)
  const isMore = isOfRule && Number.isInteger(number) && number > callMax
  if (!isMore || number > callMax * callsMax) return [count]
  return Array.from({ length: Math.ceil(number / callMax) }, (_, i) =>
    Math.min(callMax, number - i * callMax),
  )
}

const omittedFields: readonly string[] = ['TagList', 'NetworkConfiguration']

const names: ReadonlyMap<string, string> = new Map([
  ['TaskDefinitionArn', 'TaskDefinition'],
  ['TaskCount', 'Count'],
])

/** A rule spells the member of its network in its own way, and a schedule as a service does. */
const networkIn = (parameters: object): unknown => {
  const network = own(parameters, 'NetworkConfiguration')
  const inside = propertyOf(network, 'AwsVpcConfiguration')
  return inside === undefined ? network : { AwsvpcConfiguration: inside }
}

/** The overrides that the input of a target holds as JSON, in the spelling of the API. */
const overridesIn = (input: unknown): object | undefined => {
  if (typeof input !== 'string') return undefined
  const value = parseJson(input)
  if (!isObject(value)) return undefined
  const fields = overrideFields.flatMap((name) => {
    const field = own(value, name)
    return field === undefined ? [] : [[name, field] as const]
  })
  return fields.length === 0 ? undefined : Object.fromEntries(fields)
}

const overrideFields: readonly string[] = [
  'containerOverrides',
  'cpu',
  'memory',
  'ephemeralStorage',
]

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A path of a call in the spelling of a target, whose `Arn` is that of the cluster. */
export const schedulePath = (type: string, path: Path): Path => {
  if (path[0] === 'Cluster') return ['Arn']
  const steps = path.map((step) => {
    if (step === 'TaskDefinition') return 'TaskDefinitionArn'
    if (step === 'Count') return 'TaskCount'
    return step === 'AwsvpcConfiguration' && type === 'AWS::Events::Rule'
      ? 'AwsVpcConfiguration'
      : step
  })
  return ['EcsParameters', ...steps]
}
