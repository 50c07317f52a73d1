/**
 * Lays a table out as text without borders: two blanks between columns, long cells folded. On a
 * terminal the table fits the width, and cells about utilization show a bar. Characters that would
 * control a terminal are escaped.
 */
import Table from 'cli-table3'
import { cellText, type Cell } from './block.js'
import { foldText } from './fold.js'
import { paintText } from './paint.js'
import { printableLines } from './printable-lines.js'
import { pipe, type Terminal } from './terminal.js'

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

/** A column of a terminal is not made narrower than this; what is longer is cut. */
const cellMin = 8

/** The last column is not made narrower than this for the sake of bars. */
const readableMin = 40

type Cells = readonly string[]

/**
 * Folds cells at 56 characters, those of the last column at 72; on a terminal at as many as fit.
 * There a word that is longer than its column is cut, with an ellipsis.
 */
export const tableText = (
  head: Cells,
  rows: readonly (readonly Cell[])[],
  terminal: Terminal = pipe,
): string => {
  const bare = [head, ...rows.map((row) => row.map(printableText))]
  const barred = [head, ...rows.map((row) => row.map(barredText))]
  const all = hasRoom(widthsOf(barred), terminal) ? barred : bare
  const widths = fittingWidths(widthsOf(all, terminal.columns), terminal.columns)
  const folded = all.flatMap((row, i) => rowLines(row, widths, rows[i - 1]))
  return folded.map((row) => lineText(row, widths, terminal)).join('\n')
}

const printableText = (cell: Cell): string => printableLines(cellText(cell))

const barLength = 5
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** The text after a bar of five characters, each of which shows eight steps. */
const barredText = (cell: Cell): string => {
  if (typeof cell === 'string' || cell.share === undefined) return printableText(cell)
  const steps = Math.round(Math.min(1, Math.max(0, cell.share)) * barLength * 8)
  const bar = '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '')
  return `${bar.padEnd(barLength, '░')} ${printableText(cell)}`
}

/** Bars are for terminals on which the last column, which is folded, stays readable beside them. */
const hasRoom = (widths: readonly number[], { columns = 0, hasBars }: Terminal): boolean => {
  const last = Math.min(widths.at(-1) ?? 0, readableMin)
  return hasBars && widthOf([...widths.slice(0, -1), last]) <= columns
}

/**
 * The width of each column with its two blanks: at least its longest word, as the library would cut
 * a longer one. Without a limit on the width of the table no cell is folded.
 */
const widthsOf = (rows: readonly Cells[], columns?: number): readonly number[] => {
  const last = (rows[0] ?? []).length - 1
  const widths: number[] = []
  for (const row of rows)
    for (const [i, cell] of row.entries()) {
      const widthMax = columns === Infinity ? Infinity : i === last ? lastCellMax : cellMax
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

/** The last column has no blanks after it. */
const widthOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, -2)

/** The widest columns are narrowed, all to the same width, until the table fits. */
const fittingWidths = (
  widths: readonly number[],
  columns: number | undefined,
): readonly number[] => {
  if (columns === undefined || widthOf(widths) <= columns) return widths
  for (let limit = widths.reduce((a, b) => Math.max(a, b), 0) - 1; limit > cellMin + 2; limit--) {
    const narrowed = widths.map((width) => Math.min(width, limit))
    if (widthOf(narrowed) <= columns) return narrowed
  }
  return widths.map((width) => Math.min(width, cellMin + 2))
}

/** A row for each line of its tallest cell, at least one. */
const rowLines = (
  texts: Cells,
  widths: readonly number[],
  cells: readonly Cell[] | undefined,
): readonly PrintedRow[] => {
  const columns = texts.map((text, i) => foldText(text, (widths[i] ?? 2) - 2))
  const height = columns.reduce((most, { length }) => Math.max(most, length), 1)
  return Array.from({ length: height }, (_, i) => [columns.map((lines) => lines[i] ?? ''), cells])
}

type PrintedRow = readonly [texts: Cells, cells: readonly Cell[] | undefined]

const lineText = (
  [texts, cells]: PrintedRow,
  widths: readonly number[],
  { hasColour }: Terminal,
): string => {
  const colour = (text: string, i: number): string =>
    hasColour ? colouredText(text, cells?.[i]) : text
  const line = texts.every((text, i) => isPlain(text, widths[i]! - 2))
    ? texts.map((text, i) => colour(text, i) + ' '.repeat(widths[i]! - text.length)).join('')
    : libraryText(texts.map(colour), widths)
  return line.trimEnd()
}

/** ASCII, and the block elements of bars: characters that take one column each. */
const narrow = /^[\x20-\x7e\u2580-\u259f]*$/

/** Whether each character of a text takes one column, and none has to be cut. */
const isPlain = (text: string, width: number): boolean => text.length <= width && narrow.test(text)

/** Measures characters and cuts cells by the library, whose tables take a millisecond each. */
const libraryText = (cells: Cells, widths: readonly number[]): string => {
  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colWidths: [...widths],
  })
  table.push([...cells])
  return table.toString()
}

/** The head is bold; a full machine is yellow, and one that holds more than it has is red. */
const colouredText = (text: string, cell: Cell | undefined): string => {
  if (cell === undefined) return paintText(text, 'bold')
  if (typeof cell === 'string') return text
  const { tone, share = 0 } = cell
  if (tone !== undefined) return paintText(text, tone)
  return share > 1 ? paintText(text, 'bad') : share >= 0.9 ? paintText(text, 'warning') : text
}
