/**
 * Properties of a run of the plants: the same cases every time, and no smaller case is looked for
 * once one has failed.
 */
import fc from 'fast-check'

fc.configureGlobal({ seed: 20_250_101, endOnFailure: true })
