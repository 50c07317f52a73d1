/** What a scheduler's configuration says of its queue. */
import type { Configuration } from '../config/configuration.js'
import type { Backoff } from './backoff.js'

/** In milliseconds, as `emptyQueue` takes it. */
export const backoffOf = ({
  podInitialBackoffSeconds,
  podMaxBackoffSeconds,
}: Pick<Configuration, 'podInitialBackoffSeconds' | 'podMaxBackoffSeconds'>): Backoff => ({
  initial: podInitialBackoffSeconds * 1000,
  max: podMaxBackoffSeconds * 1000,
})
