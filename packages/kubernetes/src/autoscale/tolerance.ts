/**
 * Decides whether the ratio of usage to target is so near to 1 that a HorizontalPodAutoscaler does
 * not scale. Scaling up and scaling down each have a tolerance, such as 0.1: that in
 * `spec.behavior`, or else that of the controller.
 */

/** How far the ratio of usage to target may be below and above 1. */
export interface Tolerances {
  readonly scaleDown: number
  readonly scaleUp: number
}

/** Whether a ratio of usage to target changes nothing; both ends of the range do not. */
export const isTolerated = ({ scaleDown, scaleUp }: Tolerances, ratio: number): boolean =>
  1 - scaleDown <= ratio && ratio <= 1 + scaleUp
