/**
 * Says how far usage may be from its target before anything is scaled. Each direction has its own
 * tolerance: the one of the behavior, or else the controller's.
 */

/** How far the ratio of usage to target may be below and above 1. */
export interface Tolerances {
  readonly scaleDown: number
  readonly scaleUp: number
}

/** Whether a ratio of usage to target changes nothing; both ends of the range do not. */
export const isTolerated = ({ scaleDown, scaleUp }: Tolerances, ratio: number): boolean =>
  1 - scaleDown <= ratio && ratio <= 1 + scaleUp
