/**
 * Adds Application Auto Scaling to the controller of ECS services. Once a minute, the controller
 * evaluates the policies of each scalable target by the reported metric values; scheduled actions
 * run when they are due. Both change the `desiredCount` of a service.
 */
import { utc } from '@stowage/documents'
import {
  byCodeUnit,
  instant,
  withChanges,
  type Controller,
  type Instant,
  type Intent,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ecsController } from '../controller/ecs-controller.js'
import { withService, type ServiceRecord } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import type { ScalingSetting } from '../scaling/calls.js'
import { emptyScalingMemory, evaluateScaling } from '../scaling/evaluate.js'
import { defaultScalingOptions } from '../scaling/options.js'
import { emptyRegistry, registryKey, type ScalableTarget } from '../scaling/registry.js'
import { nextRun, parseSchedule } from '../scaling/schedule.js'
import { learnScaling } from './learn-scaling.js'
import type { ScalingServicesMemory } from './scaling-memory.js'

/** What the controller knows beside what is reported to it. */
export interface ScalingControllerOptions extends Partial<EcsControllerOptions> {
  readonly scaling?: Partial<ScalingSetting['options']>
  /** Time zones that scheduled actions may name. */
  readonly zones?: ScalingSetting['zones']
}

/** How a minute decides; tests plant others. */
export type Evaluate = typeof evaluateScaling

const evaluationPeriod = 60_000
const activitiesMax = 100

/**
 * The controller of services that scale, named `ecs`. Reports are those of `ecsController`, and
 * about `scaling NAME`, `metric RESOURCE POLICY` and `scaling-alarm RESOURCE POLICY`.
 */
export const scalingController = (
  { scaling, zones = new Map(), ...services }: ScalingControllerOptions = {},
  evaluate: Evaluate = evaluateScaling,
): Controller<ScalingServicesMemory> => {
  const inner = ecsController(services)
  const setting: ScalingSetting = { options: { ...defaultScalingOptions, ...scaling }, zones }
  return {
    name: inner.name,
    start: {
      ...inner.start,
      ...{ registry: emptyRegistry, metrics: new Map(), stepAlarms: new Map() },
      ...{ evaluations: new Map(), activities: [], nextMinute: undefined },
      scheduledUntil: instant(0),
    },
    learn: (draft, memory, fact) => {
      const nextMemory = learnScaling(setting, memory, fact.about, fact.report, fact.now)
      if (nextMemory !== undefined)
        return pipe(
          nextMemory,
          E.map((next) => ({ memory: next })),
        )
      return pipe(
        inner.learn!(draft, memory, fact),
        E.map((found) => ({
          ...found,
          memory: { ...memory, ...found.memory },
        })),
      )
    },
    decide: (view, memory) => {
      const first = inner.decide(view, memory)
      const before: ScalingServicesMemory = { ...memory, ...first.memory }
      const wake = nextWake(before, setting)
      if (wake === undefined || wake > view.now) return wokenFor(first, before, wake)
      const scaled = afterMinute(
        afterSchedules(before, setting, view.now),
        setting,
        view.now,
        evaluate,
      )
      const second = inner.decide({ ...view, nodes: [], replicas: [] }, scaled)
      const intents: readonly Intent[] = [...first.intents, ...second.intents]
      const next = { ...scaled, ...second.memory }
      return wokenFor({ ...second, intents }, next, nextWake(next, setting))
    },
    toData: (memory) => [
      inner.toData(memory),
      [
        entriesIn(memory.registry.targets),
        entriesIn(memory.registry.policies),
        entriesIn(memory.registry.actions),
      ],
      [entriesIn(memory.metrics), entriesIn(memory.stepAlarms)],
      entriesIn(memory.evaluations).map(([key, one]) => [
        key,
        { ...one, runs: entriesIn(one.runs) },
      ]),
      [memory.nextMinute ?? null, memory.scheduledUntil],
    ],
  }
}

const entriesIn = <Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...map].sort(([a], [b]) => byCodeUnit(a, b))

const wokenFor = (
  { intents, wakeAt }: { readonly intents: readonly Intent[]; readonly wakeAt?: Instant },
  memory: ScalingServicesMemory,
  wake: Instant | undefined,
) => {
  const next = wake === undefined || (wakeAt !== undefined && wakeAt < wake) ? wakeAt : wake
  return { memory, intents, ...(next === undefined ? {} : { wakeAt: next }) }
}

/** When policies are evaluated or an action acts. */
const nextWake = (memory: ScalingServicesMemory, setting: ScalingSetting): Instant | undefined =>
  [...memory.registry.actions.values()].reduce<Instant | undefined>((least, action) => {
    const next = runAfter(action, setting, memory.scheduledUntil)
    return next !== undefined && (least === undefined || next < least) ? next : least
  }, memory.nextMinute)

type Action =
  ScalingServicesMemory['registry']['actions'] extends ReadonlyMap<string, infer MapValue>
    ? MapValue
    : never

const runAfter = (
  { Schedule, Timezone = utc.name, CreationTime }: Action,
  { zones }: ScalingSetting,
  after: Instant,
): Instant | undefined => {
  const from = instant(Math.round(CreationTime * 1000))
  const bounds = { zone: zones.get(Timezone) ?? utc, from, hasStart: false, until: undefined }
  return nextRun(parseSchedule(Schedule)!, bounds, instant(Math.max(after, from)))
}

/** The memory after the scheduled actions that are due, in the order of their names. */
const afterSchedules = (
  memory: ScalingServicesMemory,
  setting: ScalingSetting,
  now: Instant,
): ScalingServicesMemory => {
  const due = entriesIn(memory.registry.actions).filter(([, action]) => {
    const next = runAfter(action, setting, memory.scheduledUntil)
    return next !== undefined && next <= now
  })
  const next = due.reduce((before, [, action]) => {
    const target = before.registry.targets.get(action.ResourceId)
    if (target === undefined || target.SuspendedState.ScheduledScalingSuspended) return before
    const { MinCapacity = target.MinCapacity, MaxCapacity = target.MaxCapacity } =
      action.ScalableTargetAction
    const bounded: ScalableTarget = { ...target, MinCapacity, MaxCapacity }
    const targets = withChanges(before.registry.targets, [[target.ResourceId, bounded]])
    const moved = { ...before, registry: { ...before.registry, targets } }
    const record = scaledService(moved, target)
    const count = record?.service.desiredCount ?? 0
    const to = Math.max(Math.min(count, MaxCapacity), MinCapacity)
    const cause = `the scheduled action ${action.ScheduledActionName} sets ${MinCapacity} to ${MaxCapacity}`
    return record === undefined || to === count
      ? moved
      : withDesired(moved, record, target, to, cause, now)
  }, memory)
  return { ...next, scheduledUntil: now }
}

const scaledService = (
  memory: ScalingServicesMemory,
  { ResourceId }: Pick<ScalableTarget, 'ResourceId'>,
): ServiceRecord | undefined => {
  const record = memory.services.get(ResourceId.slice(ResourceId.lastIndexOf('/') + 1))
  return record?.status === 'ACTIVE' ? record : undefined
}

/** The memory after the policies of all targets, once a minute. */
const afterMinute = (
  memory: ScalingServicesMemory,
  { options }: ScalingSetting,
  now: Instant,
  evaluate: Evaluate,
): ScalingServicesMemory => {
  if (memory.nextMinute === undefined || memory.nextMinute > now) return memory
  const evaluated = entriesIn(memory.registry.targets).reduce((before, [resource, target]) => {
    const record = scaledService(before, target)
    if (record === undefined) return before
    const policies = entriesIn(before.registry.policies)
      .map(([, policy]) => policy)
      .filter(({ ResourceId }) => ResourceId === resource)
    const byPolicy = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
      new Map(
        policies.flatMap(({ PolicyName }) => {
          const value = map.get(registryKey(target, PolicyName))
          return value === undefined ? [] : [[PolicyName, value] as const]
        }),
      )
    const count = record.service.desiredCount ?? 0
    const decision = evaluate({
      ...{ target, policies, options, now, desiredCount: count },
      ...{ values: byPolicy(before.metrics), alarms: byPolicy(before.stepAlarms) },
      isDeploying:
        record.deployments.length > 1 || record.deployments[0].rolloutState === 'IN_PROGRESS',
      memory: before.evaluations.get(resource) ?? emptyScalingMemory,
    })
    const evaluations = withChanges(before.evaluations, [[resource, decision.memory]])
    const next = { ...before, evaluations }
    return decision.desiredCount === count
      ? next
      : withDesired(next, record, target, decision.desiredCount, decision.cause, now)
  }, memory)
  return { ...evaluated, metrics: new Map(), nextMinute: instant(now + evaluationPeriod) }
}

/** The memory in which a service wants another count, as UpdateService would leave it. */
const withDesired = (
  memory: ScalingServicesMemory,
  record: ServiceRecord,
  { ResourceId: resource }: Pick<ScalableTarget, 'ResourceId'>,
  to: number,
  cause: string,
  at: Instant,
): ScalingServicesMemory => {
  const [primary, ...older] = record.deployments
  const from = record.service.desiredCount ?? 0
  const next: ServiceRecord = {
    ...record,
    service: { ...record.service, desiredCount: to },
    deployments: [{ ...primary, desiredCount: to }, ...older],
    ...{ isSteady: false, isBlocked: false },
  }
  return {
    ...memory,
    ...withService(memory, next),
    activities: [...memory.activities.slice(1 - activitiesMax), { at, resource, from, to, cause }],
  }
}
