/**
 * The kernel functions that change a cluster, as one object. A test replaces one of them by a
 * broken one to see a property fail.
 */
import {
  batch,
  bind,
  define,
  forget,
  giveColumn,
  giveMask,
  join,
  leave,
  place,
  reclass,
  redescribe,
  setPhase,
  evict,
  take,
  trial,
} from '@stowage/kernel'

/** The kernel's own functions. */
export const moves = {
  batch,
  bind,
  define,
  forget,
  giveColumn,
  giveMask,
  join,
  leave,
  place,
  reclass,
  redescribe,
  setPhase,
  stop: evict,
  take,
  trial,
}

/** The kernel's functions, or replacements with the same types. */
export type Moves = typeof moves
