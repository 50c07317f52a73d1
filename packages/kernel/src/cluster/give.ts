/**
 * What an adapter computes itself, for rules to read: masks are sets of nodes, columns a number for each node. Both go by a name;
 * what was given stays until something else is given, and a node that leaves takes its part along.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { checkNumber } from '../check/check.js'
import type { Fault } from '../rule/fault.js'
import type { Column, Mask, NodeId } from '../rule/id.js'
import { partsOf, type View } from './cluster.js'
import { writable, type Draft } from './draft.js'
import { rowOf } from './generation.js'
import { knownIn } from './parts.js'
import { hasNode } from './roster.js'
import { addText } from './table.js'

/** The mask of a name; a new one holds no node. */
export const mask = (draft: Draft, name: string): Mask => {
  const known = partsOf(draft).given.masks.ids.get(name)
  if (known !== undefined) return known as Mask
  const given = writable(draft, 'given')
  given.members.push(new Set())
  return addText(given.masks, name) as Mask
}

/** The column of a name; a new one has 0 for every node. */
export const column = (draft: Draft, name: string): Column => {
  const known = partsOf(draft).given.columns.ids.get(name)
  if (known !== undefined) return known as Column
  const given = writable(draft, 'given')
  given.numbers.push(new Map())
  return addText(given.columns, name) as Column
}

/** The mask holds these nodes from now on, and no others. */
export const giveMask = (
  draft: Draft,
  to: Mask,
  nodes: readonly NodeId[],
): E.Either<Fault, Mask> => {
  const { roster, given } = partsOf(draft)
  if (given.members[to] === undefined) return E.left({ _tag: 'UnknownMask', mask: to })
  const unknown = nodes.find((node) => !hasNode(roster, node))
  if (unknown !== undefined) return E.left({ _tag: 'UnknownNode', node: unknown })
  writable(draft, 'given').members[to] = new Set(nodes.map(rowOf))
  return E.right(to)
}

/** The column has these numbers from now on, and 0 for every other node; of a node that is named twice, the last counts. */
export const giveColumn = (
  draft: Draft,
  to: Column,
  numbers: readonly (readonly [node: NodeId, number: number])[],
): E.Either<Fault, Column> => {
  const { roster, given } = partsOf(draft)
  if (given.numbers[to] === undefined) return E.left({ _tag: 'UnknownColumn', column: to })
  for (const [i, [node, number]] of numbers.entries()) {
    if (!hasNode(roster, node)) return E.left({ _tag: 'UnknownNode', node })
    const wrong = checkNumber(number, [i, 1], knownIn(partsOf(draft)))
    if (wrong !== undefined) return E.left({ _tag: 'BadNumber', column: to, ...wrong })
  }
  writable(draft, 'given').numbers[to] = new Map(
    numbers.map(([node, number]) => [rowOf(node), number]),
  )
  return E.right(to)
}

export const maskName = (view: View, of: Mask): O.Option<string> =>
  O.fromNullable(partsOf(view).given.masks.texts[of])

export const columnName = (view: View, of: Column): O.Option<string> =>
  O.fromNullable(partsOf(view).given.columns.texts[of])
