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
import { knownIn } from './parts.js'
import { hasNode } from './roster.js'

/** The mask holds these nodes from now on, and no others. */
export const giveMask = (
  draft: Draft,
  to: MaskId,
  nodes: readonly NodeId[],
): E.Either<Fault, MaskId> => {
  const { roster, given } = stateOf(draft)
  if (given.members[to] === undefined) return E.left({ _tag: 'UnknownMask', mask: to })
  const wrong = checkNodeIds(nodes, knownIn(stateOf(draft)))
  if (wrong !== undefined) return E.left({ _tag: 'BadNodes', mask: to, ...wrong })
  const unknown = nodes.find((node) => !hasNode(roster, node))
  if (unknown !== undefined) return E.left({ _tag: 'UnknownNode', node: unknown })
  writable(draft, 'given').members[to] = new Set(nodes)
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
  const { roster, given } = stateOf(draft)
  if (given.numbers[to] === undefined) return E.left({ _tag: 'UnknownColumn', column: to })
  const wrong = checkNumbers(numbers, knownIn(stateOf(draft)))
  if (wrong !== undefined) return E.left({ _tag: 'BadNumber', column: to, ...wrong })
  const unknown = numbers.find(([node]) => !hasNode(roster, node))
  if (unknown !== undefined) return E.left({ _tag: 'UnknownNode', node: unknown[0] })
  writable(draft, 'given').numbers[to] = new Map(numbers.map(([node, n]) => [node, n + 0]))
  return E.right(to)
}
