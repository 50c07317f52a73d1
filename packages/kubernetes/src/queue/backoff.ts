/**
 * How long a pod that found no place waits before it is tried again. Durations are milliseconds.
 *
 * Source: Kubernetes documentation, kube-scheduler configuration (podInitialBackoffSeconds,
 * podMaxBackoffSeconds).
 */
import { instant, type Instant } from '@stowage/kernel'

export interface Backoff {
  /** After the first failure; doubled after each that follows. More than 0. */
  readonly initial: number
  /** At most; no less than `initial`. */
  readonly max: number
}

/**
 * How often a pod has failed: refused by plugins, over its whole life, and for other reasons, one
 * time after the other.
 */
export interface Failures {
  readonly refusals: number
  readonly errors: number
  /** When the last failure was. */
  readonly timestamp: Instant
}

/**
 * Pods that may go on within the same second are in order of priority, so a time ends with its
 * second.
 */
const second = 1000

const secondOf = (at: number): number => Math.floor(at / second) * second

/** After so many failures, 1 or more. */
export const backoffAfter = (failures: number, { initial, max }: Backoff): number => {
  let time = initial
  for (let i = 1; i < failures && time < max; i++) time *= 2
  return Math.min(time, max)
}

/** When the wait of a pod is over, in milliseconds since 1970; `-Infinity` for one that never failed. */
export const expiryOf = ({ refusals, errors, timestamp }: Failures, backoff: Backoff): number => {
  const failures = errors > 0 ? errors : refusals
  return failures === 0 ? -Infinity : secondOf(timestamp + backoffAfter(failures, backoff))
}

/** A pod waits until the second in which its time is over has ended too. */
export const isBackingOff = (failures: Failures, backoff: Backoff, at: Instant): boolean =>
  expiryOf(failures, backoff) >= secondOf(at)

/** The first moment at which the pod does not wait any more. */
export const readyAt = (failures: Failures, backoff: Backoff): Instant =>
  instant(expiryOf(failures, backoff) + second)
