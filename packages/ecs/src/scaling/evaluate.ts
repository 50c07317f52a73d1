/**
 * Evaluates the target tracking and step scaling policies of one service, once a minute, and
 * decides the desired count:
 *
 * 1. A count outside of the bounds (MinCapacity, MaxCapacity) is set to the nearest bound.
 * 2. To scale out, each policy whose alarm condition holds proposes a count; the largest wins.
 * 3. Otherwise the service scales in when each target tracking policy that may scale in proposes a
 *    smaller count; the largest wins.
 * 4. A cooldown, a deployment in progress or a suspended process prevents scaling in.
 *
 * Source: Application Auto Scaling User Guide, target tracking, step scaling and several policies;
 * Amazon ECS Developer Guide, service auto scaling. AWS publishes no formula for target tracking:
 * in proportion to the metric, rounded up, is the convention.
 */
import { instant, type Instant } from '@stowage/kernel'
import type { ScalingOptions } from './options.js'
import type { ScalableTarget, ScalingPolicy } from './registry.js'
import { adjustedCount, metStep } from './step-adjustment.js'

/** When a step policy acts: an alarm of the user names it. */
export interface StepAlarm {
  readonly threshold: number
  readonly comparison:
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'LessThanOrEqualToThreshold'
    | 'LessThanThreshold'
  /** So many minutes in a row. */
  readonly minutes: number
}

/** What is remembered of a service between two minutes. */
export interface ScalingMemory {
  /** By policy: minutes in a row above and below its alarms. */
  readonly runs: ReadonlyMap<string, { readonly above: number; readonly below: number }>
  readonly out: { readonly from: number; readonly until: Instant } | undefined
  readonly inUntil: Instant | undefined
}

/** The memory of a service that was not evaluated yet. */
export const emptyScalingMemory: ScalingMemory = {
  ...{ runs: new Map(), out: undefined, inUntil: undefined },
}

/** A service at the end of a minute. */
export interface ScalingView {
  readonly target: Pick<ScalableTarget, 'MaxCapacity' | 'MinCapacity' | 'SuspendedState'>
  readonly policies: readonly ScalingPolicy[]
  /** By policy: its metric of the minute; absent when there is no value. */
  readonly values: ReadonlyMap<string, number>
  /** By policy: the alarm of a step policy, which without one never acts. */
  readonly alarms: ReadonlyMap<string, StepAlarm>
  readonly desiredCount: number
  /** Whether a deployment of the service is in progress. */
  readonly isDeploying: boolean
  readonly options: ScalingOptions
  readonly memory: ScalingMemory
  readonly now: Instant
}

/** What a minute leads to. */
export interface ScalingDecision {
  readonly desiredCount: number
  readonly memory: ScalingMemory
  /** Why the count changes, or why it stays although a policy wants another. */
  readonly cause: string
  /** The policy that decided, and the count that it wants, which the bounds do not limit. */
  readonly policy: string | undefined
  readonly proposal: number | undefined
}

/** A count that a policy wants. */
interface ScalingWish {
  readonly policy: ScalingPolicy
  readonly count: number
  readonly cause: string
}

/**
 * Decides on the count at the end of a minute.
 *
 * While a scale-out cooldown runs, policies compute their proposals from the count before that
 * scale-out, so only the excess over the last scale-out is added. Scaling out ends the scale-in
 * cooldown. A minute without a metric value resets the policy's count of consecutive minutes, so a
 * policy without values never scales in.
 */
export const evaluateScaling = (view: ScalingView): ScalingDecision => {
  const { target, desiredCount: count, options, policies, values, alarms, now } = view
  const { MinCapacity: min, MaxCapacity: max, SuspendedState: suspended } = target
  const runs = new Map(policies.map((policy) => [policy.PolicyName, nextRuns(policy, view)]))
  const memory: ScalingMemory = { ...view.memory, runs }
  const stays = (cause: string, policy?: ScalingWish): ScalingDecision => ({
    ...{ desiredCount: count, memory, cause, policy: policy?.policy.PolicyName },
    proposal: policy?.count,
  })
  if (count < min || count > max) {
    const bound = count < min ? min : max
    const name = count < min ? 'MinCapacity' : 'MaxCapacity'
    return {
      ...stays(`${count} is outside of ${name}, ${max < count ? max : min}`),
      desiredCount: bound,
    }
  }
  const cooling = memory.out !== undefined && memory.out.until > now ? memory.out : undefined
  const base = cooling?.from ?? count
  const wishesFrom = (from: number, direction: 'in' | 'out') =>
    policies.flatMap((policy) => {
      const value = values.get(policy.PolicyName)
      const run = runs.get(policy.PolicyName)!
      if (value === undefined) return []
      const wish = wishOf({ policy, value, run, from, direction, options, alarms })
      return wish === undefined ? [] : [wish]
    })
  const outs = wishesFrom(base, 'out')
  const out = largest(outs.filter((wish) => wish.count > count))
  if (out !== undefined) {
    if (suspended.DynamicScalingOutSuspended) return stays('scaling out is suspended', out)
    if (count === max) return stays(`MaxCapacity is ${max}`, out)
    const desiredCount = Math.min(out.count, max)
    const until = instant(now + 1000 * cooldownOf(out.policy, 'out'))
    const limit = out.count > max ? `, at most MaxCapacity, ${max}` : ''
    return {
      ...{ desiredCount, policy: out.policy.PolicyName, proposal: out.count },
      cause: out.cause + limit,
      memory: { ...memory, out: { from: base, until }, inUntil: undefined },
    }
  }
  if (outs.length > 0 && cooling !== undefined)
    return stays(`a scale-out cooldown runs: no more than from ${base}`, largest(outs))
  const ins = wishesFrom(count, 'in').filter((wish) => wish.count < count)
  const trackers = policies.filter(mayTrackDown)
  const silent = trackers.find((one) => !ins.some(({ policy }) => policy === one))
  const inward = largest(ins)
  if (inward === undefined) return stays('')
  if (silent !== undefined) return stays(`${silent.PolicyName} does not scale in`, inward)
  if (suspended.DynamicScalingInSuspended) return stays('scaling in is suspended', inward)
  if (view.isDeploying) return stays('a deployment is in progress', inward)
  if (memory.inUntil !== undefined && memory.inUntil > now)
    return stays('a scale-in cooldown runs', inward)
  if (count === min) return stays(`MinCapacity is ${min}`, inward)
  const limit = inward.count < min ? `, at least MinCapacity, ${min}` : ''
  return {
    desiredCount: Math.max(inward.count, min),
    ...{ policy: inward.policy.PolicyName, proposal: inward.count, cause: inward.cause + limit },
    memory: { ...memory, inUntil: instant(now + 1000 * cooldownOf(inward.policy, 'in')) },
  }
}

const largest = (wishes: readonly ScalingWish[]): ScalingWish | undefined =>
  wishes.reduce<ScalingWish | undefined>(
    (best, wish) => (best === undefined || wish.count > best.count ? wish : best),
    undefined,
  )

/** Whether a policy tracks a target and may scale in. */
const mayTrackDown = ({ TargetTrackingScalingPolicyConfiguration: tracking }: ScalingPolicy) =>
  tracking !== undefined && tracking.DisableScaleIn !== true

const cooldownOf = (
  {
    TargetTrackingScalingPolicyConfiguration: tracking,
    StepScalingPolicyConfiguration: step,
  }: ScalingPolicy,
  direction: 'in' | 'out',
): number =>
  (direction === 'out' ? tracking?.ScaleOutCooldown : tracking?.ScaleInCooldown) ??
  step?.Cooldown ??
  0

/** How many minutes in a row a policy's metric is above and below. */
const nextRuns = (
  { PolicyName, TargetTrackingScalingPolicyConfiguration: tracking }: ScalingPolicy,
  { values, alarms, memory, options }: ScalingView,
): { readonly above: number; readonly below: number } => {
  const value = values.get(PolicyName)
  const { above, below } = memory.runs.get(PolicyName) ?? { above: 0, below: 0 }
  if (value === undefined) return { above: 0, below: 0 }
  const alarm = alarms.get(PolicyName)
  if (tracking === undefined)
    return { above: alarm !== undefined && breaches(alarm, value) ? above + 1 : 0, below: 0 }
  return {
    above: value > tracking.TargetValue ? above + 1 : 0,
    below: value < tracking.TargetValue * options.inShare ? below + 1 : 0,
  }
}

const breaches = ({ threshold, comparison }: StepAlarm, value: number): boolean => {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'GreaterThanThreshold':
      return value > threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
    case 'LessThanThreshold':
      return value < threshold
  }
}

interface WishInput {
  readonly policy: ScalingPolicy
  readonly value: number
  readonly run: { readonly above: number; readonly below: number }
  /** The count that the policy starts from. */
  readonly from: number
  readonly direction: 'in' | 'out'
  readonly options: ScalingOptions
  readonly alarms: ReadonlyMap<string, StepAlarm>
}

const wishOf = (input: WishInput): ScalingWish | undefined =>
  input.policy.TargetTrackingScalingPolicyConfiguration === undefined
    ? stepWish(input)
    : trackingWish(input)

const trackingWish = ({
  policy,
  value,
  run,
  from,
  direction,
  options,
}: WishInput): ScalingWish | undefined => {
  const { TargetValue: target } = policy.TargetTrackingScalingPolicyConfiguration!
  const isOut = direction === 'out'
  const isDue = isOut
    ? run.above >= options.outMinutes
    : run.below >= options.inMinutes && mayTrackDown(policy)
  if (!isDue) return undefined
  const count = Math.ceil((from * value) / target)
  const where = isOut
    ? `above the target ${target} for ${run.above} min`
    : `below ${numberText(target * options.inShare)} for ${run.below} min`
  return {
    policy,
    count,
    cause: `${numberText(value)} is ${where}: ${from} × ${numberText(value)} / ${target}`,
  }
}

const stepWish = ({ policy, value, run, from, direction, alarms }: WishInput) => {
  const alarm = alarms.get(policy.PolicyName)
  const step = policy.StepScalingPolicyConfiguration
  if (alarm === undefined || step === undefined || run.above < alarm.minutes) return undefined
  const met = metStep(step.StepAdjustments, value - alarm.threshold)
  if (met === undefined) return undefined
  const count = adjustedCount(step, met.ScalingAdjustment, from)
  if (direction === 'out' ? count <= from : count >= from) return undefined
  const cause = `${numberText(value)} is beyond the threshold ${alarm.threshold}: ${step.AdjustmentType} ${met.ScalingAdjustment}`
  return { policy, count, cause }
}

/** At most two digits after the point. */
const numberText = (number: number): string => String(Math.round(number * 100) / 100)
