/**
 * Renders a plan as one self-contained page of HTML, without network access and scripts. Machines
 * are blocks with a bar for each resource and a box for each workload. A hover, a tap or the tab
 * key shows the amounts of a block, or why its replicas found no machine.
 */
import { drawing, printable, type planPictures } from '@stowage/workbench'
import { element, elementOf, htmlText, type Element } from './html.js'
import { style } from './style.js'

/** The plan of one platform on one supply. */
export type PlanPicture = ReturnType<typeof planPictures>[number]

type PictureBlock = PlanPicture['machines'][number]
type PictureGauge = PictureBlock['gauges'][number]

/** The page; `title` names what was planned. Replicas that found no node come first. */
export const planPage = (pictures: readonly PlanPicture[], title: string): string => {
  const policy = "default-src 'none'; style-src 'unsafe-inline'"
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    htmlText(element('title', {}, printable(`Stowage: ${title}`))),
    `<style>${style}</style>`,
  ]
  const body = element(
    'body',
    {},
    element('h1', {}, printable(title)),
    ...pictures.map(planSection),
  )
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n${htmlText(body)}\n</html>\n`
}

const planSection = (picture: PlanPicture): Element => {
  const { title, isPlaced, machines, fargate, homeless, warnings } = picture
  return element(
    'section',
    { class: machines.length >= drawing.tilesMin ? 'many' : 'few' },
    element('h2', { class: isPlaced ? 'good' : 'bad' }, printable(title)),
    ...(homeless.length === 0 ? [] : [element('h3', {}, 'No place')]),
    ...blocks(homeless, 'homeless'),
    ...(homeless.length === 0 || machines.length === 0 ? [] : [element('h3', {}, 'Machines')]),
    ...blocks(machines, 'machines'),
    ...(fargate.length === 0 ? [] : [element('h3', {}, 'On Fargate')]),
    ...blocks(fargate, 'fargate'),
    ...(warnings.length === 0 ? [] : [warningList(warnings)]),
  )
}

const warningList = (warnings: readonly string[]): Element =>
  element(
    'details',
    {},
    element('summary', {}, warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`),
    elementOf(
      'ul',
      {},
      warnings.map((text) => element('li', {}, printable(text))),
    ),
  )

const blocks = (all: readonly PictureBlock[], kind: string): readonly Element[] =>
  all.length === 0 ? [] : [elementOf('div', { class: `blocks ${kind}` }, all.map(block))]

const block = (one: PictureBlock): Element => {
  const { title, gauges, holds, reasons } = one
  return element(
    'div',
    { class: reasons.length === 0 ? 'block' : 'block bad', tabindex: '0' },
    element('div', { class: 'name' }, printable(title)),
    ...reasons.slice(1, 2).map((reason) => element('div', { class: 'why' }, printable(reason))),
    ...gauges.flatMap((gauge) => (gauge.share === undefined ? [] : [bar(gauge, gauge.share)])),
    ...(holds.length === 0 ? [] : [element('div', { class: 'pods' }, ...boxes(holds))]),
    elementOf('div', { class: 'tip', role: 'note' }, tip(one)),
  )
}

const bar = ({ resource }: PictureGauge, share: number): Element => {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100)
  const fill = element('i', { class: share > 1 ? 'over' : 'used', style: `width:${width}%` })
  const name = element('span', {}, printable(resource))
  return element('div', { class: 'gauge' }, name, element('b', {}, fill))
}

const boxes = (holds: PictureBlock['holds']): readonly Element[] => {
  const shown = holds
    .slice(0, drawing.boxesMax)
    .map((hold) =>
      element(
        'span',
        { class: 'pod', style: `background:hsl(${drawing.hueOf(hold.name)} 65% 78%)` },
        drawing.boxText(hold),
      ),
    )
  const more = holds.length - shown.length
  return more > 0 ? [...shown, element('span', {}, `and ${more} more`)] : shown
}

const tip = ({ title, gauges, holds, reasons }: PictureBlock): readonly Element[] => [
  element('p', {}, element('b', {}, printable(title))),
  ...reasons.map((reason) => element('p', {}, printable(reason))),
  ...gauges.map(({ resource, text }) => element('p', {}, printable(`${resource} ${text}`))),
  ...(holds.length === 0
    ? []
    : [
        elementOf(
          'ul',
          {},
          holds.map((hold) => element('li', {}, drawing.boxText(hold))),
        ),
      ]),
]
