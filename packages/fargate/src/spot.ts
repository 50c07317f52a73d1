/**
 * Fargate Spot: capacity that AWS takes back. An interruption is a value: when the warning comes,
 * when the task is gone, and what it is told.
 *
 * Source: Amazon ECS Developer Guide, Fargate capacity providers; API Reference, Task.
 */
import { isModern, type Platform } from './platform.js'

/** The two kinds of Fargate capacity, by the names of their providers. */
export type Capacity = 'FARGATE' | 'FARGATE_SPOT'

export interface SpotOptions {
  /**
   * Whether there is Spot for ARM64, from platform version 1.4.0 on: newer texts say so, older ones
   * do not.
   */
  readonly spotOnArm: boolean
  /** The API lists `SpotInterruption`; a sample of an event from before has the other. */
  readonly spotStopCode: 'SpotInterruption' | 'TerminationNotice'
}

export const spotOptions: SpotOptions = { spotOnArm: true, spotStopCode: 'SpotInterruption' }

/** Linux alone has Spot. */
export const hasSpot = (
  platform: Platform,
  { spotOnArm }: Pick<SpotOptions, 'spotOnArm'> = spotOptions,
): boolean =>
  platform.os === 'linux' &&
  (platform.architecture === 'X86_64' || (spotOnArm && isModern(platform)))

/** In milliseconds. */
export const spotWarning = 120_000

export interface Interruption {
  readonly task: string
  /** When the warning comes: SIGTERM and an event, at once. Milliseconds of the caller's clock. */
  readonly at: number
  readonly signal: 'SIGTERM'
  /** When the task is gone, and its node with it. */
  readonly gone: number
  readonly stopCode: SpotOptions['spotStopCode']
  readonly stoppedReason: string
}

export const interruption = (
  task: string,
  at: number,
  { spotStopCode }: Pick<SpotOptions, 'spotStopCode'> = spotOptions,
): Interruption => ({
  task,
  at,
  signal: 'SIGTERM',
  gone: at + spotWarning,
  stopCode: spotStopCode,
  stoppedReason: 'Your Spot Task was interrupted.',
})
