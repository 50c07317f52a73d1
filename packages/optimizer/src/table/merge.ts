/**
 * Merges items that no bin can tell apart into one row of the linear program, and converts packings
 * from items to rows and back.
 */
import type { PackedBins, Packing } from './packing-types.js'

/** A packing whose items are rows, and by row the items that it stands for. */
export interface MergedPacking {
  readonly packing: Packing
  readonly items: readonly (readonly number[])[]
}

/** Items without limits that look the same become one; those that nothing takes are left out. */
export const mergeItems = ({ items, bins }: Packing): MergedPacking => {
  const isCounted = items.map(() => false)
  for (const { limits } of items)
    for (const { counts } of limits)
      for (const [item, counted] of counts.entries()) isCounted[item] ||= counted
  const rows = new Map<string, number[]>()
  for (const [item, { count, demand, size, takes, limits }] of items.entries()) {
    if (count === 0 || !takes.some((taken, bin) => taken && bins[bin]!.countMax > 0)) continue
    const isAlone = limits.length > 0 || isCounted[item]!
    const key = isAlone
      ? String(item)
      : `${demand.join()} ${size.join()} ${takes.map((taken) => (taken ? 1 : 0)).join('')}`
    rows.set(key, [...(rows.get(key) ?? []), item])
  }
  const members = [...rows.values()]
  return {
    items: members,
    packing: {
      bins,
      items: members.map((of) => {
        const first = items[of[0]!]!
        return {
          ...first,
          count: of.reduce((sum, item) => sum + items[item]!.count, 0),
          limits: first.limits.map((limit) => ({
            ...limit,
            counts: members.map(([one]) => limit.counts[one!]!),
          })),
        }
      }),
    },
  }
}

/** The same packing by rows; what it holds of items without a row is left out. */
export const packedRows = (
  { items }: MergedPacking,
  packed: readonly PackedBins[],
): readonly PackedBins[] => {
  const rowOf = new Map(items.flatMap((of, row) => of.map((item) => [item, row] as const)))
  return packed.map((one) => ({
    ...one,
    pattern: one.pattern.flatMap(([item, count]) => {
      const row = rowOf.get(item)
      return row === undefined ? [] : [[row, count] as const]
    }),
  }))
}

/** The same packing by items; each of a row is taken in turn, as many as there are. */
export const packedItems = (
  merged: MergedPacking,
  original: Packing,
  packed: readonly PackedBins[],
): readonly PackedBins[] => {
  const left = original.items.map(({ count }) => count)
  return packed.flatMap(({ bin, pattern, times }): readonly PackedBins[] => {
    if (pattern.every(([row]) => merged.items[row]!.length === 1))
      return [{ bin, times, pattern: pattern.map(([row, n]) => [merged.items[row]![0]!, n]) }]
    return Array.from({ length: times }, () => ({
      ...{ bin, times: 1 },
      pattern: pattern.flatMap(([row, count]) => takeFrom(left, merged.items[row]!, count)),
    }))
  })
}

const takeFrom = (
  left: number[],
  items: readonly number[],
  count: number,
): readonly (readonly [item: number, count: number])[] => {
  let rest = count
  return items.flatMap((item) => {
    const taken = Math.min(rest, left[item]!)
    rest -= taken
    left[item]! -= taken
    return taken === 0 ? [] : [[item, taken] as const]
  })
}
