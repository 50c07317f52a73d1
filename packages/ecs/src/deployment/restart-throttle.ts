/**
 * Computes the exponential backoff between restarts of a service whose tasks repeatedly stop before
 * they have run. Tasks that stop during one delay count as one wave; each wave lengthens the delay,
 * up to 27 minutes. Only a task that runs, or a new deployment, resets the backoff.
 *
 * Source: Amazon ECS Developer Guide, service throttle logic. How the delay grows is not published:
 * the curve is an option.
 */
import { later, type Instant } from '@stowage/kernel'

/** Milliseconds after the first wave, by how much each wave multiplies them, and the longest. */
export interface RestartCurve {
  readonly first: number
  readonly factor: number
  readonly max: number
}

/** The curve that is assumed, with the documented maximum of 27 minutes. */
export const restartCurve: RestartCurve = { first: 10_000, factor: 2, max: 27 * 60_000 }

/** How many waves of tasks never ran, and until when nothing starts. */
export interface RestartThrottle {
  readonly waves: number
  readonly until: Instant
}

/** Milliseconds that restarts wait after so many waves. */
export const restartDelay = (waves: number, { first, factor, max }: RestartCurve): number => {
  if (waves <= 1 || first >= max || factor <= 1) return Math.min(max, first)
  return restartDelay(waves - 1, { first: first * factor, factor, max })
}

/** The throttle after a task stopped before it ran; tasks that stop while it holds are one wave. */
export const afterFailedStart = (
  throttle: RestartThrottle | undefined,
  now: Instant,
  curve: RestartCurve,
): RestartThrottle => {
  if (throttle !== undefined && now < throttle.until) return throttle
  const waves = (throttle?.waves ?? 0) + 1
  return { waves, until: later(now, restartDelay(waves, curve)) }
}
