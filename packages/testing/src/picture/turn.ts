/**
 * What is on a node, and how it changes: replicas come, go, and change their phase. While a trial
 * is open it is remembered what happened, because there are tallies that count it in a way of their
 * own.
 */
import type { GivenPicture, ReplicaPicture } from './settled.js'

/** A replica that came to a node, went, or (then it is both) changed its phase there. */
export interface Turn {
  readonly came?: ReplicaPicture
  readonly went?: ReplicaPicture
  /** By being placed, which counts as always. */
  readonly placed?: true
}

/**
 * What stood on a node when the outermost of the trials that are open began, and what happened
 * there since, in its order.
 */
export interface Tried {
  readonly before: readonly ReplicaPicture[]
  readonly turns: readonly Turn[]
}

/**
 * Replicas, what is given about the node, and in a trial what happened there, which no cluster
 * tells.
 */
export interface OnNode {
  readonly replicas: readonly ReplicaPicture[]
  readonly given: GivenPicture
  readonly tried?: Tried
}

/**
 * What is on the node after that, `position` being that of the replica; one that came is the last.
 */
export const turned = (on: OnNode, turn: Turn, position = on.replicas.length): OnNode => {
  const { replicas, given, tried } = on
  const after = turn.came === undefined ? [] : [turn.came]
  return {
    given,
    replicas: [...replicas.slice(0, position), ...after, ...replicas.slice(position + 1)],
    ...(tried === undefined ? {} : { tried: { ...tried, turns: [...tried.turns, turn] } }),
  }
}
