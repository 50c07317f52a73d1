/**
 * Writes the costs of plans as table rows: the three plans of `compare` side by side, or one plan
 * part by part. Also converts costs to JSON, and lists the items without a price.
 */
import { hoursPerMonth, type Bill, type Cost } from '../bill/bill.js'
import { worldIds, type WorldId } from '../platform/worlds.js'
import type { Platform } from '../platform/platform.js'
import { lines, tableOf, type Block, type Lines } from '../block/block.js'
import { printable } from '../block/printable.js'
import { worldRow, type WorldRow } from '../compare/world-row.js'

/** Per hour and per month; a third row when some machines are not in use. */
export const billRows = (bills: Readonly<Record<WorldId, Bill>>): readonly WorldRow[] => {
  const { currency } = bills.mixed.prices
  const row = (title: string, of: (bill: Bill) => Cost, hours: number, digits: number): WorldRow =>
    worldRow(`${currency} ${title}`, (id) => costText(of(bills[id]), hours, digits))
  return [
    row('per hour', ({ total }) => total, 1, 4),
    row('per month', ({ total }) => total, hoursPerMonth, 2),
    ...(worldIds.some((id) => hasIdle(bills[id]))
      ? [row('per hour, machines all told', ({ allInstances }) => allInstances, 1, 4)]
      : []),
  ]
}

/** Whether some machines are not in use, as far as the prices tell. */
const hasIdle = ({ allInstances, instances }: Bill): boolean =>
  allInstances.priced > instances.priced || allInstances.missing.length > instances.missing.length

const costText = ({ priced, missing }: Cost, hours: number, digits: number): string =>
  missing.length > 0 ? 'not known' : (priced * hours).toFixed(digits)

/** A part of a bill, and its title. */
export interface BillPart {
  readonly title: string
  readonly cost: (bill: Bill) => Cost
}

/**
 * The parts of bills that have a row: machines in use, Fargate and their sum, and what all machines
 * cost where some are not in use. A part that costs nothing has none.
 */
export const billParts = (
  bills: readonly Bill[],
  { machine }: Pick<Platform, 'machine'>,
): readonly BillPart[] => {
  const costs = ({ priced, missing }: Cost): boolean => priced > 0 || missing.length > 0
  const [onMachines, onFargate] = [
    bills.some(({ instances }) => costs(instances)),
    bills.some(({ fargate }) => costs(fargate)),
  ]
  return [
    ...(onMachines
      ? [{ title: `${machine[1]} in use`, cost: ({ instances }: Bill) => instances }]
      : []),
    ...(onFargate ? [{ title: 'Fargate', cost: ({ fargate }: Bill) => fargate }] : []),
    ...(onMachines === onFargate ? [{ title: 'all of it', cost: ({ total }: Bill) => total }] : []),
    ...(bills.some(hasIdle)
      ? [{ title: `all ${machine[1]}`, cost: ({ allInstances }: Bill) => allInstances }]
      : []),
  ]
}

/** A row per part with its cost per hour and per month, and what has no price. */
export const billBlocks = (bill: Bill, platform: Pick<Platform, 'machine'>): readonly Block[] => [
  tableOf<BillPart>(
    [
      { title: `${bill.prices.currency}${originText(bill)}`, cell: ({ title }) => title },
      { title: 'per hour', cell: ({ cost }) => costText(cost(bill), 1, 4) },
      { title: 'per month', cell: ({ cost }) => costText(cost(bill), hoursPerMonth, 2) },
    ],
    billParts([bill], platform),
  ),
  ...missingPriceLines([bill]),
]

/** Where and when the prices hold: ` us-east-1 2026-01-31`. */
export const originText = ({ prices: { region, date } }: Pick<Bill, 'prices'>): string =>
  [region, date].map((text) => (text === undefined ? '' : ` ${printable(text)}`)).join('')

/** A block that names every item without a price; none when all have one. */
export const missingPriceLines = (bills: readonly Bill[]): readonly Lines[] => {
  const missing = new Set(bills.flatMap(({ total }) => total.missing))
  const names = [...missing].map(printable).join('; ')
  return missing.size === 0
    ? []
    : [lines(`No price is given for ${names}: what needs it has no sum.`)]
}

/** Costs before and after and their difference, for so many hours; not known without a price. */
export const costChange = (
  before: Cost,
  after: Cost,
  hours: number,
  digits: number,
): readonly [before: string, after: string, change: string] => {
  const change = (after.priced - before.priced) * hours
  const isKnown = before.missing.length + after.missing.length === 0
  const text = change.toFixed(digits)
  return [
    costText(before, hours, digits),
    costText(after, hours, digits),
    isKnown ? (Number(text) > 0 ? `+${text}` : text.replace(/^-(?=0\.?0*$)/, '')) : 'not known',
  ]
}

/** The total beside its parts; `region` and `date` are those of the price list, if it has any. */
export const billJson = ({ prices, total, instances, allInstances, fargate }: Bill): object => ({
  currency: prices.currency,
  ...(prices.region === undefined ? {} : { region: prices.region }),
  ...(prices.date === undefined ? {} : { date: prices.date }),
  ...costJson(total),
  ...{ instances: costJson(instances), allInstances: costJson(allInstances) },
  fargate: costJson(fargate),
})

/** No sum when an item has no price. */
const costJson = ({ priced, missing }: Cost): object =>
  missing.length > 0
    ? { missing }
    : { perHour: toMillionths(priced), perMonth: toMillionths(priced * hoursPerMonth) }

/** Rounded: further digits are errors of floating-point arithmetic. */
export const toMillionths = (amount: number): number => Math.round(amount * 1e6) / 1e6
