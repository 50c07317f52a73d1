/**
 * Masks and columns, as `give` writes them: by mask the nodes that it holds, by column the numbers
 * of the nodes that have one. What is said of a node that left stays until something else is given,
 * as nobody has its id again.
 */
import type { NodeId } from '../rule/id.js'
import { copyTable, tableOf, type Table } from './table.js'

export interface AdapterInputs {
  readonly masks: Table
  readonly members: ReadonlySet<NodeId>[]
  readonly columns: Table
  readonly numbers: ReadonlyMap<NodeId, number>[]
}

export const emptyInputs = (): AdapterInputs => ({
  masks: tableOf([]),
  members: [],
  columns: tableOf([]),
  numbers: [],
})

export const copyInputs = (inputs: AdapterInputs): AdapterInputs => ({
  masks: copyTable(inputs.masks),
  members: inputs.members.slice(),
  columns: copyTable(inputs.columns),
  numbers: inputs.numbers.slice(),
})
