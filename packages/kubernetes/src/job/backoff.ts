/**
 * Computes the exponential back-off of a Job, or of one of its indexes: how long to wait after a
 * failed pod before the next pod is created. It is 10 s after the first failure, twice as long
 * after each further one, at most 10 minutes.
 *
 * Source: Kubernetes documentation, "Jobs" (pod backoff failure policy), and the recorded answers
 * of Kubernetes 1.37.
 */

/** The bounds of the wait, in milliseconds. */
export interface BackoffBounds {
  readonly first: number
  readonly max: number
}

const documentedBackoff: BackoffBounds = { first: 10_000, max: 600_000 }

/**
 * The milliseconds that are left. `failures` are those since the last success, `since` is the time
 * since the last of them, in milliseconds.
 */
export const backoffLeft = (
  failures: number,
  since: number,
  { first, max }: BackoffBounds = documentedBackoff,
): number => {
  if (failures <= 0) return 0
  let wait = first
  for (let i = 1; i < failures && wait < max; i++) wait *= 2
  return Math.max(0, Math.min(max, wait) - since)
}
