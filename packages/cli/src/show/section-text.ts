/**
 * Lays an answer out as text: one blank line between the blocks (tables and lines) of a section,
 * two between sections.
 */
import type { Block, Section } from '@stowage/workbench'
import { tableText } from './table.js'

/** An answer as `--output` asks for it. */
export const viewText = <Answer>(
  output: 'table' | 'json',
  answer: Answer,
  json: (answer: Answer) => object,
  sections: (answer: Answer) => readonly Section[],
): string =>
  output === 'json'
    ? JSON.stringify(json(answer), null, 2)
    : sections(answer).map(sectionText).join('\n\n\n')

/** The blocks of one section. */
export const sectionText = (section: Section): string => section.map(blockText).join('\n\n')

const blockText = (block: Block): string =>
  block._tag === 'Table' ? tableText(block.head, block.rows) : block.lines.join('\n')
