/**
 * Solves the restricted master program of column generation, a linear program. The program computes
 * how often to use each column (a bin with the items it holds), so that all replicas of each row (a
 * group of equal items) are packed at the least cost.
 */
import type { Column } from '../table/column.js'
import type { PackingTable } from '../table/packing-table.js'
import type { ColumnMatrix, LinearLibrary } from './linear-library.js'

/** What the master program says. */
export interface MasterSolution {
  /** By row, what one replica more would cost; 0 or more. */
  readonly values: Float64Array
  /** By bin of the table, what one bin more would save; 0 where there are any number. */
  readonly rents: Float64Array
  /** By column, how often it is taken. */
  readonly times: Float64Array
  /** Steps of the simplex method. */
  readonly steps: number
}

/** A master program in the memory of the library. */
export interface Master {
  readonly columns: readonly Column[]
  readonly add: (columns: readonly Column[]) => void
  readonly solve: () => MasterSolution
  readonly dispose: () => void
}

/**
 * Opens the master program of the rows with so many replicas. No bin is used more often than it is
 * available. A row may stay uncovered at a cost above that of any bin.
 */
export const openMaster = (
  library: LinearLibrary,
  { bins }: PackingTable,
  counts: Float64Array,
  roomOf: (bin: number) => number,
): Master => {
  const rows = counts.length
  const limited = [...bins.keys()].filter((bin) => roomOf(bin) < Infinity)
  const rowOfBin = new Map(limited.map((bin, i) => [bin, rows + i]))
  const numRows = rows + limited.length
  const penalty = 4 * bins.reduce((most, { cost }) => Math.max(most, cost), 1)
  const endless = (length: number): Float64Array => new Float64Array(length).fill(library.infinity)
  const model = library.createModel({
    ...{ numCols: rows, numRows },
    colCost: new Float64Array(rows).fill(penalty),
    ...{ colLower: new Float64Array(rows), colUpper: endless(rows) },
    rowLower: Float64Array.from([...counts, ...limited.map((bin) => -roomOf(bin))]),
    rowUpper: endless(numRows),
    matrix: matrixOf(
      Array.from(counts, (_, row) => [[row, 1] as const]),
      numRows,
    ),
  })
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' })
  const columns: Column[] = []
  return {
    columns,
    add: (added) => {
      if (added.length === 0) return
      for (const column of added) columns.push(column)
      const entries = added.map(({ bin, pattern }) => {
        const own = rowOfBin.get(bin)
        return own === undefined ? pattern : [...pattern, [own, -1] as const]
      })
      model.addCols({
        cost: Float64Array.from(added, ({ cost }) => cost),
        lower: new Float64Array(added.length),
        upper: endless(added.length),
        matrix: matrixOf(entries, numRows),
      })
    },
    solve: () => {
      const before = model.info.get('simplex_iteration_count')
      model.run()
      const { colValue, rowDual } = model.getSolution()
      const rents = new Float64Array(bins.length)
      for (const [bin, row] of rowOfBin) rents[bin] = Math.max(0, rowDual[row]!)
      return {
        values: Float64Array.from(counts, (_, row) => Math.max(0, rowDual[row]!)),
        rents,
        times: colValue.subarray(rows),
        steps: Math.max(0, model.info.get('simplex_iteration_count') - Math.max(0, before)),
      }
    },
    dispose: () => model.dispose(),
  }
}

const matrixOf = (
  columns: readonly (readonly (readonly [row: number, value: number])[])[],
  numRows: number,
): ColumnMatrix => {
  const starts = new Int32Array(columns.length + 1)
  for (const [i, column] of columns.entries()) starts[i + 1] = starts[i]! + column.length
  return {
    ...{ format: 'csc', numRows, numCols: columns.length, starts },
    indices: Int32Array.from(columns.flatMap((column) => column.map(([row]) => row))),
    values: Float64Array.from(columns.flatMap((column) => column.map(([, value]) => value))),
  }
}
