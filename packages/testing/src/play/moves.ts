/**
 * The functions of the kernel by which a cluster changes, as a value: a play can be given one that
 * is broken.
 */
import {
  batch,
  bind,
  define,
  giveColumn,
  giveMask,
  join,
  leave,
  place,
  setPhase,
  evict,
  take,
  trial,
} from '@stowage/kernel'

/** The kernel's own. */
export const moves = {
  batch,
  bind,
  define,
  giveColumn,
  giveMask,
  join,
  leave,
  place,
  setPhase,
  stop: evict,
  take,
  trial,
}

/** The kernel's functions, or others of their shapes. */
export type Moves = typeof moves
