/**
 * Nodes in a binary heap, the best first: by value, the highest first, and among equals by rank. None comes before its parent, which
 * is that at half its place. Nodes go by their ranks here, beside which their values lie in the order in which they are compared;
 * each knows its place, so that one that changed can be moved, and one that went taken out.
 */
import type { Integers } from '../cluster/column.js'

export interface Heap {
  /** By place. */
  readonly ranks: number[]
  readonly values: number[]
}

/** By rank. A node is in one heap at most of those that share places. */
export type Places = Integers

export const newHeap = (): Heap => ({ ranks: [], values: [] })

export const enter = (heap: Heap, places: Places, rank: number, value: number): void => {
  heap.ranks.push(rank)
  heap.values.push(value)
  rise(heap, places, heap.ranks.length - 1, rank, value)
}

/** Takes a node out. */
export const depart = (heap: Heap, places: Places, rank: number): void => {
  const last = heap.ranks.pop()!
  const value = heap.values.pop()!
  if (last !== rank) settle(heap, places, places[rank]!, last, value)
}

/** Puts a node where it belongs, whose value may be another than it was. */
export const move = (heap: Heap, places: Places, rank: number, value: number): void =>
  settle(heap, places, places[rank]!, rank, value)

/** A node that comes to a place goes up from there, or down. */
const settle = (heap: Heap, places: Places, at: number, rank: number, value: number): void => {
  if (at > 0 && !isBefore(heap, (at - 1) >> 1, rank, value)) rise(heap, places, at, rank, value)
  else sink(heap, places, at, rank, value)
}

/** Whether the one at the place comes before one of this rank and value. */
const isBefore = ({ ranks, values }: Heap, at: number, rank: number, value: number): boolean => {
  const there = values[at]!
  return there > value || (there === value && ranks[at]! < rank)
}

const rise = (heap: Heap, places: Places, from: number, rank: number, value: number): void => {
  let at = from
  while (at > 0) {
    const above = (at - 1) >> 1
    if (isBefore(heap, above, rank, value)) break
    put(heap, places, at, heap.ranks[above]!, heap.values[above]!)
    at = above
  }
  put(heap, places, at, rank, value)
}

const sink = (heap: Heap, places: Places, from: number, rank: number, value: number): void => {
  const { ranks, values } = heap
  let at = from
  for (;;) {
    let below = 2 * at + 1
    if (below >= ranks.length) break
    const right = below + 1
    if (right < ranks.length && isBefore(heap, right, ranks[below]!, values[below]!)) below = right
    if (!isBefore(heap, below, rank, value)) break
    put(heap, places, at, ranks[below]!, values[below]!)
    at = below
  }
  put(heap, places, at, rank, value)
}

const put = (heap: Heap, places: Places, at: number, rank: number, value: number): void => {
  heap.ranks[at] = rank
  heap.values[at] = value
  places[rank] = at
}

/** The ranks of all that have the value of the first, in no order that means anything. */
export const equalToFirst = ({ ranks, values }: Heap): readonly number[] => {
  const found: number[] = []
  const open = ranks.length === 0 ? [] : [0]
  while (open.length > 0) {
    const at = open.pop()!
    if (at >= ranks.length || values[at]! < values[0]!) continue
    found.push(ranks[at]!)
    open.push(2 * at + 1, 2 * at + 2)
  }
  return found
}
