/**
 * Sets which nodes are in a mask (a set of nodes), and which number a column (a number per node)
 * has for each node. An adapter (the Kubernetes or ECS package) computes both for rules that the
 * kernel cannot evaluate itself. The values stay until they are set again.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkNodeIds, checkNumbers } from '../check/check.js'
import type { Fault } from '../rule/fault.js'
import type { ColumnId, MaskId, NodeId } from '../rule/id.js'
import { draftState, writable, type Draft } from './draft.js'
import { symbolsOf } from './state.js'
import { hasNode } from './roster.js'

/** Replaces the set of nodes of a mask. A `Left` names an unknown mask or node. */
export const giveMask = (
  draft: Draft,
  to: MaskId,
  nodes: readonly NodeId[],
): E.Either<Fault, MaskId> => {
  const { roster, inputs } = draftState(draft)
  if (!inputs.members.has(to)) return E.left({ _tag: 'UnknownMask', mask: to })
  const malformed = checkNodeIds(nodes, symbolsOf(draftState(draft)))
  if (malformed !== undefined) return E.left({ _tag: 'BadNodes', mask: to, ...malformed })
  const unknownNode = nodes.find((node) => !hasNode(roster, node))
  if (unknownNode !== undefined) return E.left({ _tag: 'UnknownNode', node: unknownNode })
  writable(draft, 'inputs').members.set(to, new Set(nodes))
  return E.right(to)
}

/**
 * Replaces the numbers of a column; every other node gets 0. When a node occurs twice, its last
 * number counts. A `Left` names an unknown column or node, or a number that is out of range.
 */
export const giveColumn = (
  draft: Draft,
  to: ColumnId,
  numbers: readonly (readonly [node: NodeId, number: number])[],
): E.Either<Fault, ColumnId> => {
  const { roster, inputs } = draftState(draft)
  if (!inputs.numbers.has(to)) return E.left({ _tag: 'UnknownColumn', column: to })
  const malformed = checkNumbers(numbers, symbolsOf(draftState(draft)))
  if (malformed !== undefined) return E.left({ _tag: 'BadNumber', column: to, ...malformed })
  const unknownNode = numbers.find(([node]) => !hasNode(roster, node))
  if (unknownNode !== undefined) return E.left({ _tag: 'UnknownNode', node: unknownNode[0] })
  const byNode = new Map(numbers.map(([node, n]) => [node, n + 0]))
  writable(draft, 'inputs').numbers.set(to, byNode)
  return E.right(to)
}
