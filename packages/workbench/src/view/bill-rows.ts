/** Bills as rows of the table of worlds, and what has no price. */
import { hoursPerMonth, type Amount, type Bill, type Bills } from '../compare/bill.js'
import { worldIds, type WorldId } from '../vocabulary/vocabulary.js'
import { printable } from './table.js'

type Row = readonly [title: string, ...cells: string[]]

export const billRows = (bills: Bills): readonly Row[] => {
  const row = (title: string, of: (bill: Bill) => Amount, hours: number, digits: number): Row => [
    `${bills.currency} ${title}`,
    ...worldIds.map((id) => amountText(of(bills[id]), hours, digits)),
  ]
  const isLeftEmpty = worldIds.some(
    (id) => bills[id].allInstances.priced > bills[id].instances.priced,
  )
  return [
    row('per hour', ({ total }) => total, 1, 4),
    row('per month', ({ total }) => total, hoursPerMonth, 2),
    ...(isLeftEmpty
      ? [row('per hour, machines all told', ({ allInstances }) => allInstances, 1, 4)]
      : []),
  ]
}

const amountText = ({ priced, missing }: Amount, hours: number, digits: number): string =>
  missing.length > 0 ? 'not known' : (priced * hours).toFixed(digits)

/** What has no price, and in which worlds it is needed. */
export const missingLine = (bills: Bills): readonly string[] => {
  const worlds = new Map<string, WorldId[]>()
  for (const id of worldIds)
    for (const what of bills[id].total.missing) worlds.set(what, [...(worlds.get(what) ?? []), id])
  return worlds.size === 0
    ? []
    : [
        `No price is given for ${[...worlds.keys()].map(printable).join('; ')}: what needs it has no sum.`,
      ]
}
