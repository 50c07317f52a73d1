/**
 * Selects the best nodes for preemption, given the victims (pods to be evicted) on each candidate
 * node. All nodes are tried, and all equally good nodes are returned.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import { byStart } from './importance.js'
import type { Victims } from './victims.js'

/**
 * The best candidates, in their order. Criteria, each breaking ties of the one before:
 *
 * 1. fewest budget violations;
 * 2. lowest highest priority of a victim;
 * 3. lowest sum of priorities;
 * 4. fewest victims;
 * 5. latest start of the earliest started victim of highest priority.
 *
 * kube-scheduler tries a sample of the nodes and chooses at random among equally good ones.
 */
export const bestCandidates = (candidates: readonly Victims[]): readonly Victims[] => {
  const equal = [violations, highestPriority, sumOfPriorities, victimCount].reduce(
    (left, measure) => {
      const measured = left.map(measure)
      const least = measured.reduce((min, one) => Math.min(min, one), Infinity)
      return left.filter((_, i) => measured[i] === least)
    },
    candidates,
  )
  const starts = equal.map(startOf)
  const latest = starts.reduce(
    (last, start) => (byStart(start, last) > 0 ? start : last),
    starts[0],
  )
  return equal.filter((_, i) => byStart(starts[i], latest) === 0)
}

const violations = (one: Victims): number => one.violations

const highestPriority = ({ pods }: Victims): number => pods[0]?.priority ?? -Infinity

/**
 * The sum of the victims' priorities, each counted from the lowest possible one, so that fewer
 * victims give a lower sum.
 */
const sumOfPriorities = ({ pods }: Victims): number =>
  pods.reduce((sum, { priority }) => sum + priority + 2_147_483_648, 0)

const victimCount = ({ pods }: Victims): number => pods.length

/** The earliest start among the victims of the highest priority. */
const startOf = ({ pods }: Victims): string | undefined => {
  const starts = pods
    .filter(({ priority }) => priority === pods[0]!.priority)
    .map(({ startTime }) => startTime)
  return starts.reduce((first, start) => (byStart(start, first) < 0 ? start : first), starts[0])
}
