/**
 * Writes the costs of the three worlds (all on EC2, all on Fargate, mixed) as table rows, and the
 * list of items without a price.
 */
import { hoursPerMonth, type Bill, type Bills, type Cost } from '../compare/bill.js'
import { worldIds } from '../platform/worlds.js'
import { lines, type Lines } from './block.js'
import { printable } from './printable.js'
import { worldRow, type WorldRow } from './world-row.js'

/** Per hour and per month; a third row when some machines are not in use. */
export const billRows = (bills: Bills): readonly WorldRow[] => {
  const row = (title: string, of: (bill: Bill) => Cost, hours: number, digits: number): WorldRow =>
    worldRow(`${bills.currency} ${title}`, (id) => costText(of(bills[id]), hours, digits))
  const isIdle = worldIds.some((id) => bills[id].allInstances.priced > bills[id].instances.priced)
  return [
    row('per hour', ({ total }) => total, 1, 4),
    row('per month', ({ total }) => total, hoursPerMonth, 2),
    ...(isIdle
      ? [row('per hour, machines all told', ({ allInstances }) => allInstances, 1, 4)]
      : []),
  ]
}

const costText = ({ priced, missing }: Cost, hours: number, digits: number): string =>
  missing.length > 0 ? 'not known' : (priced * hours).toFixed(digits)

/** A block that names every item without a price; none when all have one. */
export const missingPriceLines = (bills: Bills): readonly Lines[] => {
  const missing = new Set(worldIds.flatMap((id) => bills[id].total.missing))
  const names = [...missing].map(printable).join('; ')
  return missing.size === 0
    ? []
    : [lines(`No price is given for ${names}: what needs it has no sum.`)]
}
