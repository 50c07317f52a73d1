/**
 * Writes tables as comma-separated values by RFC 4180. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it, because names come from the user's documents. Characters
 * that control a terminal are escaped.
 */
import { cellText, type Cell, type Table } from './block.js'
import { printableLines } from './printable-lines.js'

/**
 * The head and the rows, without the last line break. Each record ends with CRLF; a field with a
 * comma, a quote or a line break is in quotes, and quotes are doubled.
 */
export const csvText = ({ head, rows }: Table): string =>
  [head, ...rows].map((row) => row.map(fieldText).join(',')).join('\r\n')

const fieldText = (cell: Cell): string => {
  const text = inert(printableLines(cellText(cell)))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A number may begin with a minus. */
const inert = (text: string): string =>
  /^[=+@\t\r-]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text
