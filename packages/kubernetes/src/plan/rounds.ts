/**
 * Plays the turns of a plan in rounds; each turn places a number of pods of one workload:
 *
 * 1. Every turn is played once, in the given order.
 * 2. Pods that found no node, and wait for other pods (required pod affinity, topology spread), are
 *    tried again until a round places no more pods.
 *
 * Source: Kubernetes documentation, "Scheduling Framework" (queueing hints) and "StatefulSets"
 * (OrderedReady pod management).
 */
import { titleOf } from '../workload/workload.js'
import { heldBy, playTurn, type Outcome } from './play.js'
import type { PlayTurn } from './meter.js'
import { placedPart, unplacedIn } from './rollout.js'
import type { Stage, Turn } from './stage.js'
import { podName } from './subject.js'

/** How turns are played. */
export interface RoundOptions {
  /** Plays one turn; default: `playTurn`. */
  readonly play?: PlayTurn
  /** Whether an ordered StatefulSet waits for its pods; default: it does. */
  readonly isOrdered?: boolean
}

/**
 * Plays all turns. The outcomes of each are in the order of its attempts. In every round, no pod of
 * an ordered StatefulSet is created while one before it has no node. Pods that wait for others are
 * tried again because the queue of kube-scheduler retries them when another pod is bound.
 */
export const playInRounds = (
  stage: Stage,
  turns: readonly Turn[],
  { play = (turn) => playTurn(stage, turn), isOrdered = true }: RoundOptions = {},
): readonly (readonly Outcome[])[] => {
  const order = inOrderOfSets(play, isOrdered)
  const outcomes = turns.map((turn): readonly Outcome[] => [order.play(turn)])
  const unplacedOf = (i: number): number => unplacedIn(outcomes[i]!.at(-1)!)
  const mayMove = (i: number): boolean => order.mayMove(outcomes[i]!.at(-1)!)
  let waiting = turns.map((_, i) => i).filter(mayMove)
  for (let hasMoved = true; hasMoved && waiting.length > 0; ) {
    hasMoved = false
    order.release()
    for (const i of waiting) {
      const [count, last] = [unplacedOf(i), outcomes[i]!.at(-1)!]
      const again = order.play({ ...last.turn, count })
      outcomes[i] = [...outcomes[i]!.slice(0, -1), ...placedPart(last), again]
      hasMoved ||= unplacedOf(i) < count
    }
    waiting = waiting.filter(mayMove)
  }
  return outcomes
}

/** Turns that are played so that an ordered StatefulSet waits for its pods. */
export interface OrderedTurns {
  readonly play: PlayTurn
  /** Whether pods have no place that may find one once other pods have. */
  readonly mayMove: (outcome: Outcome) => boolean
  /** Lets the sets go on that wait for a pod which is tried again. */
  readonly release: () => void
  /** The same with another way to play a turn, from here on. */
  readonly withPlay: (play: PlayTurn) => OrderedTurns
}

/** Plays turns; `before` are the pods without a place of turns that were played, one a set. */
export const inOrderOfSets = (
  play: PlayTurn,
  isOrdered = true,
  before: ReadonlyMap<string, Turn> = new Map(),
): OrderedTurns => {
  const stopped = new Map(before)
  return {
    play: (turn) => {
      const { workload } = turn
      const title = titleOf(workload)
      const lower = isOrdered && workload.isOrdered === true ? stopped.get(title) : undefined
      if (lower !== undefined) return { _tag: 'Held', turn, why: heldBy(notMade(lower)) }
      const outcome = play(turn)
      if (unplacedIn(outcome) > 0 && workload.kind === 'StatefulSet') stopped.set(title, turn)
      return outcome
    },
    mayMove: (outcome) => {
      if (unplacedIn(outcome) === 0) return false
      if (outcome._tag === 'Answered') return waitsForOthers(outcome.turn)
      const lower = stopped.get(titleOf(outcome.turn.workload))
      return lower !== undefined && lower !== outcome.turn && waitsForOthers(lower)
    },
    release: () => {
      for (const [title, turn] of stopped) if (waitsForOthers(turn)) stopped.delete(title)
    },
    withPlay: (other) => inOrderOfSets(other, isOrdered, stopped),
  }
}

const notMade = ({ workload }: Turn): string =>
  `it is not created while ${podName(workload)} has no node: podManagementPolicy is OrderedReady`

/** Whether other pods can make a node feasible that is not: by affinity, or by evening a spread. */
const waitsForOthers = ({ workload: { spec } }: Turn): boolean =>
  (spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0 ||
  spec.topologySpreadConstraints.some(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  )
