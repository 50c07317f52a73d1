/**
 * Renders pictures of plans: machines as blocks with their utilization, tasks on Fargate, and
 * workloads that found no node.
 */
import { drawing, printable } from '@stowage/workbench'
import { h, type ComponentChild } from 'preact'
import type { PlanPicture } from '../planner/message.js'
import type { Model, Selection } from '../state/model.js'
import type { Actions } from './actions.js'
import { TileMap } from './tiles.js'

type PictureBlock = PlanPicture['machines'][number]

/** A region for each picture. */
export const picturesView = (model: Model, actions: Actions): readonly ComponentChild[] =>
  model.pictures.map((picture, at) => pictureView(picture, at, model, actions))

const pictureView = (
  picture: PlanPicture,
  at: number,
  model: Model,
  actions: Actions,
): ComponentChild => {
  const { title, isPlaced, machines, fargate, homeless, warnings } = picture
  const part = (kind: Selection['kind'], label: string, blocks: readonly PictureBlock[]) =>
    blocks.length === 0
      ? null
      : h(
          'div',
          { class: `part ${kind}` },
          h('h3', null, label),
          kind === 'machines' && blocks.length >= drawing.tilesMin
            ? h(TileMap, {
                ...{ label: title, machines: blocks, changed: model.changedMachines },
                choose: (position) =>
                  actions.select({ picture: at, kind, position, title: blocks[position]!.title }),
              })
            : h(
                'div',
                { class: 'blocks' },
                blocks.map((block, position) =>
                  blockView(
                    block,
                    { picture: at, kind, position, title: block.title },
                    model,
                    actions,
                  ),
                ),
              ),
        )
  return h(
    'section',
    { class: 'picture', 'aria-label': title },
    h('h2', { class: isPlaced ? 'good' : 'bad' }, printable(title)),
    part('homeless', 'No place', homeless),
    part('machines', 'Machines', machines),
    part('fargate', 'On Fargate', fargate),
    warnings.length === 0
      ? null
      : h(
          'details',
          { class: 'warnings' },
          h('summary', null, warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`),
          h(
            'ul',
            null,
            warnings.map((text) => h('li', null, text)),
          ),
        ),
  )
}

const blockView = (
  { title, gauges, holds, reasons }: PictureBlock,
  selection: Selection,
  { changedMachines, selection: now }: Model,
  actions: Actions,
): ComponentChild => {
  const isSelected =
    now?.picture === selection.picture &&
    now.kind === selection.kind &&
    now.position === selection.position
  const isChanged = selection.kind === 'machines' && changedMachines.has(title)
  const more = holds.length - drawing.boxesMax
  return h(
    'button',
    {
      ...{ type: 'button', 'aria-pressed': isSelected },
      class: `block${reasons.length > 0 ? ' bad' : ''}${isChanged ? ' changed' : ''}`,
      onClick: () => actions.select(selection),
    },
    h('span', { class: 'name' }, printable(title)),
    reasons.slice(1, 2).map((reason) => h('span', { class: 'why' }, printable(reason))),
    gauges.map(({ resource, text, share }) =>
      share === undefined
        ? null
        : h(
            'span',
            { class: 'gauge', title: text },
            h('span', { class: 'resource' }, printable(resource)),
            h(
              'span',
              { class: 'bar' },
              h('span', {
                class: share > 1 ? 'fill over' : 'fill',
                style: { width: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` },
              }),
            ),
            h('span', { class: 'amount' }, shareText(text)),
          ),
    ),
    h(
      'span',
      { class: 'boxes' },
      holds
        .slice(0, drawing.boxesMax)
        .map((hold) =>
          h(
            'span',
            { class: 'box', style: { background: `hsl(${drawing.hueOf(hold.name)} 65% 78%)` } },
            drawing.boxText(hold),
          ),
        ),
      more > 0 ? h('span', null, `and ${more} more`) : null,
    ),
  )
}

/** The share in a text such as `1225m/1930m 63%`. */
const shareText = (text: string): string => {
  const last = text.slice(text.lastIndexOf(' ') + 1)
  return last.endsWith('%') ? last : ''
}
