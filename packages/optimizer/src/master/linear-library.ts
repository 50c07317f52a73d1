/**
 * Declares the used part of the API of HiGHS, a linear-programming solver compiled to WebAssembly.
 * The declarations need no types of a host such as Node or a browser.
 */

/** The library, once it is loaded. */
export interface LinearLibrary {
  readonly infinity: number
  readonly createModel: (data: LinearModelData) => LinearModel
}

/** A linear program by columns: the sum of costs is to be least. */
export interface LinearModelData {
  readonly numCols: number
  readonly numRows: number
  readonly colCost: Float64Array
  readonly colLower: Float64Array
  readonly colUpper: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly matrix: ColumnMatrix
}

/** Sparse columns, one after the other. */
export interface ColumnMatrix {
  readonly format: 'csc'
  readonly numRows: number
  readonly numCols: number
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
}

/** A program in the memory of the library, which must be disposed of. */
export interface LinearModel {
  readonly options: { readonly set: (options: Readonly<Record<string, boolean | string>>) => void }
  readonly info: { readonly get: (name: 'simplex_iteration_count') => number }
  readonly addCols: (columns: {
    readonly cost: Float64Array
    readonly lower: Float64Array
    readonly upper: Float64Array
    readonly matrix: ColumnMatrix
  }) => unknown
  readonly run: () => unknown
  readonly getSolution: () => {
    readonly colValue: Float64Array
    readonly rowDual: Float64Array
  }
  readonly dispose: () => void
}
