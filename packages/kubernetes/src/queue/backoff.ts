/**
 * Computes exponential backoff: how long a refused pod waits before it is tried again. Durations
 * are in milliseconds.
 *
 * Source: Kubernetes documentation, kube-scheduler configuration (podInitialBackoffSeconds,
 * podMaxBackoffSeconds).
 */
import { instant, type Instant } from '@stowage/kernel'

/** The bounds of the backoff, in milliseconds. */
export interface Backoff {
  /** The wait after the first failure, doubled after each further one. More than 0. */
  readonly initial: number
  /** The longest wait; at least `initial`. */
  readonly max: number
}

/** A pod's failures: refusals by plugins over its whole life, and consecutive other errors. */
export interface Failures {
  readonly refusals: number
  readonly errors: number
  /** The instant of the last failure. */
  readonly timestamp: Instant
}

/**
 * Backoff ends are rounded down to whole seconds, so that pods that end in the same second are
 * ordered by priority.
 */
const secondInMs = 1000

const secondOf = (at: number): number => Math.floor(at / secondInMs) * secondInMs

/** The wait after this number of failures, which is at least 1. */
export const backoffAfter = (failures: number, { initial, max }: Backoff): number => {
  let time = initial
  for (let i = 1; i < failures && time < max; i++) time *= 2
  return Math.min(time, max)
}

/**
 * The end of a pod's backoff in milliseconds since 1970, rounded down to a whole second;
 * `-Infinity` for a pod that never failed.
 */
export const expiryOf = ({ refusals, errors, timestamp }: Failures, backoff: Backoff): number => {
  const failures = errors > 0 ? errors : refusals
  return failures === 0 ? -Infinity : secondOf(timestamp + backoffAfter(failures, backoff))
}

/** Whether the pod still backs off: it waits until the second of its expiry has passed. */
export const isBackingOff = (failures: Failures, backoff: Backoff, at: Instant): boolean =>
  expiryOf(failures, backoff) >= secondOf(at)

/** The first instant at which the pod no longer backs off. */
export const readyAt = (failures: Failures, backoff: Backoff): Instant =>
  instant(expiryOf(failures, backoff) + secondInMs)
