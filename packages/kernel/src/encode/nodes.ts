/**
 * Writes and reads the nodes of an encoded cluster: first which table rows are free or reused (see
 * `rows.ts`), then the description of each node. The reader computes everything else from the
 * descriptions, such as ranks (positions by name).
 */
import { checkNode } from '../check/check.js'
import type { Symbols } from '../check/shape.js'
import { columnCount } from '../cluster/column.js'
import { addNode, emptyRoster, type Roster } from '../cluster/roster.js'
import type { Vector } from '../rule/dimension.js'
import type { Attributes } from '../rule/expr.js'
import type { DimensionId, WordId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { getRows, putRows } from './rows.js'
import { putList, putNumber, putText, putUnsigned, type Sink } from './sink.js'
import { getList, getNumber, getText, getUnsigned, isSound, refuse, type Source } from './source.js'

/**
 * The limit on nodes times dimensions with columns, 2^25: a few forged bytes could otherwise claim
 * more memory than exists.
 */
const amountsMax = 33_554_432

/** Writes the rows and the descriptions. */
export const putNodes = (sink: Sink, roster: Roster): void => {
  putRows(sink, roster)
  for (const spec of roster.specs) if (spec !== undefined) putNode(sink, spec)
}

/** Reads the nodes, with so many dimensions; each is checked as in `join`. */
export const getNodes = (source: Source, symbols: Symbols, dimensions: number): Roster => {
  const roster = emptyRoster()
  const rows = getRows(source, 'nodes')
  refuseTooMany(source, rows.count * columnCount(dimensions))
  for (let row = 0; row < rows.count && isSound(source); row++) {
    roster.specs.push(undefined)
    roster.attributes.push(new Map())
    roster.marks.push([])
    roster.generations.push(rows.generations[row]!)
  }
  for (let row = 0; row < rows.count && isSound(source); row++)
    if (rows.seen[row] === 0) getNodeAt(source, symbols, roster, row)
  for (const row of rows.free) roster.free.push(row)
  return roster
}

const refuseTooMany = (source: Source, amounts: number): void => {
  if (amounts > amountsMax)
    refuse(source, { found: `${amounts} amounts`, expected: `at most ${amountsMax}` })
}

/** Reads a node; its row is made the next free one, so that the node gets it. */
const getNodeAt = (source: Source, symbols: Symbols, roster: Roster, row: number): void => {
  source.place = ['nodes', row]
  const spec = getNode(source)
  const malformed = checkNode(spec, symbols)
  if (!isSound(source)) return
  if (malformed !== undefined) refuse(source, malformed)
  else if (roster.rowOfName.has(spec.name))
    refuse(source, { at: ['name'], found: renderValue(spec.name), expected: 'each only once' })
  else {
    roster.free.push(row)
    addNode(roster, spec)
  }
}

const putNode = (sink: Sink, { name, capacity, attributes, marks }: NodeSpec): void => {
  putText(sink, name)
  putList(sink, capacity, ([dimension, amount]) => {
    putUnsigned(sink, dimension)
    putNumber(sink, amount)
  })
  putAttributes(sink, attributes)
  putList(sink, marks, (mark) => putAttributes(sink, mark))
}

const getNode = (source: Source): NodeSpec => ({
  name: getText(source),
  capacity: getCapacity(source),
  attributes: getAttributes(source),
  marks: getList(source, () => getAttributes(source)),
})

const getCapacity = (source: Source): Vector =>
  getList(source, () => [getUnsigned(source) as DimensionId, getNumber(source)] as const)

const putAttributes = (sink: Sink, attributes: Attributes): void =>
  putList(sink, attributes, ([key, value]) => {
    putUnsigned(sink, key)
    putUnsigned(sink, value)
  })

const getAttributes = (source: Source): Attributes =>
  getList(source, () => [getUnsigned(source) as WordId, getUnsigned(source) as WordId] as const)
