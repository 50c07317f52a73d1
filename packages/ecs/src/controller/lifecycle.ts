/**
 * Runs blue/green, linear and canary deployments as a state machine, stage by stage:
 *
 * 1. The stage begins: its traffic shifts, and its hooks are called.
 * 2. The deployment waits until each hook succeeded and, in SCALE_UP, until all tasks of the new
 *    revision are healthy.
 * 3. The stage bakes for its time, and the next stage begins. In CLEAN_UP the older tasks stop as
 *    in a rolling update.
 *
 * A hook that fails, or that times out without the action CONTINUE, rolls the deployment back.
 *
 * Source: Amazon ECS Developer Guide, blue/green deployments and lifecycle hooks.
 */
import { later, type Instant, type Intent } from '@stowage/kernel'
import {
  shiftedTraffic,
  stageSteps,
  type LifecycleStage,
  type StageStep,
  type TrafficShare,
} from '../deployment/lifecycle-stages.js'
import type { DeploymentLifecycleHook } from '../words/deployment-configuration.js'
import { withFailure } from './deployment-failure.js'
import {
  withEvent,
  type Deployment,
  type EcsMemory,
  type HookCall,
  type Lifecycle,
  type ServiceRecord,
} from '../memory/memory.js'

/** The record after its deployment went on, and when it is to be looked at again. */
export interface LifecycleMove {
  readonly record: ServiceRecord
  readonly dueAt?: Instant | undefined
}

const minutes = 60_000
const wholeDay = 24 * 60 * minutes
/** No deployment is under way for longer than 30 days, and no stage for longer than a day. */
const [deploymentMax, stageMax] = [30 * wholeDay, wholeDay]

/** The lifecycle of the newest deployment while its older tasks have to stay. */
export const openLifecycle = ({
  deployments: [{ lifecycle, rolloutState }],
}: ServiceRecord): Lifecycle | undefined =>
  rolloutState === 'IN_PROGRESS' && lifecycle !== undefined && !isCleaning(lifecycle)
    ? lifecycle
    : undefined

const isCleaning = ({ steps, position }: Lifecycle): boolean =>
  steps[position]!.stage === 'CLEAN_UP'

/** True once the newest deployment may have tasks. */
export const mayScaleUp = ({ deployments: [{ lifecycle }] }: ServiceRecord): boolean =>
  lifecycle === undefined ||
  lifecycle.position >= lifecycle.steps.findIndex(({ stage }) => stage === 'SCALE_UP')

/** The lifecycle at the beginning of a deployment that has these shares of traffic before it. */
export const startLifecycle = (
  configuration: Parameters<typeof stageSteps>[0],
  traffic: readonly TrafficShare[],
  hasOthers: boolean,
  now: Instant,
): Lifecycle => ({
  steps: stageSteps(configuration, hasOthers),
  ...{ position: 0, since: now, hasBegun: false, hooks: [], sourceTraffic: traffic },
})

/** Takes the newest deployment through all stages that do not have to wait. */
export const advanceLifecycle = (
  before: ServiceRecord,
  { alarms }: Pick<EcsMemory, 'alarms'>,
  now: Instant,
  isScaledUp: boolean,
): LifecycleMove => {
  let record = before
  for (;;) {
    const lifecycle = openLifecycle(record)
    if (lifecycle === undefined) return { record }
    const [primary] = record.deployments
    if (!lifecycle.hasBegun) {
      record = beginStage(record, primary, lifecycle, now)
      continue
    }
    const wait = waitOf(primary, lifecycle, now, isScaledUp)
    if (wait === undefined) record = withLifecycle(record, nextStage(lifecycle, now))
    else if (wait.failure !== undefined)
      return { record: withRollback(record, alarms, now, wait.failure) }
    else return { record: withLifecycle(record, wait.lifecycle), dueAt: wait.until }
  }
}

const withRollback = (
  record: ServiceRecord,
  alarms: EcsMemory['alarms'],
  now: Instant,
  message: string,
): ServiceRecord =>
  withFailure(record, alarms, now, {
    ...{ reason: `ECS deployment failed: ${message}`, message },
    ...{ monitor: 'ECS deployment', isRollback: true },
  })

const withLifecycle = (record: ServiceRecord, lifecycle: Lifecycle): ServiceRecord => {
  const [primary, ...older] = record.deployments
  return { ...record, deployments: [{ ...primary, lifecycle }, ...older] }
}

const nextStage = (lifecycle: Lifecycle, now: Instant): Lifecycle => {
  const { bakedAt: _, ...others } = lifecycle
  return { ...others, position: lifecycle.position + 1, since: now, hasBegun: false }
}

const beginStage = (
  record: ServiceRecord,
  { id }: Deployment,
  lifecycle: Lifecycle,
  now: Instant,
): ServiceRecord => {
  const step = lifecycle.steps[lifecycle.position]!
  const calls = hookCalls(record, id, lifecycle, step, now)
  const begun = { ...lifecycle, hasBegun: true, hooks: [...lifecycle.hooks, ...calls] }
  const traffic = shiftedTraffic(lifecycle.sourceTraffic, id, step.percent)
  const message =
    step.stage === 'PRODUCTION_TRAFFIC_SHIFT'
      ? `${step.stage} (${step.percent} percent)`
      : step.stage
  return withEvent(
    withLifecycle({ ...record, traffic }, begun),
    now,
    `(deployment ${id}) lifecycle stage ${message}.`,
  )
}

const hookCalls = (
  { service }: ServiceRecord,
  id: string,
  { position }: Lifecycle,
  { stage }: StageStep,
  now: Instant,
): readonly HookCall[] =>
  (service.deploymentConfiguration?.lifecycleHooks ?? []).flatMap((hook, i) =>
    isHookedAt(hook, stage)
      ? [hookCallOf(hook, `${service.serviceName}/${id}/${position}-${i}`, stage, now)]
      : [],
  )

const isHookedAt = ({ lifecycleStages = [] }: DeploymentLifecycleHook, stage: LifecycleStage) =>
  lifecycleStages.includes(stage)

const hookCallOf = (
  { targetType = 'AWS_LAMBDA', hookTargetArn, timeoutConfiguration = {} }: DeploymentLifecycleHook,
  hookId: string,
  stage: LifecycleStage,
  now: Instant,
): HookCall => {
  const { timeoutInMinutes = 1440, action = 'ROLLBACK' } = timeoutConfiguration
  return {
    ...{ hookId, stage, targetType, timeoutAction: action },
    status: targetType === 'PAUSE' ? 'AWAITING_ACTION' : 'IN_PROGRESS',
    expiresAt: later(now, timeoutInMinutes * minutes),
    ...(hookTargetArn === undefined ? {} : { targetArn: hookTargetArn }),
  }
}

/** What a stage waits for: `failure` when it is in vain. */
interface StageWait {
  readonly lifecycle: Lifecycle
  readonly until: Instant
  readonly failure?: string
}

const waitOf = (
  { createdAt }: Deployment,
  lifecycle: Lifecycle,
  now: Instant,
  isScaledUp: boolean,
): StageWait | undefined => {
  const { stage, bakeMinutes } = lifecycle.steps[lifecycle.position]!
  const hooks = lifecycle.hooks.map((hook) => afterTimeout(hook, now))
  const current = { ...lifecycle, hooks }
  const failing = hooks.find(({ status, timeoutAction }) =>
    status === 'TIMED_OUT' ? timeoutAction === 'ROLLBACK' : status === 'FAILED',
  )
  const fail = (failure: string): StageWait => ({ lifecycle: current, until: now, failure })
  if (failing !== undefined) {
    const how = failing.status === 'FAILED' ? 'failed' : 'was not answered in time'
    return fail(`the lifecycle hook ${failing.hookId} ${how}.`)
  }
  const endAt = later(createdAt, deploymentMax)
  if (now >= endAt) return fail('it is under way for 30 days.')
  const [open] = hooks.filter(isAwaited)
  if (open !== undefined) return { lifecycle: current, until: sooner(open.expiresAt, endAt) }
  const stageEnd = later(lifecycle.since, stageMax)
  if (stage === 'SCALE_UP' && !isScaledUp)
    return now >= stageEnd
      ? fail('the new service revision did not scale up within 24 hours.')
      : { lifecycle: current, until: sooner(stageEnd, endAt) }
  const bakedAt = lifecycle.bakedAt ?? later(now, bakeMinutes * minutes)
  if (now < bakedAt) return { lifecycle: { ...current, bakedAt }, until: sooner(bakedAt, endAt) }
  return undefined
}

const sooner = (a: Instant, b: Instant): Instant => (a < b ? a : b)

/** True for a hook whose answer is waited for. */
export const isAwaited = ({ status }: HookCall): boolean =>
  status === 'AWAITING_ACTION' || status === 'IN_PROGRESS'

const afterTimeout = (hook: HookCall, now: Instant): HookCall =>
  isAwaited(hook) && now >= hook.expiresAt ? { ...hook, status: 'TIMED_OUT' } : hook

/** The orders that follow from what changed: hooks to call, and traffic to shift. */
export const lifecycleOrders = (before: ServiceRecord, after: ServiceRecord): readonly Intent[] => {
  const known = new Set(hooksOf(before).map(({ hookId }) => hookId))
  const { serviceName: service } = after.service
  const calls = hooksOf(after).filter((hook) => !known.has(hook.hookId))
  const isShifted = JSON.stringify(before.traffic) !== JSON.stringify(after.traffic)
  return [
    ...(isShifted
      ? [{ _tag: 'Ask' as const, request: { shiftTraffic: { service, shares: after.traffic } } }]
      : []),
    ...calls.map((hook) => ({ _tag: 'Ask' as const, request: { callHook: { service, ...hook } } })),
  ]
}

const hooksOf = ({ deployments: [{ lifecycle }] }: ServiceRecord): readonly HookCall[] =>
  lifecycle?.hooks ?? []
