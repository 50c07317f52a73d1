/**
 * Decides what one sync of a StatefulSet does. `OrderedReady` goes step by step:
 * 1. The lowest missing ordinal gets a pod when the pods of all lower ordinals are available.
 * 2. Once all ordinals are available, pods of ordinals beyond the size are deleted, the highest
 *    first, one at a time.
 * 3. Then pods of an older revision are deleted, from the highest ordinal down to the partition, as
 *    many as may be unavailable.
 *
 * `Parallel` creates and deletes pods at once.
 *
 * Source: Kubernetes documentation, "StatefulSets", and what the control plane of Kubernetes 1.37
 * does.
 */

/** A StatefulSet, as its decisions depend on it. */
export interface StatefulTerms {
  readonly replicas: number
  /** The lowest ordinal. */
  readonly start: number
  readonly isParallel: boolean
  /** Whether old pods are replaced only when somebody deletes them. */
  readonly isOnDelete: boolean
  /** So many of the lowest ordinals keep the current revision. */
  readonly partition: number
  readonly unavailableMax: number
}

/** A pod of a StatefulSet. A pod that is ending holds its ordinal until it is gone. */
export interface OrdinalPod {
  readonly ordinal: number
  readonly isReady: boolean
  /** Ready for long enough. */
  readonly isAvailable: boolean
  readonly isLeaving: boolean
  /** Whether it is of the update revision. */
  readonly isUpdated: boolean
}

/** What a sync does. */
export interface StatefulTurn {
  readonly made: readonly { readonly ordinal: number; readonly isUpdated: boolean }[]
  /** Ordinals of pods that go, and whether because they are of an older revision. */
  readonly removed: readonly { readonly ordinal: number; readonly isOutdated: boolean }[]
  /** The ordinal for which an ordered StatefulSet waits. */
  readonly waitsFor?: number
}

/** What the next sync does; `pods` has at most one pod of an ordinal. */
export const statefulTurn = (terms: StatefulTerms, pods: readonly OrdinalPod[]): StatefulTurn =>
  terms.isParallel ? parallelTurn(terms, pods) : orderedTurn(terms, pods)

const noTurn: StatefulTurn = { made: [], removed: [] }

/** The pods of the wanted ordinals, rising, with `undefined` for those that are missing. */
const ordinalRow = (
  { start, replicas }: StatefulTerms,
  pods: readonly OrdinalPod[],
): readonly (OrdinalPod | undefined)[] => {
  const byOrdinal = new Map(pods.map((pod) => [pod.ordinal, pod]))
  return Array.from({ length: replicas }, (_, i) => byOrdinal.get(start + i))
}

/** The pods of other ordinals, the highest first. */
const condemnedPods = (
  { start, replicas }: StatefulTerms,
  pods: readonly OrdinalPod[],
): readonly OrdinalPod[] =>
  pods
    .filter(({ ordinal }) => ordinal < start || ordinal >= start + replicas)
    .sort((a, b) => b.ordinal - a.ordinal)

/** A pod of an ordinal below the partition is made of the current revision. */
const madeAt = ({ start, partition }: StatefulTerms, i: number) => ({
  ...{ ordinal: start + i, isUpdated: i >= partition },
})

const orderedTurn = (terms: StatefulTerms, pods: readonly OrdinalPod[]): StatefulTurn => {
  const own = ordinalRow(terms, pods)
  const blocking = own.findIndex((pod) => pod?.isAvailable !== true || pod.isLeaving)
  if (blocking >= 0)
    return own[blocking] === undefined
      ? { ...noTurn, made: [madeAt(terms, blocking)] }
      : { ...noTurn, waitsFor: terms.start + blocking }
  const [first, ...others] = condemnedPods(terms, pods)
  if (first !== undefined) {
    const isSafe = first.isAvailable || others.every(({ isReady }) => isReady)
    return first.isLeaving || !isSafe
      ? { ...noTurn, waitsFor: first.ordinal }
      : { ...noTurn, removed: [{ ordinal: first.ordinal, isOutdated: false }] }
  }
  return { ...noTurn, removed: outdatedPods(terms, own) }
}

/**
 * The update deletes all old pods that are not available, and of the other old pods as many as may
 * still become unavailable.
 */
const parallelTurn = (terms: StatefulTerms, pods: readonly OrdinalPod[]): StatefulTurn => {
  const own = ordinalRow(terms, pods)
  const condemned = condemnedPods(terms, pods).filter(({ isLeaving }) => !isLeaving)
  const made = own.flatMap((pod, i) => (pod === undefined ? [madeAt(terms, i)] : []))
  return {
    made,
    removed: [
      ...condemned.map(({ ordinal }) => ({ ordinal, isOutdated: false })),
      ...(made.length > 0 ? [] : outdatedPods(terms, own)),
    ],
  }
}

/** The old pods that go for an update; those that are not available first, beside the budget. */
const outdatedPods = (
  { isOnDelete, partition, unavailableMax }: StatefulTerms,
  own: readonly (OrdinalPod | undefined)[],
): StatefulTurn['removed'] => {
  if (isOnDelete) return []
  const isMissing = (pod: OrdinalPod | undefined): boolean =>
    pod?.isAvailable !== true || pod.isLeaving
  const old = own
    .slice(partition)
    .flatMap((pod) => (pod === undefined || pod.isUpdated || pod.isLeaving ? [] : [pod]))
    .reverse()
  const unavailable = own.filter(isMissing).length
  const left = Math.max(0, unavailableMax - unavailable)
  return [...old.filter(isMissing), ...old.filter((pod) => !isMissing(pod)).slice(0, left)].map(
    ({ ordinal }) => ({ ordinal, isOutdated: true }),
  )
}
