/**
 * Configures fast-check for runs with planted bugs: the same random cases every time, and no
 * shrinking of a case that has failed.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: 20_250_101, endOnFailure: true })
