/**
 * Implements pattern-defeating quicksort, an unstable sort, with the result of Go's standard
 * library. Karpenter sorts its open NodeClaims by the number of their pods, so the order of equal
 * items decides which NodeClaim takes a pod.
 * 1. Up to 12 items are sorted by insertion.
 * 2. Larger lists are partitioned around a pivot: the median of three items, or of three medians.
 * 3. After an unbalanced partition, some items are moved to break patterns. After too many
 *    unbalanced partitions, the rest is sorted by heapsort.
 *
 * Source: O. Peters, "Pattern-defeating Quicksort" (arXiv 2106.05123), with the constants of Go.
 */

/** Whether an item comes before another one. */
type IsLess<Item> = (one: Item, other: Item) => boolean

/** The items in order; the list itself stays as it is. */
export const sortUnstable = <Item>(
  items: readonly Item[],
  isLess: IsLess<Item>,
): readonly Item[] => {
  const sorting: SortState<Item> = { items: [...items], isLess }
  quicksort(sorting, 0, items.length, bitLength(items.length))
  return sorting.items
}

interface SortState<Item> {
  readonly items: Item[]
  readonly isLess: IsLess<Item>
}

const insertionMax = 12
const nintherMin = 50
const shiftMin = 50
const shiftsMax = 5

const bitLength = (count: number): number => 32 - Math.clz32(count)

const swap = <Item>({ items }: SortState<Item>, one: number, other: number): void => {
  const item = items[one]!
  items[one] = items[other]!
  items[other] = item
}

const isBefore = <Item>({ items, isLess }: SortState<Item>, one: number, other: number): boolean =>
  isLess(items[one]!, items[other]!)

const quicksort = <Item>(
  sorting: SortState<Item>,
  from: number,
  to: number,
  badMax: number,
): void => {
  let [start, end, bad] = [from, to, badMax]
  let [wasBalanced, wasPartitioned] = [true, true]
  for (;;) {
    const length = end - start
    if (length <= insertionMax) return insertionSort(sorting, start, end)
    if (bad === 0) return heapSort(sorting, start, end)
    if (!wasBalanced) {
      scatter(sorting, start, length)
      bad -= 1
    }
    const choice = choosePivot(sorting, start, end)
    let { pivot } = choice
    if (choice.isReversed) {
      reverseItems(sorting, start, end)
      pivot = end - 1 - (pivot - start)
    }
    const seemsSorted = choice.isSorted || choice.isReversed
    if (wasBalanced && wasPartitioned && seemsSorted && finishSorted(sorting, start, end)) return
    if (start > 0 && !isBefore(sorting, start - 1, pivot)) {
      start = partitionEqual(sorting, start, end, pivot)
      continue
    }
    const [middle, isPartitioned] = partition(sorting, start, end, pivot)
    wasPartitioned = isPartitioned
    const [left, right] = [middle - start, end - middle]
    wasBalanced = Math.min(left, right) >= Math.floor(length / 8)
    if (left < right) {
      quicksort(sorting, start, middle, bad)
      start = middle + 1
    } else {
      quicksort(sorting, middle + 1, end, bad)
      end = middle
    }
  }
}

const insertionSort = <Item>(sorting: SortState<Item>, start: number, end: number): void => {
  for (let next = start + 1; next < end; next++)
    for (let at = next; at > start && isBefore(sorting, at, at - 1); at--) swap(sorting, at, at - 1)
}

const heapSort = <Item>(sorting: SortState<Item>, start: number, end: number): void => {
  const size = end - start
  for (let root = Math.floor((size - 1) / 2); root >= 0; root--) sink(sorting, start, root, size)
  for (let last = size - 1; last >= 0; last--) {
    swap(sorting, start, start + last)
    sink(sorting, start, 0, last)
  }
}

const sink = <Item>(sorting: SortState<Item>, start: number, from: number, size: number): void => {
  let root = from
  for (let child = 2 * root + 1; child < size; child = 2 * root + 1) {
    if (child + 1 < size && isBefore(sorting, start + child, start + child + 1)) child += 1
    if (!isBefore(sorting, start + root, start + child)) return
    swap(sorting, start + root, start + child)
    root = child
  }
}

/** The items up to the returned position are less than the pivot, and those after it are not. */
const partition = <Item>(
  sorting: SortState<Item>,
  start: number,
  end: number,
  pivot: number,
): readonly [middle: number, isPartitioned: boolean] => {
  swap(sorting, start, pivot)
  let [low, high] = [start + 1, end - 1]
  for (let swaps = 0; ; swaps++) {
    while (low <= high && isBefore(sorting, low, start)) low += 1
    while (low <= high && !isBefore(sorting, high, start)) high -= 1
    if (low > high) {
      swap(sorting, high, start)
      return [high, swaps === 0]
    }
    swap(sorting, low, high)
    low += 1
    high -= 1
  }
}

/** No item is less than the pivot: those equal to it come before the returned position. */
const partitionEqual = <Item>(
  sorting: SortState<Item>,
  start: number,
  end: number,
  pivot: number,
): number => {
  swap(sorting, start, pivot)
  let [low, high] = [start + 1, end - 1]
  for (;;) {
    while (low <= high && !isBefore(sorting, start, low)) low += 1
    while (low <= high && isBefore(sorting, start, high)) high -= 1
    if (low > high) return low
    swap(sorting, low, high)
    low += 1
    high -= 1
  }
}

/** Whether the items are sorted, after a few were shifted; of few items none is. */
const finishSorted = <Item>(sorting: SortState<Item>, start: number, end: number): boolean => {
  let next = start + 1
  for (let shifts = 0; shifts < shiftsMax; shifts++) {
    while (next < end && !isBefore(sorting, next, next - 1)) next += 1
    if (next === end) return true
    if (end - start < shiftMin) return false
    swap(sorting, next, next - 1)
    if (next - start >= 2)
      for (let at = next - 1; at >= 1 && isBefore(sorting, at, at - 1); at--)
        swap(sorting, at, at - 1)
    for (let at = next + 1; at < end && isBefore(sorting, at, at - 1); at++)
      swap(sorting, at, at - 1)
  }
  return false
}

/** Exchanges three items around the middle for others, by a generator that the length seeds. */
const scatter = <Item>(sorting: SortState<Item>, start: number, length: number): void => {
  const mask = (1n << BigInt(bitLength(length))) - 1n
  const middle = start + Math.floor(length / 4) * 2
  let random = BigInt(length)
  for (let at = middle - 1; at <= middle + 1; at++) {
    random = xorShift(random)
    const other = Number(random & mask)
    swap(sorting, at, start + (other >= length ? other - length : other))
  }
}

const xorShift = (state: bigint): bigint => {
  let random = state
  random ^= BigInt.asUintN(64, random << 13n)
  random ^= random >> 7n
  return random ^ BigInt.asUintN(64, random << 17n)
}

interface PivotChoice {
  readonly pivot: number
  readonly isSorted: boolean
  readonly isReversed: boolean
}

/**
 * The pivot is a median of three, from 50 items on of three such medians. No exchange on the way to
 * it hints that the items are sorted, an exchange at each step that they are reversed.
 */
const choosePivot = <Item>(sorting: SortState<Item>, start: number, end: number): PivotChoice => {
  const quarter = Math.floor((end - start) / 4)
  const count = { swaps: 0 }
  const places = [start + quarter, start + quarter * 2, start + quarter * 3] as const
  const isLarge = end - start >= nintherMin
  const [one, two, three] = places.map((at) =>
    isLarge ? medianOf(sorting, [at - 1, at, at + 1], count) : at,
  ) as [number, number, number]
  const pivot = medianOf(sorting, [one, two, three], count)
  return { pivot, isSorted: count.swaps === 0, isReversed: count.swaps === swapsMax }
}

/** An exchange at each of three steps, of four medians. */
const swapsMax = 12

const medianOf = <Item>(
  sorting: SortState<Item>,
  [first, second, third]: readonly [number, number, number],
  count: { swaps: number },
): number => {
  const inOrder = (one: number, other: number): readonly [number, number] => {
    if (!isBefore(sorting, other, one)) return [one, other]
    count.swaps += 1
    return [other, one]
  }
  const [low, high] = inOrder(first, second)
  const [middle] = inOrder(high, third)
  return inOrder(low, middle)[1]
}

const reverseItems = <Item>(sorting: SortState<Item>, start: number, end: number): void => {
  for (let [low, high] = [start, end - 1]; low < high; low++, high--) swap(sorting, low, high)
}
