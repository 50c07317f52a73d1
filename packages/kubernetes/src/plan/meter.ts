/**
 * Counts the pods of rollouts against the ResourceQuotas of the input:
 * 1. An old pod that ends frees what it used.
 * 2. A new pod is counted before it is placed. One that a quota refuses is not created.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import { podsWithinQuota, accountWithout } from '../read/quotas.js'
import type { RunningPod } from '../workload/share.js'
import type { Outcome } from './play.js'
import type { Stage, Turn } from './stage.js'

/** Plays a turn; whoever explains a rollout looks at the stage before and after it. */
export type PlayTurn = (turn: Turn) => Outcome

/** The quotas in the course of rollouts. */
export interface QuotaMeter {
  /**
   * Plays the pods that the quotas let, and then those that they refuse. The first `created` pods
   * of the turn were created before and found no place: they are counted already.
   */
  readonly play: (turn: Turn, created?: number) => readonly Outcome[]
  /** Frees what a pod that ends used of the quotas. */
  readonly free: (pod: RunningPod) => void
}

/** A meter that starts with what is used on the stage. */
export const openMeter = ({ quotas }: Pick<Stage, 'quotas'>, play: PlayTurn): QuotaMeter => {
  let account = quotas
  return {
    play: (turn, created = 0) => {
      const { workload, count } = turn
      const counted = podsWithinQuota(workload, account, count - created)
      account = counted.account
      const { refusal } = counted
      if (refusal === undefined) return [play(turn)]
      const existing = created + counted.count
      const refused: Turn = {
        ...turn,
        workload: { ...workload, refusal },
        count: count - existing,
      }
      return existing === 0 ? [play(refused)] : [play({ ...turn, count: existing }), play(refused)]
    },
    free: (pod) => {
      account = accountWithout(pod, account)
    },
  }
}
