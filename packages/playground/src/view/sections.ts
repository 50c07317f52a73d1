/**
 * Renders answers as paragraphs and tables. The package `workbench` supplies an answer as sections
 * (lines and tables without layout).
 */
import { printable, type Section } from '@stowage/workbench'
import { h, type ComponentChild } from 'preact'

/** A table shows so many rows; the others are counted. */
export const rowsShownMax = 200

/** Each section with its blocks. */
export const sectionViews = (sections: readonly Section[]): readonly ComponentChild[] =>
  sections.flatMap((section) => section.map(sectionBlockView))

const sectionBlockView = (block: Section[number]): ComponentChild => {
  if (block._tag === 'Lines')
    return h(
      'div',
      { class: `lines ${block.tone ?? ''}` },
      block.lines.map((line) => h('p', null, line)),
    )
  const rows = block.rows.slice(0, rowsShownMax)
  const more = block.rows.length - rows.length
  return h(
    'div',
    { class: 'table', tabIndex: 0, role: 'group', 'aria-label': block.head.join(', ') },
    h(
      'table',
      { 'aria-label': block.head.join(', ') },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          block.head.map((title) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map((row) =>
          h(
            'tr',
            null,
            row.map((cell) => cellView(cell)),
          ),
        ),
      ),
    ),
    more > 0 ? h('p', null, `and ${more} more rows`) : null,
  )
}

type Cell = Extract<Section[number], { readonly _tag: 'Table' }>['rows'][number][number]

const cellView = (cell: Cell): ComponentChild => {
  const { text, tone = '' } = typeof cell === 'string' ? { text: cell } : cell
  return h(
    'td',
    { class: tone },
    text.split('\n').map((line) => h('div', null, printable(line))),
  )
}
