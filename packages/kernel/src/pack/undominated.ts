/**
 * Removes dominated bins; the least cost of a packing stays the same. A bin is dominated by another
 * bin that is available in any number, has at least as much free, accepts at least the same items
 * and costs at most as much.
 */
import type { Bin, Packing } from './packing.js'

/** The positions of the bins that are needed, in order; of equal bins the first. */
export const undominatedBins = ({ items, bins }: Packing): readonly number[] => {
  const order = [...bins.keys()].sort((a, b) => compareBins({ items, bins }, a, b) || a - b)
  const needed: number[] = []
  for (const bin of order) {
    const isDominated = needed.some((other) => dominates({ items, bins }, other, bin))
    if (!isDominated) needed.push(bin)
  }
  return needed.sort((a, b) => a - b)
}

const dominates = ({ items, bins }: Packing, one: number, other: number): boolean =>
  bins[one]!.countMax === Infinity &&
  everyPair(bins[one]!.costs, bins[other]!.costs, (a, b) => a <= b) &&
  everyPair(bins[one]!.free, bins[other]!.free, (a, b) => a >= b) &&
  items.every(
    ({ takes, limits }) =>
      (takes[one]! || !takes[other]!) && limits.every(({ held }) => held[one]! <= held[other]!),
  )

/**
 * By rising costs, by falling room, then those without a number, those that take more, and those
 * that hold less, so that a bin comes after those that dominate it.
 */
const compareBins = ({ items, bins }: Packing, one: number, other: number): number => {
  const [a, b] = [bins[one]!, bins[other]!]
  const byRoom = firstDifference(a.costs, b.costs) || firstDifference(b.free, a.free)
  if (byRoom !== 0) return byRoom
  const isMany = ({ countMax }: Bin): number => (countMax === Infinity ? 0 : 1)
  const taken = (bin: number): number => items.filter(({ takes }) => takes[bin]!).length
  const held = (bin: number): number =>
    items.reduce((sum, { limits }) => limits.reduce((all, one) => all + one.held[bin]!, sum), 0)
  return isMany(a) - isMany(b) || taken(other) - taken(one) || held(one) - held(other)
}

const firstDifference = (one: readonly number[], other: readonly number[]): number => {
  for (let i = 0; i < one.length; i++) if (one[i]! !== other[i]!) return one[i]! - other[i]!
  return 0
}

const everyPair = (
  one: readonly number[],
  other: readonly number[],
  holds: (a: number, b: number) => boolean,
): boolean => {
  for (let i = 0; i < one.length; i++) if (!holds(one[i]!, other[i]!)) return false
  return true
}

/** The packing with the bins in these positions alone. */
export const packingOn = ({ items, bins }: Packing, positions: readonly number[]): Packing => ({
  items: items.map((item) => ({
    ...item,
    takes: positions.map((bin) => item.takes[bin]!),
    limits: item.limits.map((limit) => ({
      ...limit,
      held: positions.map((bin) => limit.held[bin]!),
    })),
  })),
  bins: positions.map((bin) => bins[bin]!),
})
