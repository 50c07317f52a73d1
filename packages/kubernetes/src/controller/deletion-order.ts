/**
 * Sorts the pods of a ReplicaSet in the order in which they are deleted. The first criterion in
 * which two pods differ decides; the pod that is deleted first is
 * 1. the pod without a node;
 * 2. the Pending pod, then the Unknown, then the Running one;
 * 3. the pod that is not ready;
 * 4. the pod with the lower deletion cost;
 * 5. the pod with more neighbours, which are active pods of the same Deployment on its node;
 * 6. of two pods that became ready at different times, the pod that became ready later, then by
 *    UID;
 * 7. of two others, the pod with more restarts of a container, then of a sidecar;
 * 8. of two others, the younger pod, then by UID.
 *
 * In 6 and 8, two times are equal if the pods' ages in nanoseconds, rounded down to a power of two,
 * are equal.
 *
 * Source: Kubernetes documentation, "ReplicaSet" (scaling a ReplicaSet, pod deletion cost), and the
 * recorded answers of Kubernetes 1.37.
 */
import type { Instant } from '@stowage/kernel'
import { byCodeUnit } from '@stowage/kernel'
import { concatAll } from 'fp-ts/lib/Monoid.js'
import * as N from 'fp-ts/lib/number.js'
import * as Ord from 'fp-ts/lib/Ord.js'
import { activePhases, type PodPhase } from '../memory/pod-life.js'

/** What the ranking reads of a pod. */
export interface RankedPod {
  readonly name: string
  readonly uid: string
  /** `undefined` without a node. */
  readonly node: string | number | undefined
  /** One that has not ended. */
  readonly phase: PodPhase
  /** When it became ready; `undefined` while it is not. */
  readonly readyAt: Instant | undefined
  readonly created: Instant
  readonly deletionCost: number
  /** The highest number of restarts of one container. */
  readonly restarts: number
  /** The highest number of restarts of one init container that keeps running. */
  readonly sidecarRestarts: number
}

/**
 * Chooses so many of the pods for deletion, in the order in which they go. `related` are the active
 * pods that count as neighbours: those of all ReplicaSets of the same Deployment.
 */
export const podsToDelete = <Pod extends RankedPod>(
  pods: readonly Pod[],
  related: Iterable<Pick<RankedPod, 'node'>>,
  count: number,
  now: Instant,
): readonly Pod[] => {
  const neighbours = new Map<RankedPod['node'], number>()
  for (const { node } of related) neighbours.set(node, (neighbours.get(node) ?? 0) + 1)
  const rows = pods.map((pod) => rowOf(pod, neighbours.get(pod.node) ?? 0, now)).sort(byFirstKeys)
  const last = lastKeys(now)
  const chosen: Pod[] = []
  for (let from = 0, to = 0; from < rows.length && chosen.length < count; from = to) {
    while (to < rows.length && byFirstKeys(rows[from]!, rows[to]!) === 0) to++
    const alike = rows.slice(from, to).map(({ pod }) => pod)
    const isReady = alike[0]!.readyAt !== undefined
    const sorted = isReady
      ? rankReadyPods(alike.sort(byUid.compare), last)
      : alike.sort(last.compare)
    for (const pod of sorted) chosen.push(pod)
  }
  return chosen.slice(0, count)
}

/** The keys 1 to 6 of a pod as numbers, the lowest first, so that a sort reads nothing else. */
interface RankRow<Pod> {
  readonly pod: Pod
  readonly hasNode: number
  readonly phase: number
  readonly isReady: number
  readonly cost: number
  readonly solitude: number
  readonly age: number
}

const rowOf = <Pod extends RankedPod>(pod: Pod, neighbours: number, now: Instant): RankRow<Pod> => {
  const { node, phase, readyAt, deletionCost } = pod
  return {
    pod,
    hasNode: node === undefined ? 0 : 1,
    phase: activePhases.findIndex((active) => active === phase),
    isReady: readyAt === undefined ? 0 : 1,
    cost: deletionCost,
    solitude: -neighbours,
    age: readyAt === undefined ? 0 : magnitude(now - readyAt),
  }
}

const byFirstKeys = (a: RankRow<unknown>, b: RankRow<unknown>): number =>
  a.hasNode - b.hasNode ||
  a.phase - b.phase ||
  a.isReady - b.isReady ||
  a.cost - b.cost ||
  a.solitude - b.solitude ||
  a.age - b.age

/** The keys of pods that are not ready, and of those that became ready at the same instant. */
const lastKeys = (now: Instant): Ord.Ord<RankedPod> =>
  allOf([
    ascendingBy(({ restarts }) => -restarts),
    ascendingBy(({ sidecarRestarts }) => -sidecarRestarts),
    ascendingBy(({ created }) => magnitude(now - created)),
    byUid,
  ])

/**
 * Ready pods that differ in UID and the instant alone, by how many of them precede each. They come
 * in the order of their UIDs, which decides for any two but those of one instant.
 *
 * The order in Kubernetes is not transitive: for ready pods it skips 6 if both became ready at the
 * same instant, and goes on with 7, so that three pods may form a cycle, whose order then depends
 * on the order of the list. Here a ready pod is ranked by the number of pods that it precedes, and
 * then by UID. That is the order of Kubernetes wherever there is no cycle; the pods of a cycle are
 * deleted before or after the others as a whole, in a fixed order.
 */
const rankReadyPods = <Pod extends RankedPod>(
  pods: readonly Pod[],
  last: Ord.Ord<RankedPod>,
): readonly Pod[] => {
  const precedents = new Map(pods.map((pod, i) => [pod, i]))
  const byInstant = [...pods].sort((a, b) => a.readyAt! - b.readyAt!)
  for (const tied of chunksOf(byInstant, (a, b) => a.readyAt === b.readyAt)) {
    tied.forEach((pod, i) => precedents.set(pod, precedents.get(pod)! - i))
    const inside = [...tied].sort(last.compare)
    inside.forEach((pod, i) => precedents.set(pod, precedents.get(pod)! + i))
  }
  return [...pods].sort((a, b) => precedents.get(a)! - precedents.get(b)!)
}

/** Splits a sorted list where neighbours differ. */
const chunksOf = <Pod>(
  sorted: readonly Pod[],
  isAlike: (a: Pod, b: Pod) => boolean,
): readonly (readonly Pod[])[] => {
  const chunks: Pod[][] = []
  for (const pod of sorted) {
    const chunk = chunks.at(-1)
    if (chunk !== undefined && isAlike(chunk[0]!, pod)) chunk.push(pod)
    else chunks.push([pod])
  }
  return chunks
}

const allOf = concatAll(Ord.getMonoid<RankedPod>())

const ascendingBy = (key: (pod: RankedPod) => number): Ord.Ord<RankedPod> =>
  Ord.contramap(key)(N.Ord)

const inCodeUnits = (key: (pod: RankedPod) => string): Ord.Ord<RankedPod> =>
  Ord.fromCompare((a, b) => {
    const order = byCodeUnit(key(a), key(b))
    return order < 0 ? -1 : order > 0 ? 1 : 0
  })

const byUid = allOf([inCodeUnits(({ uid }) => uid), inCodeUnits(({ name }) => name)])

/**
 * The power of two that a time in milliseconds has in nanoseconds, rounded down; -1 for none.
 * Halving a double is exact, where a logarithm may differ from engine to engine.
 */
export const magnitude = (milliseconds: number): number => {
  if (milliseconds <= 0) return -1
  let power = 0
  for (let rest = milliseconds * 1e6; rest >= 2; rest /= 2) power++
  return power
}
