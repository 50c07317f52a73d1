/**
 * Determines which platforms have Fargate Spot (capacity that AWS may take back), and builds the
 * notice of an interruption. An interruption has two moments:
 *
 * 1. AWS sends SIGTERM and an event as a warning.
 * 2. Two minutes later, the task ends.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers; API Reference, Task.
 */
import { later, type Instant } from '@stowage/kernel'
import { isModern, type Platform } from './platform.js'

/** The two kinds of Fargate capacity, by the names of their capacity providers. */
export type FargateCapacity = 'FARGATE' | 'FARGATE_SPOT'

/** What AWS documents inconsistently about Spot. */
export interface SpotOptions {
  /**
   * Whether Spot exists for ARM64 from platform version 1.4.0 on. Newer documents say so, older
   * ones do not.
   */
  readonly spotOnArm: boolean
  /** The API lists `SpotInterruption`; an older sample of an event has the other. */
  readonly spotStopCode: 'SpotInterruption' | 'TerminationNotice'
}

/** The newer of the documented answers. */
export const spotOptions: SpotOptions = { spotOnArm: true, spotStopCode: 'SpotInterruption' }

/** Whether Spot exists for a platform: for Linux only. */
export const hasSpot = (
  platform: Platform,
  { spotOnArm }: Pick<SpotOptions, 'spotOnArm'> = spotOptions,
): boolean =>
  platform.os === 'linux' &&
  (platform.architecture === 'X86_64' || (spotOnArm && isModern(platform)))

/** Milliseconds between the warning and the end of the task. */
export const spotWarning = 120_000

/** The notice that AWS sends to a Spot task before it takes the capacity back. */
export interface Interruption {
  readonly task: string
  /** When SIGTERM and the event are sent. */
  readonly at: Instant
  readonly signal: 'SIGTERM'
  /** When the task and its node are gone. */
  readonly gone: Instant
  readonly stopCode: SpotOptions['spotStopCode']
  readonly stoppedReason: string
}

/** The notice for a task that AWS interrupts at `at`. */
export const spotInterruption = (
  task: string,
  at: Instant,
  { spotStopCode }: Pick<SpotOptions, 'spotStopCode'> = spotOptions,
): Interruption => ({
  task,
  at,
  signal: 'SIGTERM',
  gone: later(at, spotWarning),
  stopCode: spotStopCode,
  stoppedReason: 'Your Spot Task was interrupted.',
})
