/**
 * Collects in one object the kernel functions that change a cluster. A test can replace one of them
 * by a broken function and see a property fail.
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
