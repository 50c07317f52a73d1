/**
 * Stores the nodes of each mask (a set of nodes) and the numbers of each column (a number per
 * node), which an adapter (the Kubernetes or ECS package) computes. An entry of a node that left
 * may stay: node ids are never reused, so the entry has no effect.
 */
import type { ColumnId, MaskId, NodeId } from '../rule/id.js'
import { copyTable, tableOf, type Table } from './table.js'

/** By mask its set of nodes, by column the numbers of its nodes, and the names of both. */
export interface AdapterInputs {
  readonly masks: Table
  readonly members: Map<MaskId, ReadonlySet<NodeId>>
  readonly columns: Table
  readonly numbers: Map<ColumnId, ReadonlyMap<NodeId, number>>
}

/** No masks and no columns. */
export const emptyInputs = (): AdapterInputs => ({
  masks: tableOf([]),
  members: new Map(),
  columns: tableOf([]),
  numbers: new Map(),
})

/**
 * A copy that can be written to. Sets and maps are replaced as a whole, never changed, and shared.
 */
export const copyInputs = (inputs: AdapterInputs): AdapterInputs => ({
  masks: copyTable(inputs.masks),
  members: new Map(inputs.members),
  columns: copyTable(inputs.columns),
  numbers: new Map(inputs.numbers),
})
