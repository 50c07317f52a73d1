/**
 * What masks hold and columns say, by row and rows rising; names are tables of their own. A
 * column's 0 is left out, as every node without a number has that.
 */
import { checkNumber } from '../check/check.js'
import { knownIn, type State } from '../cluster/parts.js'
import { nodeIdOf, rowsOf } from '../cluster/read.js'
import type { NodeId } from '../rule/id.js'
import { shown } from '../rule/malformed.js'
import { putNumber, putUnsigned, type Sink } from './sink.js'
import { getCount, getNumber, getUnsigned, isSound, refuse, type Source } from './source.js'

export const putGiven = (sink: Sink, parts: State): void => {
  const { members, numbers } = parts.given
  for (const nodes of members) putRising(sink, rowsOf(parts, [...nodes]), () => undefined)
  for (const byNode of numbers) {
    const said = [...byNode.keys()].filter((node) => byNode.get(node) !== 0)
    putRising(sink, rowsOf(parts, said), (row) =>
      putNumber(sink, byNode.get(nodeIdOf(parts, row))!),
    )
  }
}

/** Each row as what lies between it and the one before. */
const putRising = (sink: Sink, rows: readonly number[], put: (row: number) => void): void => {
  putUnsigned(sink, rows.length)
  let after = 0
  for (const row of [...rows].sort((a, b) => a - b)) {
    putUnsigned(sink, row - after)
    put(row)
    after = row + 1
  }
}

/** Fills the masks and columns, whose names are there, as are the nodes. */
export const getGiven = (source: Source, parts: State): void => {
  const { masks, members, columns, numbers } = parts.given
  for (const id of masks.texts.keys()) {
    source.place = ['masks', id]
    members[id] = new Set(getRising(source, parts, () => undefined).keys())
  }
  for (const id of columns.texts.keys()) {
    source.place = ['columns', id]
    numbers[id] = getRising(source, parts, (row) => getSaid(source, parts, row))
  }
}

const getRising = <Said>(
  source: Source,
  parts: State,
  get: (row: number) => Said,
): ReadonlyMap<NodeId, Said> => {
  const { roster } = parts
  const said = new Map<NodeId, Said>()
  const count = getCount(source)
  for (let after = 0; said.size < count && isSound(source); after++) {
    after += getUnsigned(source)
    if (roster.specs[after] === undefined)
      refuse(source, { at: [after], found: 'no node', expected: 'a row with a node' })
    said.set(nodeIdOf(parts, after), get(after))
  }
  return said
}

const getSaid = (source: Source, parts: State, row: number): number => {
  const number = getNumber(source)
  const wrong = checkNumber(number, [row], knownIn(parts))
  if (wrong !== undefined) refuse(source, wrong)
  if (number === 0) refuse(source, { at: [row], found: shown(0), expected: 'another number' })
  return number
}
