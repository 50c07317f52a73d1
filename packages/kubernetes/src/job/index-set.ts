/**
 * Implements sets of completion indexes as sorted intervals that neither touch nor overlap.
 * Converts them from and to the text in the status of a Job, such as `0,2-4`.
 */

/** The intervals, each with its first and its last index. */
export type IndexSet = readonly (readonly [first: number, last: number])[]

/** Whether the index is in the set. Binary search: O(log n) of n intervals. */
export const includesIndex = (indexes: IndexSet, index: number): boolean => {
  let [low, high] = [0, indexes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (indexes[middle]![1] >= index) high = middle
    else low = middle + 1
  }
  return low < indexes.length && indexes[low]![0] <= index
}

/** How many indexes there are. */
export const indexCount = (indexes: IndexSet): number =>
  indexes.reduce((sum, [first, last]) => sum + last - first + 1, 0)

/** The union of both sets. */
export const mergeIndexes = (one: IndexSet, other: IndexSet): IndexSet => {
  const merged: [number, number][] = []
  for (const [first, last] of [...one, ...other].sort(([a], [b]) => a - b)) {
    const before = merged.at(-1)
    if (before === undefined || first > before[1] + 1) merged.push([first, last])
    else before[1] = Math.max(before[1], last)
  }
  return merged
}

/** The set of a list of indexes. */
export const indexesOf = (list: readonly number[]): IndexSet =>
  mergeIndexes(
    list.map((index) => [index, index] as const),
    [],
  )

/** How many indexes are in both sets. */
export const sharedIndexCount = (one: IndexSet, other: IndexSet): number => {
  let [i, j, count] = [0, 0, 0]
  while (i < one.length && j < other.length) {
    const [a, b] = [one[i]!, other[j]!]
    count += Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]) + 1)
    if (a[1] < b[1]) i++
    else j++
  }
  return count
}

/** The set that a text names, of the indexes below `completions`; what is no number is left out. */
export const parseIndexes = (text: string, completions: number): IndexSet =>
  mergeIndexes(
    text.split(',').flatMap((part) => {
      const [first, last] = /^(\d+)(?:-(\d+))?$/.exec(part)?.slice(1) ?? []
      if (first === undefined) return []
      const end = Math.min(Number(last ?? first), completions - 1)
      return Number(first) > end ? [] : [[Number(first), end] as const]
    }),
    [],
  )

/** The text of a set. Two neighbours are written as `2,3`. */
export const indexText = (indexes: IndexSet): string =>
  indexes
    .map(([first, last]) =>
      first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`,
    )
    .join(',')

/** The lowest `count` indexes below `completions` that are not in the set. */
export const lowestMissing = (
  indexes: IndexSet,
  count: number,
  completions: number,
): readonly number[] => {
  const missing: number[] = []
  let candidate = 0
  for (const [first, last] of [...indexes, [completions, completions] as const]) {
    for (; candidate < Math.min(first, completions) && missing.length < count; candidate++)
      missing.push(candidate)
    candidate = Math.max(candidate, last + 1)
  }
  return missing
}
