/**
 * Renders the panel beside the pictures. The panel shows what the selected block (such as a
 * machine) holds and why, and what moved since the previous plan.
 */
import { drawing, printable } from '@stowage/workbench'
import { h, type ComponentChild } from 'preact'
import { selectedBlock, type Model } from '../state/model.js'
import type { Actions } from './actions.js'
import { rowsShownMax, sectionViews } from './sections.js'

/** The panel beside the pictures; of an explanation it speaks the first sentence alone. */
export const detailsView = (model: Model, actions: Actions): ComponentChild =>
  h(
    'aside',
    { class: 'details', 'aria-label': 'Why', tabIndex: -1, id: 'details' },
    h('p', { class: 'hidden', 'aria-live': 'polite' }, spokenText(model)),
    blockDetails(model, actions),
    model.moves.length === 0
      ? null
      : h('div', { class: 'moves' }, h('h2', null, 'What moves'), sectionViews(model.moves)),
  )

const blockDetails = (model: Model, actions: Actions): ComponentChild => {
  const { selection, pictures, explained, explanation } = model
  const block = selection === undefined ? undefined : selectedBlock(pictures, selection)
  if (selection === undefined || block === undefined)
    return h('p', { class: 'hint' }, 'Choose a block to read what it holds, and why.')
  const isFargate = pictures[selection.picture]?.machines.length === 0
  const more = block.holds.length - rowsShownMax
  return h(
    'div',
    null,
    h('h2', null, printable(block.title)),
    h(
      'button',
      { type: 'button', class: 'back', onClick: actions.showPicture },
      'Back to the plan',
    ),
    block.reasons.map((reason) => h('p', { class: 'why' }, printable(reason))),
    block.gauges.map(({ resource, text }) => h('p', null, printable(`${resource} ${text}`))),
    h(
      'ul',
      { class: 'holds' },
      block.holds.slice(0, rowsShownMax).map((hold) =>
        h(
          'li',
          null,
          h(
            'button',
            {
              ...{ type: 'button', 'aria-pressed': explained?.name === hold.name },
              onClick: () => actions.explain(hold.name, isFargate),
            },
            `Why ${drawing.boxText(hold)}?`,
          ),
        ),
      ),
      more > 0 ? h('li', null, `and ${more} more`) : null,
    ),
    explained === undefined
      ? null
      : h(
          'div',
          { class: 'explanation' },
          explained.name === block.title ? null : h('h3', null, printable(explained.name)),
          explanation === undefined ? h('p', null, 'explaining…') : sectionViews(explanation),
        ),
  )
}

/** The first line of the explanation; tables are read on a visit. */
const spokenText = ({ explanation }: Model): string =>
  explanation?.flat().flatMap((block) => (block._tag === 'Lines' ? block.lines : []))[0] ?? ''
