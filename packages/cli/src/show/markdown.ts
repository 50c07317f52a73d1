/**
 * Writes the sections (parts) of an answer as GitHub-flavoured Markdown, for a comment on a pull
 * request: the first line of a section is its heading, tables are tables, other blocks are lists or
 * paragraphs.
 */
import { printable, type Section } from '@stowage/workbench'
import { cellText, type Block, type Cell } from './block.js'

/** All sections, with an empty line between their blocks. */
export const markdownText = (sections: readonly Section[]): string =>
  sections.flatMap((section) => section.map(blockMarkdown)).join('\n\n')

const blockMarkdown = (block: Block, position: number): string => {
  if (block._tag === 'Table') return gridText(block.head, block.rows)
  const [first = '', ...others] = block.lines.map(printable)
  const title = position === 0 ? `### ${escapedMarkdown(first)}` : escapedMarkdown(first)
  if (others.length === 0) return title
  return [
    title,
    '',
    ...others.map((line) => `- ${escapedMarkdown(line.replace(/^\s*(- )?/, ''))}`),
  ].join('\n')
}

const gridText = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head.map(escapedMarkdown), head.map(() => '---'), ...rows.map((row) => row.map(cellMarkdown))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const cellMarkdown = (cell: Cell): string =>
  cellText(cell)
    .split('\n')
    .map((line) => escapedMarkdown(printable(line)))
    .join('<br>')

/** The text with everything escaped that Markdown or HTML would read as markup. */
const escapedMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
