/**
 * Tables without lines: columns apart by two blanks, long cells folded.
 */
import Table from 'cli-table3'

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

const cellMost = 56
const lastCellMost = 72

const widthOf = (cell: string): number => Math.max(...cell.split('\n').map((line) => line.length))

/** Rows below a head; cells are folded where they are long, the last one later. */
export const tableText = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => widthOf(row[i] ?? ''))),
  )
  const table = new Table({
    chars: nothing,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colWidths: widths.map(
      (width, i) => Math.min(width, i === widths.length - 1 ? lastCellMost : cellMost) + 2,
    ),
    wordWrap: true,
  })
  table.push([...head], ...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
