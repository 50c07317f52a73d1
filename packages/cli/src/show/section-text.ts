/**
 * Lays out the sections (parts) of an answer as text, with one blank line between the blocks
 * (tables and lines) of a section and two between sections. On a terminal, tables fit its width,
 * and important texts have a colour.
 */
import type { Section } from '@stowage/workbench'
import type { Block } from './block.js'
import { paintText } from './paint.js'
import { printableLines } from './printable-lines.js'
import { tableText } from './table.js'
import { pipe, type Terminal } from './terminal.js'

/** All sections. */
export const sectionsText = (sections: readonly Section[], terminal: Terminal): string =>
  sections.map((section) => sectionText(section, terminal)).join('\n\n\n')

/** The blocks of one section. */
export const sectionText = (section: Section, terminal: Terminal = pipe): string =>
  section.map((block, position) => blockText(block, position, terminal)).join('\n\n')

const blockText = (block: Block, position: number, terminal: Terminal): string => {
  if (block._tag === 'Table') return tableText(block.head, block.rows, terminal)
  const text = printableLines(block.lines.join('\n'))
  if (!terminal.hasColour) return text
  if (block.tone !== undefined) return paintText(text, block.tone)
  return position === 0 ? paintText(text, 'bold') : text
}
