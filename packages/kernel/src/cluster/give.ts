/**
 * What an adapter computes itself, for rules to read: masks are sets of nodes, columns a number for
 * each node. What was given stays until something else is given, and of a node that leaves nothing
 * is said any more.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkNodeIds, checkNumbers } from '../check/check.js'
import type { Fault } from '../rule/fault.js'
import type { ColumnId, MaskId, NodeId } from '../rule/id.js'
import { stateOf } from './cluster.js'
import { writable, type Draft } from './draft.js'
import { symbolsOf } from './state.js'
import { hasNode } from './roster.js'

/** The mask holds these nodes from now on, and no others. */
export const giveMask = (
  draft: Draft,
  to: MaskId,
  nodes: readonly NodeId[],
): E.Either<Fault, MaskId> => {
  const { roster, inputs } = stateOf(draft)
  if (inputs.members[to] === undefined) return E.left({ _tag: 'UnknownMask', mask: to })
  const malformed = checkNodeIds(nodes, symbolsOf(stateOf(draft)))
  if (malformed !== undefined) return E.left({ _tag: 'BadNodes', mask: to, ...malformed })
  const unknownNode = nodes.find((node) => !hasNode(roster, node))
  if (unknownNode !== undefined) return E.left({ _tag: 'UnknownNode', node: unknownNode })
  writable(draft, 'inputs').members[to] = new Set(nodes)
  return E.right(to)
}

/**
 * The column has these numbers from now on, and 0 for every other node; of a node that is named
 * twice, the last counts.
 */
export const giveColumn = (
  draft: Draft,
  to: ColumnId,
  numbers: readonly (readonly [node: NodeId, number: number])[],
): E.Either<Fault, ColumnId> => {
  const { roster, inputs } = stateOf(draft)
  if (inputs.numbers[to] === undefined) return E.left({ _tag: 'UnknownColumn', column: to })
  const malformed = checkNumbers(numbers, symbolsOf(stateOf(draft)))
  if (malformed !== undefined) return E.left({ _tag: 'BadNumber', column: to, ...malformed })
  const unknownNode = numbers.find(([node]) => !hasNode(roster, node))
  if (unknownNode !== undefined) return E.left({ _tag: 'UnknownNode', node: unknownNode[0] })
  writable(draft, 'inputs').numbers[to] = new Map(numbers.map(([node, n]) => [node, n + 0]))
  return E.right(to)
}
