/**
 * Writes and reads the masks (sets of nodes) and columns (a number per node) of an encoded cluster.
 * A mask is written as a list of nodes, a column as a list of nodes with their numbers, without the
 * zeros. Both lists are sorted by node row.
 */
import { checkNumber } from '../check/check.js'
import { symbolsOf, type State } from '../cluster/state.js'
import { nodeIdOf, nodeRows } from '../cluster/read.js'
import type { ColumnId, MaskId, NodeId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import { putNumber, putUnsigned, type Sink } from './sink.js'
import { getCount, getNumber, getUnsigned, isSound, refuse, type Source } from './source.js'

/**
 * Writes the content of all masks and columns. The names of masks and columns are in sections of
 * their own.
 */
export const putInputs = (sink: Sink, state: State): void => {
  const { members, numbers } = state.inputs
  for (const nodes of members.values())
    putRising(sink, nodeRows(state, [...nodes]), () => undefined)
  for (const byNode of numbers.values()) {
    const nodes = [...byNode.keys()].filter((node) => byNode.get(node) !== 0)
    putRising(sink, nodeRows(state, nodes), (row) =>
      putNumber(sink, byNode.get(nodeIdOf(state, row))!),
    )
  }
}

/** Writes each row as its distance from the one before. */
const putRising = (sink: Sink, rows: readonly number[], put: (row: number) => void): void => {
  putUnsigned(sink, rows.length)
  let after = 0
  for (const row of [...rows].sort((a, b) => a - b)) {
    putUnsigned(sink, row - after)
    put(row)
    after = row + 1
  }
}

/** Fills the masks and columns; their names and all nodes must have been read. */
export const getInputs = (source: Source, state: State): void => {
  const { masks, members, columns, numbers } = state.inputs
  for (const id of masks.texts.keys()) {
    source.place = ['masks', id]
    const nodes = getRising(source, state, () => undefined)
    members.set(id as MaskId, new Set(nodes.keys()))
  }
  for (const id of columns.texts.keys()) {
    source.place = ['columns', id]
    const byNode = getRising(source, state, (row) => getColumnNumber(source, state, row))
    numbers.set(id as ColumnId, byNode)
  }
}

const getRising = <Value>(
  source: Source,
  state: State,
  get: (row: number) => Value,
): ReadonlyMap<NodeId, Value> => {
  const { roster } = state
  const nodes = new Map<NodeId, Value>()
  const count = getCount(source)
  for (let after = 0; nodes.size < count && isSound(source); after++) {
    after += getUnsigned(source)
    if (roster.specs[after] === undefined)
      refuse(source, { at: [after], found: 'no node', expected: 'a row with a node' })
    nodes.set(nodeIdOf(state, after), get(after))
  }
  return nodes
}

const getColumnNumber = (source: Source, state: State, row: number): number => {
  const number = getNumber(source)
  const malformed = checkNumber(number, [row], symbolsOf(state))
  if (malformed !== undefined) refuse(source, malformed)
  if (number === 0) refuse(source, { at: [row], found: renderValue(0), expected: 'another number' })
  return number
}
