/**
 * Converts the backoff times of a scheduler configuration (seconds) to options of the queue
 * (milliseconds).
 */
import type { Configuration } from '../config/configuration.js'
import type { Backoff } from './backoff.js'

/** The configuration's backoff in milliseconds, for `emptyQueue`. */
export const backoffOf = ({
  podInitialBackoffSeconds,
  podMaxBackoffSeconds,
}: Pick<Configuration, 'podInitialBackoffSeconds' | 'podMaxBackoffSeconds'>): Backoff => ({
  initial: podInitialBackoffSeconds * 1000,
  max: podMaxBackoffSeconds * 1000,
})
