/**
 * A node from which replicas might be removed for another: what stands there that is of lower
 * priority, those together that no rule can tell apart, and in how many ways some of it can be
 * taken.
 */
import type { State } from '../cluster/state.js'
import { capacityAt, loadAt } from '../cluster/state.js'
import { classAt, phaseAt, replicaRows } from '../cluster/replicas.js'
import type { ClassSpec } from '../rule/class.js'
import type { DimensionId } from '../rule/id.js'

export interface Site {
  /** The node's row. */
  readonly row: number
  /** Replica rows, the newest first, by class and phase; those of the lowest priority first. */
  readonly kinds: readonly (readonly number[])[]
  /** With fewer gone, what is lacking of some dimension would still be lacking. */
  readonly removalsMin: number
}

/** One way to take some: how many of each kind. */
export type Way = readonly number[]

/** Nothing, when there is too little to take. */
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

/** Taking the largest first, how many make up for what each *fit* lacks; at least one. */
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

/** Infinite where all of them together do not reach it. */
const countReaching = (amounts: readonly number[], lacking: number): number => {
  let left = lacking
  for (const [i, amount] of [...amounts].sort((a, b) => b - a).entries()) {
    left -= amount
    if (left <= 0) return i + 1
  }
  return Infinity
}

export const countsOfAll = ({ kinds }: Site): Way => kinds.map((kind) => kind.length)

/** The replica rows that go. */
export const victimsOf = ({ kinds }: Site, way: Way): readonly number[] =>
  kinds.flatMap((kind, i) => kind.slice(0, way[i]))

/**
 * All ways to take so many, fewest of the last kind first, among these fewest of the one before it,
 * and so on.
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
