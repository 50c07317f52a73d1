/** Renders the whole page from its model. */
import { printable } from '@stowage/workbench'
import { h, type ComponentChild } from 'preact'
import type { Model } from '../state/model.js'
import type { Actions } from './actions.js'
import { detailsView } from './details.js'
import { editorView } from './editor.js'
import { picturesView } from './pictures.js'
import { sectionViews } from './sections.js'

/** The page; its parts are landmarks with names. */
export const pageView = (model: Model, actions: Actions): ComponentChild =>
  h(
    'div',
    { class: 'page' },
    h(
      'header',
      null,
      h('h1', null, 'Stowage'),
      h('span', { class: 'tagline' }, 'where containers go, and why'),
      h('button', { type: 'button', class: 'share', onClick: actions.share }, 'Copy link'),
      h(
        'span',
        { role: 'status', class: 'status' },
        statusText(model),
        h('span', { class: 'hidden' }, outcomeText(model)),
      ),
    ),
    editorView(model, actions),
    h(
      'main',
      {
        class: model.faults.length > 0 ? 'stale' : '',
        'aria-busy': model.stage !== undefined,
        'aria-label': 'Plan',
      },
      picturesView(model, actions),
      model.pictures.length === 0
        ? null
        : h(
            'details',
            {
              class: 'tables',
              onToggle: (event: Event) => {
                if ((event.currentTarget as HTMLDetailsElement).open) actions.showTables()
              },
            },
            h('summary', null, 'As tables, with costs and EC2 beside Fargate'),
            model.tables === undefined ? null : sectionViews(model.tables),
          ),
    ),
    detailsView(model, actions),
  )

const statusText = ({ notice, stage }: Model): string =>
  [stage === undefined ? '' : `${stage}…`, notice ?? ''].filter((text) => text !== '').join(' · ')

/** For whoever hears the page: what the plan came to, once nothing is being computed. */
const outcomeText = ({ stage, pictures, faults }: Model): string =>
  stage === undefined && faults.length === 0
    ? pictures.map(({ title }) => printable(title)).join('. ')
    : ''
