/**
 * Lays a table out as text without borders: two blanks between columns, long cells folded.
 * Characters that would control a terminal are escaped.
 */
import { printable } from '@stowage/workbench'
import Table from 'cli-table3'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

const cellMax = 56
const lastCellMax = 72

/** The library is quadratic in the number of rows, so it gets few at a time. */
const chunkSize = 50

type Cells = readonly string[]

/** Folds cells at 56 characters, those of the last column at 72. */
export const tableText = (head: Cells, rows: readonly Cells[]): string => {
  const all = [head, ...rows].map((row) => row.map(printableLines))
  const widths = widthsOf(all)
  return RA.chunksOf(chunkSize)(all)
    .map((some) => chunkText(some, widths))
    .join('\n')
}

const printableLines = (cell: string): string => cell.split('\n').map(printable).join('\n')

/**
 * The width of each column with its two blanks: at least its longest word, as the library would cut
 * a longer one.
 */
const widthsOf = (rows: readonly Cells[]): readonly number[] => {
  const last = (rows[0] ?? []).length - 1
  const widths: number[] = []
  for (const row of rows)
    for (const [i, cell] of row.entries()) {
      const widthMax = i === last ? lastCellMax : cellMax
      widths[i] = Math.max(
        widths[i] ?? 0,
        longest(cell, '\n', widthMax),
        longest(cell, /\s/, Infinity),
      )
    }
  return widths.map((width) => width + 2)
}

const longest = (cell: string, between: string | RegExp, widthMax: number): number =>
  Math.min(
    widthMax,
    cell.split(between).reduce((width, part) => Math.max(width, part.length), 0),
  )

const chunkText = (rows: readonly Cells[], widths: readonly number[]): string => {
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colWidths: [...widths],
    wordWrap: true,
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
