/**
 * Converts the answer to `provision`, which machines to launch, to sections (lines and tables
 * without layout) and to JSON.
 */
import { hoursPerMonth } from '../bill/bill.js'
import { lines, tableOf, type Block, type Column, type Section } from '../block/block.js'
import { gaugeCell, holdText } from '../block/amount.js'
import { printable } from '../block/printable.js'
import { rejectionText } from '../platform/explanation.js'
import { priceUnits, type Provision, type Provisions } from '../question/provision.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { originText, toMillionths } from './bill-rows.js'
import { rowsMax, type PlanView } from './plan-view.js'

type SupplyOffer = Provision['supply']['offers'][number]

/** A section per platform; of several minds side by side, and in a wide view one of each, too. */
export const provisionSections = (answer: Provisions, view: PlanView = {}): readonly Section[] => {
  const minds = new Set(answer.provisions.map(({ supply }) => supply.mind))
  const noted = minds.size < 2 ? answer : { ...answer, notes: [], unpriced: [] }
  const each = answer.provisions.map((one) => provisionSection(one, noted, view))
  if (minds.size < 2) return each
  const platforms = [...new Set(answer.provisions.map(({ platform }) => platform))]
  return [
    ...platforms.map((platform) =>
      mindsSection(
        answer.provisions.filter((one) => one.platform === platform),
        answer,
      ),
    ),
    ...(view.isWide === true ? each : []),
  ]
}

/** What each mind would open, in a row. */
const mindsSection = (rows: readonly Provision[], answer: Provisions): Section => {
  const { platform } = rows[0]!
  return [
    lines(`${platform.title}: ${platform.machine[1]} to open, as each would have it`),
    tableOf<Provision>(
      [
        { title: 'as', cell: ({ supply }) => supply.mind },
        { title: platform.machine[1], cell: ({ supply }) => String(supply.nodes.length) },
        {
          title: `${answer.prices.currency} per hour${originText(answer)}`,
          cell: ({ supply }) => priceText(supply.price),
        },
        {
          title: 'without a place',
          cell: ({ supply }) => {
            const count = unplacedCount(supply)
            return count === 0 ? '0' : { text: String(count), tone: 'bad' }
          },
        },
        { title: 'at least', cell: ({ supply }) => priceText(supply.bound.value) },
        {
          title: 'above that at most',
          cell: ({ supply }) => `${(gapOf(supply.price, supply.bound.value) * 100).toFixed(1)} %`,
        },
      ],
      rows,
    ),
    ...noteBlocks(answer),
  ]
}

const unplacedCount = ({ unplaced, held }: Provision['supply']): number =>
  [...unplaced, ...held].reduce((sum, { count }) => sum + count, 0)

const noteBlocks = ({ notes, unpriced }: Provisions): readonly Block[] => [
  ...(notes.length === 0 ? [] : [lines(...notes.map((note) => `Note: ${printable(note)}`))]),
  ...(unpriced.length === 0
    ? []
    : [lines(`Not offered, as they have no price: ${unpriced.map(printable).join(', ')}`)]),
]

const mindTexts = {
  best: '',
  karpenter: ', as Karpenter has it',
  'cluster-autoscaler': ', as the Cluster Autoscaler has it',
} as const

const provisionSection = (
  provision: Provision,
  answer: Provisions,
  { allNodes = false }: PlanView,
): Section => {
  const { platform, supply } = provision
  const rows = kindsOf(provision)
  const isOwned = rows.some(({ owner }) => owner !== '')
  const hasSpot = rows.some(({ capacityType }) => capacityType === 'spot')
  const hasOptions = rows.some(({ options }) => options > 0)
  const shownRows = allNodes ? rows : rows.slice(0, rowsMax)
  const head =
    supply.nodes.length > 0
      ? `${countText(supply.nodes.length, platform.machine)} to open`
      : supply.unplaced.length > 0
        ? 'no machine that is offered helps'
        : supply.held.length > 0
          ? 'nothing to open'
          : `every ${platform.replica[0]} has a place: nothing to open`
  return [
    lines(`${platform.title}${mindTexts[supply.mind]}: ${head}`, ...architectureLines(provision)),
    ...(rows.length === 0
      ? []
      : [
          tableOf<NodeKind>(
            [
              { title: 'count', cell: ({ count }) => String(count) },
              ...(isOwned ? [{ title: 'of', cell: ({ owner }: NodeKind) => owner }] : []),
              { title: 'type', cell: ({ type }) => printable(type) },
              ...(hasOptions
                ? [{ title: 'or', cell: ({ options }: NodeKind) => optionsText(options) }]
                : []),
              { title: 'zone', cell: ({ zone }) => printable(zone) },
              ...(hasSpot
                ? [{ title: 'capacity', cell: ({ capacityType }: NodeKind) => capacityType }]
                : []),
              {
                title: `${answer.prices.currency} per hour${originText(answer)}`,
                cell: ({ price, count }) => priceText(price * count),
              },
              ...gaugeColumns(rows),
              { title: 'holds', cell: ({ holds }) => holds },
            ],
            shownRows,
          ),
        ]),
    ...(rows.length === shownRows.length
      ? []
      : [lines(`${rows.length - shownRows.length} more rows: --all-nodes shows each`)]),
    ...priceBlocks(provision, answer),
    ...(supply.mind === 'best' ? unplacedBlocks(provision) : refusalBlocks(provision)),
    ...heldBlocks(provision),
    ...noteBlocks(answer),
  ]
}

/** How many other types the mind would launch as well, as the price is the same or little more. */
const optionsText = (options: number): string =>
  options < 2 ? '' : `${options - 1} other${options === 2 ? '' : 's'}`

const podsShownMax = 5

const podNamesText = (pods: readonly string[]): string =>
  [
    ...pods.slice(0, podsShownMax).map(printable),
    ...(pods.length > podsShownMax ? [`${pods.length - podsShownMax} more`] : []),
  ].join(', ')

/** Pods on nodes that are there, pods without a place, and pods that the scheduler would refuse. */
const refusalBlocks = ({ supply }: Provision): readonly Block[] => [
  ...(supply.existing.length === 0
    ? []
    : [
        lines(
          ...supply.existing.map(
            ({ node, pods }) => `${printable(node)}, which is there, gets ${podNamesText(pods)}`,
          ),
        ),
      ]),
  ...supply.refusals.map(
    ({ text, pods }): Block => ({
      ...{ _tag: 'Lines', tone: 'bad' },
      lines: [`${podNamesText(pods)}: ${printable(text)}`],
    }),
  ),
  ...supply.misplaced.map(
    ({ node, text, pods }): Block => ({
      ...{ _tag: 'Lines', tone: 'bad' },
      lines: [
        `${podNamesText(pods)}: counted for ${printable(node)}, but the scheduler refuses: ${printable(text)}`,
      ],
    }),
  ),
]

/** Pods that no machine helps. */
const heldBlocks = ({ supply, platform }: Provision): readonly Block[] =>
  supply.held.map(({ name, count, why }) => ({
    ...{ _tag: 'Lines', tone: 'bad' },
    lines: [
      `${printable(name)}: no scheduler looks at ${countText(count, platform.replica)}: ${printable(rejectionText(why))}`,
    ],
  }))

/** Only the documents can say for what an image was built, and few do. */
const architectureLines = ({ supply }: Provision): readonly string[] => {
  const architectures = [...new Set(supply.offers.map(({ type }) => type.architecture))].sort()
  return supply.nodes.length === 0 || architectures.length < 2
    ? []
    : [
        `Assumed: images run on ${architectures.join(' and on ')}, unless a node selector or an affinity says otherwise; --types leaves machines out`,
      ]
}

/** What each node has and uses, a column for each resource. */
const gaugeColumns = (rows: readonly NodeKind[]): readonly Column<NodeKind>[] => {
  const resources = new Set(rows.flatMap(({ gauges }) => gauges.map(({ resource }) => resource)))
  return [...resources].map((resource) => ({
    title: resource,
    cell: ({ gauges }) => {
      const gauge = gauges.find((one) => one.resource === resource)
      return gauge === undefined ? '' : gaugeCell(gauge)
    },
  }))
}

interface NodeKind {
  readonly count: number
  /** The NodePool or node group; empty for a node of neither. */
  readonly owner: string
  readonly type: string
  /** How many types the mind may launch. */
  readonly options: number
  readonly zone: string
  readonly capacityType: string
  readonly price: number
  readonly gauges: Provision['supply']['nodes'][number]['gauges']
  readonly holds: string
}

/** Nodes of one offer that hold the same, in one row. */
const kindsOf = ({ supply }: Provision): readonly NodeKind[] => {
  const rows = new Map<string, NodeKind>()
  for (const [i, { offer, gauges, holds }] of supply.nodes.entries()) {
    const { type, zone, price, capacityType, owner } = supply.offers[offer]!
    const of = {
      ...{ type: type.name, zone, price, capacityType, options: supply.options[i]!.length },
      owner: owner === undefined ? '' : `${owner.kind} ${printable(owner.name)}`,
      gauges,
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

const unplacedBlocks = ({ supply, platform }: Provision): readonly Block[] => {
  const { offers } = supply
  return supply.unplaced.map(({ name, count, reasons, nearest }) => ({
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
}

/** `{ version, provisions }`: prices are per hour. */
export const provisionsJson = ({ provisions, notes, prices, unpriced }: Provisions): object => ({
  version: answerVersion,
  provisions: provisions.map(({ platform, supply }) => ({
    vocabulary: platform.id,
    as: supply.mind,
    nodes: supply.nodes.map(({ offer, ...node }, i) => ({
      ...node,
      ...offerJson(supply.offers[offer]!),
      perHour: supply.offers[offer]!.price / priceUnits,
      ...(supply.options[i]!.length === 0 ? {} : { options: supply.options[i] }),
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
              type: supply.offers[nearest.offer]!.type.name,
              zone: supply.offers[nearest.offer]!.zone,
              reasons: nearest.reasons,
            },
          }),
    })),
    held: supply.held.map(heldRow),
    ...(supply.mind === 'best'
      ? {}
      : { existing: supply.existing, refusals: supply.refusals, misplaced: supply.misplaced }),
  })),
  notes,
  prices,
  unpriced,
})

const heldRow = ({ name, count, why }: Provision['supply']['held'][number]): object => ({
  ...{ name, count, reason: rejectionText(why) },
})

const offerJson = ({ type, zone, capacityType, owner }: SupplyOffer): object => ({
  ...{ type: type.name, zone, capacityType },
  ...(owner === undefined
    ? {}
    : owner.kind === 'NodePool'
      ? { nodePool: owner.name }
      : { group: owner.name }),
})
