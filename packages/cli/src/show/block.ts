/**
 * Gives short names to three types of `@stowage/workbench`: block, table and cell, the parts of a
 * printed answer. Also extracts the text of a cell.
 */
import type { Section } from '@stowage/workbench'

/** A part of a section: lines or a table. */
export type Block = Section[number]

/** A table of a section. */
export type Table = Extract<Block, { readonly _tag: 'Table' }>

/** A text, or a text with what a bar or a colour says. */
export type Cell = Table['rows'][number][number]

/** The words of a cell. */
export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text)
