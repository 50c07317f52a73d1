/**
 * Decides once a minute by how many instances an Auto Scaling group changes, as the two alarms of
 * managed scaling do:
 *
 * 1. The high alarm goes off after one minute over the target. No instance is added while the added
 *    instances warm up, for `instanceWarmupPeriod`.
 * 2. The low alarm goes off after 15 minutes in a row below the target. While the low alarm is on,
 *    at most half of the instances are removed per minute.
 * 3. A group below its minimum or above its maximum changes at once, without an alarm.
 *
 * Source: Amazon ECS Developer Guide, managed scaling behavior. AWS does not document how half of
 * an odd number is rounded: down, but one instance may always go.
 */
import { later, type Instant } from '@stowage/kernel'
import {
  managedScaling,
  type GroupLoad,
  type ManagedScalingDecision,
  type ManagedScalingSetting,
} from './managed-scaling.js'

/** The setting of a provider, with the time for which new instances warm up. */
export interface CapacitySetting extends ManagedScalingSetting {
  /** In seconds; 300 when it is absent. */
  readonly instanceWarmupPeriod?: number | undefined
}

/** What is remembered from minute to minute. */
export interface CapacityAlarms {
  /** The minutes in a row that the reservation was below the target. */
  readonly lowMinutes: number
  /** Until when instances warm up; absent before the first. */
  readonly warmUntil?: Instant
}

/** What kept the number of instances from being another. */
export type CapacityHold =
  | ManagedScalingDecision['clamps'][number]
  | 'instanceWarmupPeriod'
  | 'scaleInPeriod'
  | 'half'

/** A minute of a group. */
export interface CapacityMinute extends ManagedScalingDecision {
  /** Instances to add, or below 0 to remove. */
  readonly change: number
  readonly holds: readonly CapacityHold[]
  readonly alarms: CapacityAlarms
}

/** One-minute points that the low alarm needs. */
const lowMinutesMin = 15

const warmupDefault = 300

/** No minute was seen yet. */
export const quietAlarms: CapacityAlarms = { lowMinutes: 0 }

/**
 * Decides in the minute that ends `now`. A minute at the target or a scale-out restarts the count
 * of the low alarm.
 */
export const capacityMinute = (
  load: GroupLoad,
  setting: CapacitySetting,
  before: CapacityAlarms,
  now: Instant,
): CapacityMinute => {
  const decision = managedScaling(load, setting)
  const { running, desired, reservation, clamps } = decision
  const { targetCapacity = 100, instanceWarmupPeriod = warmupDefault } = setting
  const isLow = reservation < targetCapacity
  const alarms = { ...before, lowMinutes: isLow ? before.lowMinutes + 1 : 0 }
  const made = (
    change: number,
    holds: readonly CapacityHold[] = [],
    after: CapacityAlarms = alarms,
  ): CapacityMinute => ({ ...decision, change, holds: [...clamps, ...holds], alarms: after })
  if (running > load.max) return made(load.max - running)
  if (desired > running) {
    const isWarming = before.warmUntil !== undefined && now < before.warmUntil
    if (isWarming && running >= load.min) return made(0, ['instanceWarmupPeriod'])
    return made(desired - running, [], {
      lowMinutes: 0,
      warmUntil: later(now, instanceWarmupPeriod * 1000),
    })
  }
  if (desired === running) return made(0)
  if (alarms.lowMinutes < lowMinutesMin) return made(0, ['scaleInPeriod'])
  const half = Math.max(1, Math.floor(running / 2))
  return running - desired > half ? made(-half, ['half']) : made(desired - running)
}
