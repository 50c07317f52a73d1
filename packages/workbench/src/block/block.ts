/**
 * Defines the types of an answer as sections of lines and tables, as data without any layout. A
 * user interface lays the sections out: the command line in columns, a web page in elements.
 */

/** A text with what a shell may show by a bar or by a colour; the text says it as well. */
export interface RichCell {
  readonly text: string
  /** How full a machine is, 1 for full; more than 1 when it holds more than it has. */
  readonly share?: number
  /** Whether the text is about something that has a place, or that finds none. */
  readonly tone?: 'good' | 'bad'
}

/** A cell: `\n` separates lines; names in it may hold any character. */
export type Cell = string | RichCell

/** A table. */
export interface Table {
  readonly _tag: 'Table'
  readonly head: readonly string[]
  /** Each has as many cells as the head. */
  readonly rows: readonly (readonly Cell[])[]
}

/** Lines that belong together; they hold no control characters. */
export interface Lines {
  readonly _tag: 'Lines'
  readonly lines: readonly string[]
  /** Absent for what is neither a warning nor about something without a place. */
  readonly tone?: 'bad' | 'warning'
}

/** A part of a section. */
export type Block = Lines | Table

/** What is shown of one subject, such as a platform or a workload; never empty. */
export type Section = readonly Block[]

/** A block of lines. */
export const lines = (...texts: readonly string[]): Lines => ({ _tag: 'Lines', lines: texts })

/** The text of a cell. */
export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)

/** A column of a table: its title, in any case, and its cell for a row. */
export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => Cell
}

/** A table of these columns; titles become upper case. */
export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Table => ({
  _tag: 'Table',
  head: columns.map(({ title }) => title.toUpperCase()),
  rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
})
