/**
 * Masks and columns, as `give` writes them: by mask the rows that it holds, by column the numbers of the rows that have one.
 */
import { copyTable, tableOf, type Table } from './table.js'

export interface Given {
  readonly masks: Table
  readonly members: ReadonlySet<number>[]
  readonly columns: Table
  readonly numbers: ReadonlyMap<number, number>[]
}

export const emptyGiven = (): Given => ({
  masks: tableOf([]),
  members: [],
  columns: tableOf([]),
  numbers: [],
})

export const copyGiven = (given: Given): Given => ({
  masks: copyTable(given.masks),
  members: given.members.slice(),
  columns: copyTable(given.columns),
  numbers: given.numbers.slice(),
})

/** Whether anything was given about a row. */
export const speaksOf = ({ members, numbers }: Given, row: number): boolean =>
  members.some((rows) => rows.has(row)) || numbers.some((byRow) => byRow.has(row))

/** A row whose node is gone: whoever takes it has nothing of what was given. */
export const forgetRow = (given: Given, row: number): void => {
  for (const [i, rows] of given.members.entries())
    if (rows.has(row)) given.members[i] = new Set([...rows].filter((other) => other !== row))
  for (const [i, byRow] of given.numbers.entries())
    if (byRow.has(row)) given.numbers[i] = new Map([...byRow].filter(([other]) => other !== row))
}
