/**
 * Rounds the fractional solution of the linear program to whole bins, by a diving heuristic. These
 * steps are repeated until all replicas are packed, or a pass fixes no column:
 *
 * 1. generates columns (bins with the items they hold) for the remaining replicas, and solves the
 *    linear program;
 * 2. fixes how often some columns are used, as a whole number;
 * 3. subtracts the replicas in the fixed columns.
 */
import { generateColumns, type GenerationLimits } from '../columns/generate.js'
import type { Context } from '../columns/context.js'
import { openMaster } from '../master/master.js'
import { columnKey, type Column } from '../table/column.js'

/** What a dive ends with: columns, each once, and the last values of the rows. */
export interface Dive {
  readonly columns: readonly Column[]
  readonly values: Float64Array
  readonly work: number
}

/** A part of a column that counts as whole when nothing is whole. */
const nearlyWhole = 0.7

/** Columns that are handed on to the next step at most. */
const pooledMax = 300

/** Rounds for rows with so many replicas, beginning with the columns of `pool` and these values. */
export const dive = (
  context: Context,
  pool: readonly Column[],
  counts: Float64Array,
  roomOf: (bin: number) => number,
  start: Float64Array,
  limits: GenerationLimits,
): Dive => {
  const left = Float64Array.from(counts)
  const taken: Column[] = []
  const used = new Map<number, number>()
  const roomLeft = (bin: number): number => roomOf(bin) - (used.get(bin) ?? 0)
  let columns = pool
  let values = start
  let work = 0
  while (left.some((count) => count > 0)) {
    const master = openMaster(context.library, context.table, left, roomLeft)
    try {
      master.add(withinCounts(columns, left))
      const {
        solution,
        values: last,
        work: own,
      } = generateColumns(...([context, master, left, roomLeft, values, limits] as const))
      work += own
      values = last
      const before = taken.length
      for (const [column, times] of wholeTimes(master.columns, solution.times))
        for (let i = 0; i < times; i++) {
          const pattern = column.pattern.flatMap(([row, count]) => {
            const some = Math.min(count, left[row]!)
            return some === 0 ? [] : [[row, some] as const]
          })
          if (pattern.length === 0 || roomLeft(column.bin) < 1) break
          for (const [row, count] of pattern) left[row]! -= count
          used.set(column.bin, (used.get(column.bin) ?? 0) + 1)
          taken.push({ ...column, pattern })
        }
      if (taken.length === before) break
      columns = bestColumns(master.columns, values, solution.times)
    } finally {
      master.dispose()
    }
  }
  return { columns: taken, values, work }
}

/** The columns with no more of a row than there is; of equal ones the first. */
const withinCounts = (columns: readonly Column[], left: Float64Array): readonly Column[] => {
  const within = new Map<string, Column>()
  for (const { bin, cost, pattern } of columns) {
    const cut = pattern.flatMap(([row, count]) => {
      const some = Math.min(count, left[row]!)
      return some === 0 ? [] : [[row, some] as const]
    })
    const column = { bin, cost, pattern: cut }
    const key = columnKey(column)
    if (cut.length > 0 && !within.has(key)) within.set(key, column)
  }
  return [...within.values()]
}

/**
 * Fixes each column as often as the whole part of its value; if every value is below 1, once each
 * column with a value of at least 0.7; if there is none, once the column with the largest value.
 */
const wholeTimes = (
  columns: readonly Column[],
  times: Float64Array,
): readonly (readonly [Column, number])[] => {
  const whole = columns.flatMap((column, i) => {
    const count = Math.floor(times[i]! + 1e-6)
    return count === 0 ? [] : [[column, count] as const]
  })
  if (whole.length > 0) return whole
  const near = columns.filter((_, i) => times[i]! >= nearlyWhole)
  if (near.length > 0) return near.map((column) => [column, 1] as const)
  let first = -1
  for (const i of columns.keys())
    if (times[i]! > 1e-6 && (first < 0 || times[i]! > times[first]!)) first = i
  return first < 0 ? [] : [[columns[first]!, 1]]
}

/** Those that are used, and those whose bins cost least for what they hold. */
const bestColumns = (
  columns: readonly Column[],
  values: Float64Array,
  times: Float64Array,
): readonly Column[] => {
  const rate = ({ cost, pattern }: Column): number =>
    pattern.reduce((sum, [row, count]) => sum + values[row]! * count, 0) / (cost + 1e-9)
  const ranked = columns.map((column, i) => ({ column, rate: times[i]! > 0 ? 2 : rate(column) }))
  return ranked
    .sort((a, b) => b.rate - a.rate)
    .slice(0, pooledMax)
    .map(({ column }) => column)
}
