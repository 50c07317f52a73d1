/**
 * The best of a group first: by value, the highest first, and among equals by rank. What has changed is not taken out but entered
 * anew; an entry that no longer stands is dropped when it comes to the top.
 */
export interface Entry {
  readonly row: number
  readonly value: number
  readonly rank: number
}

/** A binary heap: no entry comes before its parent, which is that at half its place. */
export type Heap = Entry[]

export const isBefore = (a: Entry, b: Entry): boolean =>
  a.value > b.value || (a.value === b.value && a.rank < b.rank)

export const enter = (heap: Heap, entry: Entry): void => {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >> 1
    if (!isBefore(entry, heap[above]!)) break
    heap[at] = heap[above]!
    at = above
  }
  heap[at] = entry
}

/** The first of those that still stand. */
export const first = (heap: Heap, stands: (entry: Entry) => boolean): Entry | undefined => {
  while (heap.length > 0 && !stands(heap[0]!)) dropFirst(heap)
  return heap[0]
}

const dropFirst = (heap: Heap): void => {
  const last = heap.pop()!
  if (heap.length === 0) return
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) break
    const right = left + 1
    const below = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left
    if (!isBefore(heap[below]!, last)) break
    heap[at] = heap[below]!
    at = below
  }
  heap[at] = last
}

/** All that still stand and have the value of the first, which must still stand, in no order that means anything. */
export const equalToFirst = (heap: Heap, stands: (entry: Entry) => boolean): readonly Entry[] => {
  const found: Entry[] = []
  const open = heap.length === 0 ? [] : [0]
  while (open.length > 0) {
    const at = open.pop()!
    const entry = heap[at]
    if (entry === undefined || entry.value < heap[0]!.value) continue
    if (stands(entry)) found.push(entry)
    open.push(2 * at + 1, 2 * at + 2)
  }
  return found
}
