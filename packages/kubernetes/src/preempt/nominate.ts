/**
 * On which node preemption helps best. Upstream tries a sample of the nodes where there are many,
 * and draws lots among equals; here all are tried, and all that are best are given.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import { byStart, type PlacedPod } from './importance.js'
import type { Victims } from './victims.js'

/**
 * The candidates that nobody beats, in their order: by fewest budgets overdrawn, the lowest highest
 * priority of a victim, the lowest sum of priorities, the fewest victims, and the latest start of
 * the longest running of the highest priority.
 */
export const bestCandidates = (candidates: readonly Victims[]): readonly Victims[] =>
  [violations, highestPriority, sumOfPriorities, victimCount]
    .reduce((left, measure) => {
      const least = Math.min(...left.map(measure))
      return left.filter((one) => measure(one) === least)
    }, candidates)
    .filter((one, _, left) => left.every((other) => byStart(startOf(other), startOf(one)) <= 0))

const violations = (one: Victims): number => one.violations

const highestPriority = ({ pods }: Victims): number => pods[0]?.priority ?? -Infinity

/** Each counts from the lowest priority that there is, so that fewer victims come to less. */
const sumOfPriorities = ({ pods }: Victims): number =>
  pods.reduce((sum, { priority }) => sum + priority + 2_147_483_648, 0)

const victimCount = ({ pods }: Victims): number => pods.length

/** Of the victims of the highest priority, the start of the one that began first. */
const startOf = ({ pods }: Victims): string | undefined => {
  const highest = pods.filter(({ priority }) => priority === pods[0]!.priority)
  return earliest(highest)?.startTime
}

const earliest = (pods: readonly PlacedPod[]): PlacedPod | undefined =>
  [...pods].sort((a, b) => byStart(a.startTime, b.startTime))[0]
