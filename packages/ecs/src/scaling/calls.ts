/**
 * Implements the actions of Application Auto Scaling, in a table by name. An action decodes and
 * validates its request, and returns the next registry (the stored targets, policies and scheduled
 * actions) with its answer, or the exception that the API throws.
 *
 * Source: Application Auto Scaling API Reference, actions.
 */
import {
  decodeValue,
  listOrEmpty,
  optional,
  record,
  text,
  nearestNames,
  type Codec,
  utc,
  type TimeZone,
} from '@stowage/documents'
import { byCodeUnit, instant, withChanges, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Complaint } from '../words/complaint.js'
import { secondsOf } from '../words/instant.js'
import { checkPolicy, checkRuns } from './check-policy.js'
import type { ScalingOptions } from './options.js'
import {
  PutScalingPolicyRequest,
  PutScheduledActionRequest,
  RegisterScalableTargetRequest,
  resourceFields,
  ScaledResource,
} from './policy.js'
import {
  registryKey,
  type ScalableTarget,
  type ScalingPolicy,
  type ScalingRegistry,
  type ScheduledAction,
} from './registry.js'
import {
  scalingException,
  type ScalingException,
  type ScalingExceptionName,
} from './scaling-exception.js'
import { parseSchedule } from './schedule.js'
import { clockOfText } from './time-zone.js'

/** What calls are made with. */
export interface ScalingSetting {
  readonly options: ScalingOptions
  /** The time zones that scheduled actions may name, by name; UTC is always known. */
  readonly zones: ReadonlyMap<string, TimeZone>
}

/** The outcome of a call. */
export type ScalingResult = E.Either<ScalingException, readonly [ScalingRegistry, unknown]>

interface ScalingCall<Request> {
  readonly setting: ScalingSetting
  readonly registry: ScalingRegistry
  readonly request: Request
  readonly at: Instant
}

type Perform = (
  setting: ScalingSetting,
  registry: ScalingRegistry,
  raw: unknown,
  at: Instant,
) => ScalingResult

/** What an action does: a complaint ends it. */
type Outcome =
  | readonly [ScalingRegistry, unknown]
  | { readonly complaints: readonly Complaint[]; readonly exception?: ScalingExceptionName }

const action =
  <Request>(codec: Codec<Request>, apply: (call: ScalingCall<Request>) => Outcome): Perform =>
  (setting, registry, raw, at) => {
    const decoded = decodeValue(codec, raw)
    if (E.isLeft(decoded)) return E.left(scalingException(raw, decoded.left))
    if (registry.at !== undefined && at < registry.at)
      return E.left(scalingException(raw, [{ at: [], expected: 'a call after the last one' }]))
    const outcome = apply({ setting, registry: { ...registry, at }, request: decoded.right, at })
    return 'complaints' in outcome
      ? E.left(scalingException(raw, outcome.complaints, outcome.exception))
      : E.right(outcome)
  }

const refusedScaling = (
  complaints: readonly Complaint[],
  exception?: ScalingExceptionName,
): Outcome => ({
  complaints,
  ...(exception === undefined ? {} : { exception }),
})

const isRegistered = ({ registry, request }: ScalingCall<ScaledResource>): boolean =>
  registry.targets.has(request.ResourceId)

const refuseUnregistered = ({ request }: ScalingCall<ScaledResource>): Outcome =>
  refusedScaling(
    [
      {
        at: ['ResourceId'],
        expected: `a scalable target: RegisterScalableTarget of ${request.ResourceId} comes first`,
      },
    ],
    'ObjectNotFoundException',
  )

const scalingArn = ({ options }: ScalingSetting, service: string, resource: string): string =>
  `arn:aws:${service}:${options.region}:${options.account}:${resource}`

/** An id that no object before has, in the form of the API. */
const madeId = (made: number): string => made.toString(16).padStart(32, '0')

const registerScalableTarget = action(RegisterScalableTargetRequest, (call) => {
  const { setting, registry, request, at } = call
  const { ResourceId, ServiceNamespace, ScalableDimension, SuspendedState: suspended } = request
  const known = registry.targets.get(ResourceId)
  const min = request.MinCapacity ?? known?.MinCapacity
  const max = request.MaxCapacity ?? known?.MaxCapacity
  const missing = [
    ...(min === undefined
      ? [{ at: ['MinCapacity'], expected: 'a number, as the target is new' }]
      : []),
    ...(max === undefined
      ? [{ at: ['MaxCapacity'], expected: 'a number, as the target is new' }]
      : []),
  ]
  if (min === undefined || max === undefined) return refusedScaling(missing)
  if (min > max)
    return refusedScaling([{ at: ['MinCapacity'], expected: `at most MaxCapacity, ${max}` }])
  const state = { ...(known?.SuspendedState ?? nothingSuspended), ...definedOf(suspended ?? {}) }
  const target: ScalableTarget = {
    ...{ ServiceNamespace, ResourceId, ScalableDimension, MinCapacity: min, MaxCapacity: max },
    RoleARN: request.RoleARN ?? known?.RoleARN ?? scalingArn(setting, 'iam', serviceRole),
    CreationTime: known?.CreationTime ?? secondsOf(at),
    SuspendedState: state,
    ScalableTargetARN:
      known?.ScalableTargetARN ??
      scalingArn(setting, 'application-autoscaling', `scalable-target/${madeId(registry.made)}`),
  }
  const targets = withChanges(registry.targets, [[ResourceId, target]])
  const { ScalableTargetARN } = target
  return [{ ...registry, targets, made: registry.made + 1 }, { ScalableTargetARN }]
})

const serviceRole =
  'role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService'

const nothingSuspended = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
}

const definedOf = <Fields extends object>(
  fields: Fields,
): { readonly [Key in keyof Fields]?: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never

const deregisterScalableTarget = action(ScaledResource, (call) => {
  const { registry, request } = call
  if (!isRegistered(call)) return refuseUnregistered(call)
  const without = <Value extends ScaledResource>(map: ReadonlyMap<string, Value>) =>
    new Map([...map].filter(([, { ResourceId }]) => ResourceId !== request.ResourceId))
  const { targets, policies, actions } = registry
  const next = { targets: without(targets), policies: without(policies), actions: without(actions) }
  return [{ ...registry, ...next }, {}]
})

const policiesMax = 50
const actionsMax = 200

const putScalingPolicy = action(PutScalingPolicyRequest, (call) => {
  const { setting, registry, request, at } = call
  if (!isRegistered(call)) return refuseUnregistered(call)
  const key = registryKey(request, request.PolicyName)
  const known = registry.policies.get(key)
  const PolicyType = request.PolicyType ?? known?.PolicyType ?? 'StepScaling'
  const wish = { ...request, PolicyType }
  const complaints = checkPolicy(wish)
  if (complaints.length > 0 || PolicyType === 'PredictiveScaling') return refusedScaling(complaints)
  if (known !== undefined && known.PolicyType !== PolicyType)
    return refusedScaling([
      { at: ['PolicyType'], expected: `${known.PolicyType}, its type until now` },
    ])
  const others = ownOfResource(registry.policies, request)
  if (known === undefined && others.length >= policiesMax)
    return refusedScaling(
      [{ at: ['PolicyName'], expected: `at most ${policiesMax} policies of a target` }],
      'LimitExceededException',
    )
  const id = madeId(registry.made)
  const policyName = `resource/ecs/${request.ResourceId}:policyName/${request.PolicyName}`
  const policy: ScalingPolicy = {
    ...wish,
    PolicyType,
    ...filledConfiguration(wish),
    PolicyARN:
      known?.PolicyARN ?? scalingArn(setting, 'autoscaling', `scalingPolicy:${id}:${policyName}`),
    CreationTime: known?.CreationTime ?? secondsOf(at),
    Alarms:
      known?.Alarms ??
      (PolicyType === 'StepScaling'
        ? []
        : ['AlarmHigh', 'AlarmLow'].map((one) => {
            const AlarmName = `TargetTracking-${request.ResourceId}-${one}-${id}`
            return { AlarmName, AlarmARN: scalingArn(setting, 'cloudwatch', `alarm:${AlarmName}`) }
          })),
  }
  const policies = withChanges(registry.policies, [[key, policy]])
  const { PolicyARN, Alarms } = policy
  return [
    { ...registry, policies, made: registry.made + 1 },
    { PolicyARN, Alarms },
  ]
})

const cooldownDefault = 300

const filledConfiguration = ({
  StepScalingPolicyConfiguration: step,
  TargetTrackingScalingPolicyConfiguration: tracking,
}: PutScalingPolicyRequest) => ({
  StepScalingPolicyConfiguration: step && {
    ...step,
    Cooldown: step.Cooldown ?? cooldownDefault,
    MetricAggregationType: step.MetricAggregationType ?? 'Average',
  },
  TargetTrackingScalingPolicyConfiguration: tracking && {
    ...tracking,
    ScaleOutCooldown: tracking.ScaleOutCooldown ?? cooldownDefault,
    ScaleInCooldown: tracking.ScaleInCooldown ?? cooldownDefault,
    DisableScaleIn: tracking.DisableScaleIn ?? false,
  },
})

const ownOfResource = <Value extends ScaledResource>(
  map: ReadonlyMap<string, Value>,
  { ResourceId }: ScaledResource,
): readonly Value[] => [...map.values()].filter((one) => one.ResourceId === ResourceId)

const putScheduledAction = action(PutScheduledActionRequest, (call) => {
  const { setting, registry, request, at } = call
  if (!isRegistered(call)) return refuseUnregistered(call)
  const key = registryKey(request, request.ScheduledActionName)
  const known = registry.actions.get(key)
  const Schedule = request.Schedule ?? known?.Schedule
  const bounds = request.ScalableTargetAction ?? known?.ScalableTargetAction
  const schedule = Schedule === undefined ? undefined : parseSchedule(Schedule)
  const zoneName = request.Timezone ?? known?.Timezone ?? utc.name
  const zone = zoneName === utc.name ? utc : setting.zones.get(zoneName)
  const { MinCapacity: min, MaxCapacity: max } = bounds ?? {}
  const [start, end] = [request.StartTime, request.EndTime].map((text) =>
    text === undefined ? undefined : instant(clockOfText(text.slice(0, 19)) ?? 0),
  )
  const complaints: readonly Complaint[] = [
    ...(schedule === undefined
      ? [
          {
            at: ['Schedule'],
            expected:
              'at(2026-12-01T09:00:00), rate(5 minutes) or cron(0 9 ? * MON-FRI *), one of the two days being ?',
          },
        ]
      : []),
    ...(zone === undefined
      ? [{ at: ['Timezone'], expected: zoneText(zoneName, [utc.name, ...setting.zones.keys()]) }]
      : []),
    ...(min === undefined && max === undefined
      ? [{ at: ['ScalableTargetAction'], expected: 'MinCapacity, MaxCapacity or both' }]
      : []),
    ...(min !== undefined && max !== undefined && min > max
      ? [
          {
            at: ['ScalableTargetAction', 'MinCapacity'],
            expected: `at most MaxCapacity, ${max}`,
          },
        ]
      : []),
    ...(schedule === undefined || zone === undefined
      ? []
      : checkRuns(schedule, zone, { ...definedOf({ start, end }), now: at })),
  ]
  if (complaints.length > 0 || Schedule === undefined || bounds === undefined)
    return refusedScaling(complaints)
  if (known === undefined && ownOfResource(registry.actions, request).length >= actionsMax)
    return refusedScaling(
      [{ at: ['ScheduledActionName'], expected: `at most ${actionsMax} actions of a target` }],
      'LimitExceededException',
    )
  const name = `resource/ecs/${request.ResourceId}:scheduledActionName/${request.ScheduledActionName}`
  const put: ScheduledAction = {
    ...{ ...request, Schedule, ScalableTargetAction: bounds, Timezone: zoneName },
    ScheduledActionARN:
      known?.ScheduledActionARN ??
      scalingArn(setting, 'autoscaling', `scheduledAction:${madeId(registry.made)}:${name}`),
    CreationTime: secondsOf(at),
  }
  const actions = withChanges(registry.actions, [[key, put]])
  return [{ ...registry, actions, made: registry.made + 1 }, {}]
})

const zoneText = (name: string, names: readonly string[]): string => {
  const near = nearestNames(name, names)
  return `a time zone that is known${near.length === 0 ? '' : `, such as ${near.join(', ')}`}`
}

const deletion = <Request extends ScaledResource>(
  codec: Codec<Request>,
  nameField: keyof Request & string,
  mapName: 'actions' | 'policies',
): Perform =>
  action(codec, ({ registry, request }) => {
    const name = String(request[nameField])
    const key = registryKey(request, name)
    const map: ReadonlyMap<string, unknown> = registry[mapName]
    if (map.has(key))
      return [{ ...registry, [mapName]: new Map([...map].filter(([one]) => one !== key)) }, {}]
    return refusedScaling(
      [{ at: [nameField], expected: `one of those of ${request.ResourceId}` }],
      'ObjectNotFoundException',
    )
  })

const deleteScalingPolicy = deletion(
  record<ScaledResource & { readonly PolicyName: string }>('an object', {
    ...resourceFields,
    PolicyName: text,
  }),
  'PolicyName',
  'policies',
)

const deleteScheduledAction = deletion(
  record<ScaledResource & { readonly ScheduledActionName: string }>('an object', {
    ...resourceFields,
    ScheduledActionName: text,
  }),
  'ScheduledActionName',
  'actions',
)

interface DescribeRequest {
  readonly ServiceNamespace: 'ecs'
  readonly ResourceId: string | undefined
  readonly ResourceIds: readonly string[]
  readonly ScalableDimension: string | undefined
  readonly PolicyNames: readonly string[]
  readonly ScheduledActionNames: readonly string[]
}
const DescribeRequest: Codec<DescribeRequest> = record<DescribeRequest>('an object', {
  ServiceNamespace: resourceFields.ServiceNamespace,
  ResourceId: optional(text),
  ResourceIds: listOrEmpty(text),
  ScalableDimension: optional(text),
  PolicyNames: listOrEmpty(text),
  ScheduledActionNames: listOrEmpty(text),
})

/** Lists what was registered, in the order of the keys; everything is on one page. */
const description = <Value extends ScaledResource>(
  field: string,
  mapOf: (registry: ScalingRegistry) => ReadonlyMap<string, Value>,
  isNamed: (value: Value, request: DescribeRequest) => boolean,
): Perform =>
  action(DescribeRequest, ({ registry, request }) => {
    const values = [...mapOf(registry)]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([, value]) => value)
      .filter(({ ResourceId }) => ResourceId === (request.ResourceId ?? ResourceId))
      .filter((value) => isNamed(value, request))
    return [registry, { [field]: values }]
  })

const isListed = (name: string, names: readonly string[]): boolean =>
  names.length === 0 || names.includes(name)

/** Every action, by its name. */
const scalingActions: Readonly<Record<ScalingActionName, Perform>> = {
  DeleteScalingPolicy: deleteScalingPolicy,
  DeleteScheduledAction: deleteScheduledAction,
  DeregisterScalableTarget: deregisterScalableTarget,
  DescribeScalableTargets: description(
    'ScalableTargets',
    ({ targets }) => targets,
    ({ ResourceId }, { ResourceIds }) => isListed(ResourceId, ResourceIds),
  ),
  DescribeScalingPolicies: description(
    'ScalingPolicies',
    ({ policies }) => policies,
    ({ PolicyName }, { PolicyNames }) => isListed(PolicyName, PolicyNames),
  ),
  DescribeScheduledActions: description(
    'ScheduledActions',
    ({ actions }) => actions,
    ({ ScheduledActionName }, { ScheduledActionNames }) =>
      isListed(ScheduledActionName, ScheduledActionNames),
  ),
  PutScalingPolicy: putScalingPolicy,
  PutScheduledAction: putScheduledAction,
  RegisterScalableTarget: registerScalableTarget,
}

/** The name of an action, as the API spells it. */
export type ScalingActionName =
  | 'DeleteScalingPolicy'
  | 'DeleteScheduledAction'
  | 'DeregisterScalableTarget'
  | 'DescribeScalableTargets'
  | 'DescribeScalingPolicies'
  | 'DescribeScheduledActions'
  | 'PutScalingPolicy'
  | 'PutScheduledAction'
  | 'RegisterScalableTarget'

/** True when `callScaling` knows an action of this name. */
export const isScalingAction = (name: string): name is ScalingActionName =>
  Object.hasOwn(scalingActions, name)

/**
 * Calls an action of Application Auto Scaling by its name. `request` is spelled as in the API; it
 * is decoded and checked here. The result is the exception that the API throws, with the registry
 * untouched, or the next registry and the answer.
 */
export const callScaling = (
  setting: ScalingSetting,
  registry: ScalingRegistry,
  name: ScalingActionName,
  request: unknown,
  at: Instant,
): ScalingResult => scalingActions[name](setting, registry, request, at)
