/**
 * Counts the failed tasks of a deployment against the threshold of its circuit breaker. A task
 * fails when it stops before it has run, or when a failed health check stops it. A healthy task
 * resets the count, unless `resetOnHealthyTask` is false.
 *
 * Source: Amazon ECS API Reference, DeploymentCircuitBreaker, ThresholdConfiguration, and
 * Deployment, failedTasks.
 */
import type { DeploymentCircuitBreaker } from '../words/deployment-configuration.js'

/** The bounds of `BOUNDED_PERCENT`. */
const [thresholdMin, thresholdMax] = [3, 200]

/** The number of failures at which a deployment of `desired` tasks fails. */
export const failureThreshold = (
  { thresholdConfiguration = {} }: DeploymentCircuitBreaker,
  desired: number,
): number => {
  const { type = 'BOUNDED_PERCENT', value = 50 } = thresholdConfiguration
  if (type === 'COUNT') return value
  const share = Math.ceil((desired * value) / 100)
  return type === 'UNBOUNDED_PERCENT'
    ? share
    : Math.min(thresholdMax, Math.max(thresholdMin, share))
}

/** The count of failures after a task became healthy. */
export const afterHealthyTask = (
  { resetOnHealthyTask = true }: DeploymentCircuitBreaker,
  failedTasks: number,
): number => (resetOnHealthyTask ? 0 : failedTasks)

/**
 * True when the failures are as many as a deployment of `desired` tasks must not have. A task that
 * ran and ended by itself has not failed.
 */
export const isTripped = (
  breaker: DeploymentCircuitBreaker,
  desired: number,
  failedTasks: number,
): boolean =>
  breaker.enable === true && failedTasks > 0 && failedTasks >= failureThreshold(breaker, desired)
