/**
 * Tables without lines: columns apart by two blanks, long cells folded. What would steer a terminal
 * is written out.
 */
import Table from 'cli-table3'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

const nothing = {
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

/** The library looks at every row above for every row, so it is given few at a time. */
const rowsAtOnce = 50

type Row = readonly string[]

/** Rows below a head; cells are folded where they are long, the last one later. */
export const tableText = (head: Row, rows: readonly Row[]): string => {
  const all = [head, ...rows].map((row) => row.map(printableLines))
  const widths = widthsOf(all)
  return RA.chunksOf(rowsAtOnce)(all)
    .map((some) => chunkText(some, widths))
    .join('\n')
}

/**
 * A text in which nothing colours a terminal, breaks a line or turns the direction of reading:
 * control characters as JSON escapes them. For names, which are one line; in a cell a line break is
 * the table's own.
 */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const printableLines = (cell: string): string => cell.split('\n').map(printable).join('\n')

/**
 * Of each column, and two blanks: wide enough for its longest word, as the library would cut one
 * that does not fit.
 */
const widthsOf = (rows: readonly Row[]): readonly number[] => {
  const last = (rows[0] ?? []).length - 1
  const widths: number[] = []
  for (const row of rows)
    for (const [i, cell] of row.entries()) {
      const most = i === last ? lastCellMax : cellMax
      widths[i] = Math.max(widths[i] ?? 0, longest(cell, '\n', most), longest(cell, /\s/, Infinity))
    }
  return widths.map((width) => width + 2)
}

const longest = (cell: string, between: string | RegExp, most: number): number =>
  Math.min(
    most,
    cell.split(between).reduce((width, part) => Math.max(width, part.length), 0),
  )

const chunkText = (rows: readonly Row[], widths: readonly number[]): string => {
  const table = new Table({
    chars: nothing,
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
