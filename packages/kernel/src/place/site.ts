/**
 * Lists the ways to evict replicas of lower priority from one node, for the search in `removal.ts`.
 * Replicas of the same class and phase are one kind, because no rule can tell them apart. A way is
 * a number per kind, for example two of the first kind and one of the second.
 */
import type { State } from '../cluster/state.js'
import { capacityAt, loadAt } from '../cluster/state.js'
import { classAt, phaseAt, replicaRows } from '../cluster/replicas.js'
import type { ClassSpec } from '../rule/class.js'
import type { DimensionId } from '../rule/id.js'

/** The node row with its groups of victims. */
export interface Site {
  /** The node's row. */
  readonly row: number
  /** Replica rows by kind, the newest first; kinds of the lowest priority first. */
  readonly kinds: readonly (readonly number[])[]
  /** With fewer victims some dimension would still fall short. */
  readonly removalsMin: number
}

/** How many replicas of each kind are evicted. */
export type Way = readonly number[]

/** The site of a node row; `undefined` when evicting everything frees too little. */
export const siteOf = (state: State, classSpec: ClassSpec, row: number): Site | undefined => {
  const { replicas, classes } = state
  const priorityOf = (replica: number): number =>
    classes.classes[classAt(replicas, replica)]!.priority
  const kinds = new Map<number, number[]>()
  for (const replica of replicaRows(replicas, row)) {
    if (priorityOf(replica) >= classSpec.priority) continue
    const kind = classAt(replicas, replica) * 3 + phaseAt(replicas, replica)
    const alike = kinds.get(kind)
    if (alike === undefined) kinds.set(kind, [replica])
    else alike.push(replica)
  }
  const byPriority = [...kinds.values()].sort(([a], [b]) => priorityOf(a!) - priorityOf(b!))
  const least = fewestRemovals(state, classSpec, row, byPriority.flat())
  return least > byPriority.flat().length
    ? undefined
    : { row, kinds: byPriority, removalsMin: least }
}

/** How many victims free enough for every *fit* filter, largest first; at least one. */
const fewestRemovals = (
  state: State,
  { filters }: ClassSpec,
  row: number,
  replicas: readonly number[],
): number =>
  filters
    .flatMap((filter) => (filter._tag === 'Fit' ? filter.parts : []))
    .reduce((most, { dimension, amount }) => {
      const free = capacityAt(state, dimension, row) - loadAt(state, dimension, row)
      if (amount === 0 || amount <= free) return most
      const amounts = replicas.map((replica) => replicaAmount(state, dimension, replica))
      return Math.max(most, countReaching(amounts, amount - free))
    }, 1)

const replicaAmount = (state: State, dimension: DimensionId, replica: number): number =>
  state.classes.classes[classAt(state.replicas, replica)]!.occupies.find(
    ([named]) => named === dimension,
  )?.[1] ?? 0

/** How many of the largest amounts reach a sum; Infinity when all together do not. */
const countReaching = (amounts: readonly number[], lacking: number): number => {
  let left = lacking
  for (const [i, amount] of [...amounts].sort((a, b) => b - a).entries()) {
    left -= amount
    if (left <= 0) return i + 1
  }
  return Infinity
}

/** The way that evicts everything. */
export const countsOfAll = ({ kinds }: Site): Way => kinds.map((kind) => kind.length)

/** The replica rows that a way evicts. */
export const victimsOf = ({ kinds }: Site, way: Way): readonly number[] =>
  kinds.flatMap((kind, i) => kind.slice(0, way[i]))

/**
 * All ways to evict `size` replicas: fewest of the last kind first, among these fewest of the one
 * before it, and so on.
 */
export function* waysToEvict(size: number, kinds: Way): Generator<Way> {
  const last = kinds[kinds.length - 1]
  if (last === undefined) {
    if (size === 0) yield []
    return
  }
  const others = kinds.slice(0, -1)
  const room = others.reduce((sum, count) => sum + count, 0)
  for (let count = Math.max(0, size - room); count <= Math.min(size, last); count++)
    for (const rest of waysToEvict(size - count, others)) yield [...rest, count]
}
