/**
 * Chooses the instances that a Managed Instances capacity provider launches for waiting tasks, for
 * one group of equal tasks after the other:
 *
 * 1. While fewer than three zones have instances (or fewer than all zones, if there are only one or
 *    two), it launches an instance in a zone without one, for an equal share of the tasks.
 * 2. It packs the remaining tasks on the launched instances. When none has room, it launches
 *    another one, in the zone with the fewest instances.
 * 3. The type of an instance is the first that has room for all tasks of the share, or else the one
 *    that has room for the most.
 *
 * AWS documents only that spreading tasks over three zones comes before packing them.
 *
 * Source: Amazon ECS Developer Guide, Amazon ECS Managed Instances, task placement.
 */
import type { Vector } from '@stowage/kernel'
import type { OfferedType } from '../memory/capacity-memory.js'

/** Waiting tasks that are alike: what each takes, and how many may share an instance. */
export interface TasksAlike {
  readonly count: number
  readonly demand: Vector
  readonly perInstance: number
  /** The numbers of the types that suit them. */
  readonly suiting: ReadonlySet<number>
}

/** An instance on which tasks are packed. */
interface Bin {
  readonly type: number
  readonly left: Map<Vector[number][0], number>
  /** How many tasks of each row it has. */
  readonly counts: number[]
}

/** So many zones at least have instances, where there are as many. */
const zonesSpread = 3

/**
 * The types to launch, by their number, in the order in which they are; `zones` are those of the
 * instances that there are, and of those that have not joined.
 */
export const launchesFor = (
  rows: readonly TasksAlike[],
  types: readonly OfferedType[],
  zones: readonly string[],
): readonly number[] => {
  const sizes = new Map(types.map(({ zone }) => [zone, 0]))
  for (const zone of zones) sizes.set(zone, (sizes.get(zone) ?? 0) + 1)
  const bins: Bin[] = []
  rows.forEach((row, i) => {
    const copies = types.map((type, at) => (row.suiting.has(at) ? copiesOf(row, type) : 0))
    const zonesSuiting = new Set(types.flatMap(({ zone }, at) => (copies[at]! > 0 ? [zone] : [])))
    let left = row.count
    while (left > 0) {
      const missing = zonesMissing(zonesSuiting, sizes)
      if (missing === 0 && bins.some((bin) => takes(bin, row, i))) {
        left--
        continue
      }
      const wish = Math.ceil(left / Math.max(1, missing))
      const number = bestType(copies, types, zonesBySize(sizes), wish)
      const type = number === undefined ? undefined : types[number]
      if (number === undefined || type === undefined) return
      sizes.set(type.zone, sizes.get(type.zone)! + 1)
      const bin = binOf(number, type)
      bins.push(bin)
      for (let taken = 0; taken < wish && takes(bin, row, i); taken++) left--
    }
  })
  return bins.map(({ type }) => type)
}

/** In how many more zones there are to be instances, of those that have a type for the tasks. */
const zonesMissing = (zones: ReadonlySet<string>, sizes: ReadonlyMap<string, number>): number => {
  const used = [...zones].filter((zone) => sizes.get(zone)! > 0).length
  return Math.max(0, Math.min(zonesSpread, zones.size) - used)
}

const binOf = (type: number, { capacity }: OfferedType): Bin => ({
  ...{ type, left: new Map(capacity), counts: [] },
})

/** Puts a task on an instance; false when it has no room. */
const takes = (
  { type, left, counts }: Bin,
  { demand, perInstance, suiting }: TasksAlike,
  row: number,
): boolean => {
  const count = counts[row] ?? 0
  if (!suiting.has(type)) return false
  const isFull = demand.some(([dimension, amount]) => amount > (left.get(dimension) ?? 0))
  if (isFull || count >= perInstance) return false
  for (const [dimension, amount] of demand) left.set(dimension, (left.get(dimension) ?? 0) - amount)
  counts[row] = count + 1
  return true
}

/** The zone with the fewest instances first. */
const zonesBySize = (sizes: ReadonlyMap<string, number>): readonly string[] =>
  [...sizes].sort(([, a], [, b]) => a - b).map(([zone]) => zone)

/**
 * In the first zone with a type for the task: the first that holds `wish`, else the largest.
 * `copies` says how many of the tasks each type holds.
 */
const bestType = (
  copies: readonly number[],
  types: readonly OfferedType[],
  zones: readonly string[],
  wish: number,
): number | undefined => {
  for (const zone of zones) {
    const own = types.flatMap((type, i) => (type.zone === zone ? [[i, copies[i]!] as const] : []))
    const best = own.reduce<readonly [number, number]>((a, b) => (b[1] > a[1] ? b : a), [0, 0])
    if (best[1] > 0) return (own.find(([, count]) => count >= wish) ?? best)[0]
  }
  return undefined
}

/** How many of the tasks an empty instance holds. */
const copiesOf = ({ demand, perInstance }: TasksAlike, { capacity }: OfferedType): number => {
  const amounts = new Map(capacity)
  return demand.reduce(
    (least, [dimension, amount]) =>
      amount === 0 ? least : Math.min(least, Math.floor((amounts.get(dimension) ?? 0) / amount)),
    perInstance,
  )
}
