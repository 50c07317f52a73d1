/**
 * Converts the answer to `provision`, which machines to launch, to sections (lines and tables
 * without layout) and to JSON.
 */
import { hoursPerMonth } from '../bill/bill.js'
import { lines, tableOf, type Block, type Section } from '../block/block.js'
import { gaugeText, holdText } from '../block/amount.js'
import { printable } from '../block/printable.js'
import { priceUnits, type Provision, type Provisions } from '../question/provision.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { originText, toMillionths } from './bill-rows.js'
import { rowsMax, type PlanView } from './plan-view.js'

/** A section per platform. */
export const provisionSections = (answer: Provisions, view: PlanView = {}): readonly Section[] =>
  answer.provisions.map((one) => provisionSection(one, answer, view))

const provisionSection = (
  provision: Provision,
  answer: Provisions,
  { allNodes = false }: PlanView,
): Section => {
  const { platform, supply } = provision
  const rows = kindsOf(provision)
  const shownRows = allNodes ? rows : rows.slice(0, rowsMax)
  const head =
    supply.nodes.length > 0
      ? `${countText(supply.nodes.length, platform.machine)} to open`
      : supply.unplaced.length > 0
        ? 'no machine that is offered helps'
        : `every ${platform.replica[0]} has a place: nothing to open`
  return [
    lines(`${platform.title}: ${head}`, ...architectureLines(provision)),
    ...(rows.length === 0
      ? []
      : [
          tableOf(
            [
              { title: 'count', cell: ({ count }) => String(count) },
              { title: 'type', cell: ({ type }) => printable(type) },
              { title: 'zone', cell: ({ zone }) => printable(zone) },
              {
                title: `${answer.prices.currency} per hour${originText(answer)}`,
                cell: ({ price, count }) => priceText(price * count),
              },
              { title: 'use of each', cell: ({ gauges }) => gauges },
              { title: 'holds', cell: ({ holds }) => holds },
            ],
            shownRows,
          ),
        ]),
    ...(rows.length === shownRows.length
      ? []
      : [lines(`${rows.length - shownRows.length} more rows: --all-nodes shows each`)]),
    ...priceBlocks(provision, answer),
    ...unplacedBlocks(provision),
    ...(answer.unpriced.length === 0
      ? []
      : [
          lines(`Not offered, as they have no price: ${answer.unpriced.map(printable).join(', ')}`),
        ]),
  ]
}

/** Only the documents can say for what an image was built, and few do. */
const architectureLines = ({ offers, supply }: Provision): readonly string[] => {
  const architectures = [...new Set(offers.map(({ type }) => type.architecture))].sort()
  return supply.nodes.length === 0 || architectures.length < 2
    ? []
    : [
        `Assumed: images run on ${architectures.join(' and on ')}, unless a node selector or an affinity says otherwise; --types leaves machines out`,
      ]
}

interface NodeKind {
  readonly count: number
  readonly type: string
  readonly zone: string
  readonly price: number
  readonly gauges: string
  readonly holds: string
}

/** Nodes of one offer that hold the same, in one row. */
const kindsOf = ({ offers, supply }: Provision): readonly NodeKind[] => {
  const rows = new Map<string, NodeKind>()
  for (const { offer, gauges, holds } of supply.nodes) {
    const { type, zone, price } = offers[offer]!
    const of = {
      ...{ type: type.name, zone, price },
      gauges: gauges.map((one) => `${one.resource} ${gaugeText(one)}`).join('\n'),
      holds: holds.map((one) => printable(holdText(one))).join('\n'),
    }
    const key = JSON.stringify(of)
    rows.set(key, { ...of, count: (rows.get(key)?.count ?? 0) + 1 })
  }
  return [...rows.values()]
}

/** A price per hour. */
export const priceText = (price: number): string => (price / priceUnits).toFixed(4)

const boundTexts = {
  resources: 'by what the machines have at these prices',
  counts: 'by how many fit on one machine',
  patterns: 'by all that a machine can hold, a linear program',
} as const

const priceBlocks = ({ supply: { nodes, price, bound } }: Provision, answer: Provisions) => {
  if (nodes.length === 0) return []
  const { currency } = answer.prices
  const month = ((price / priceUnits) * hoursPerMonth).toFixed(2)
  const gap = gapOf(price, bound.value)
  return [
    lines(
      `Cost: ${priceText(price)} ${currency} per hour, ${month} per month.`,
      `No choice of these machines costs less than ${priceText(bound.value)} per hour (${boundTexts[bound.by]}): this one is ${gap === 0 ? 'the best' : `at most ${(gap * 100).toFixed(1)} % above the best`}.`,
    ),
  ]
}

/** How far the price is above the bound at most, as a part of the bound. */
const gapOf = (price: number, bound: number): number =>
  price <= bound ? 0 : bound === 0 ? 1 : (price - bound) / bound

const unplacedBlocks = ({ offers, supply, platform }: Provision): readonly Block[] =>
  supply.unplaced.map(({ name, count, reasons, nearest }) => ({
    _tag: 'Lines',
    tone: 'bad',
    lines: [
      `${printable(name)}: ${countText(count, platform.replica)} would find no place on ${offers.length === 1 ? 'the offer' : `any of ${offers.length} offers`}: ${
        reasons.length === 0
          ? 'no more machines can be had'
          : reasons
              .map(({ reason, offers: refusing }) => `${refusing} ${printable(reason)}`)
              .join(', ')
      }`,
      ...(nearest === undefined || nearest.reasons.length === 0
        ? []
        : [
            `  nearest is ${printable(offers[nearest.offer]!.type.name)} in ${printable(offers[nearest.offer]!.zone)}: ${nearest.reasons.map(printable).join(', ')}`,
          ]),
    ],
  }))

/** `{ version, provisions }`: prices are per hour. */
export const provisionsJson = ({ provisions, prices, unpriced }: Provisions): object => ({
  version: answerVersion,
  provisions: provisions.map(({ platform, offers, supply }) => ({
    vocabulary: platform.id,
    nodes: supply.nodes.map(({ offer, ...node }) => ({
      ...node,
      type: offers[offer]!.type.name,
      zone: offers[offer]!.zone,
      perHour: offers[offer]!.price / priceUnits,
    })),
    perHour: supply.price / priceUnits,
    perMonth: toMillionths((supply.price / priceUnits) * hoursPerMonth),
    bound: { perHour: supply.bound.value / priceUnits, by: supply.bound.by },
    gap: toMillionths(gapOf(supply.price, supply.bound.value)),
    unplaced: supply.unplaced.map(({ nearest, ...row }) => ({
      ...row,
      ...(nearest === undefined
        ? {}
        : {
            nearest: {
              type: offers[nearest.offer]!.type.name,
              zone: offers[nearest.offer]!.zone,
              reasons: nearest.reasons,
            },
          }),
    })),
  })),
  prices,
  unpriced,
})
