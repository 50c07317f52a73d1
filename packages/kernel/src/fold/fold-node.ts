/**
 * Applies node events to the draft (the mutable cluster inside `batch`):
 * 1. `NodeJoined` adds a node. If a pool (a source of nodes) asked the caller to buy the node, that
 *    request is now fulfilled.
 * 2. `NodeChanged` replaces the description of a node.
 * 3. `NodeLeft` removes a node with all its replicas. If a pool asked the caller to release the
 *    node, that request is now fulfilled.
 *
 * Nothing changes when an event repeats the description that a node has.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { redescribe } from '../change/redescribe.js'
import type { Draft } from '../cluster/draft.js'
import { findNode, nodeSpec } from '../cluster/find.js'
import { replicasOn } from '../cluster/read.js'
import { join } from '../cluster/write.js'
import type { NodeId } from '../rule/id.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { EventOf } from '../time/event.js'
import type { StepFaultTag, FoldFault } from '../time/fault.js'
import { dropReplica } from './fold-replica.js'
import type { FoldSetting } from '../time/setting.js'
import { addToPool, dropNode, dropLeaving } from './pool-move.js'
import { bookOf, noteNode, settleOrder, type Work } from '../time/work.js'

/** A node joined: a repeated fact about the same node is nothing. */
export const foldJoined = (
  work: Work,
  draft: Draft,
  folding: FoldSetting,
  event: EventOf<'NodeJoined'>,
): FoldFault | undefined => {
  if (event.pool !== undefined && bookOf(work, event.pool) === undefined)
    return {
      ...{ _tag: 'UnknownPool', at: ['pool'], found: renderValue(event.pool) },
      expected: expectedPool(work),
    }
  const spec = specOfEvent(draft, folding, event)
  if (E.isLeft(spec)) return spec.left
  const there = findNode(draft, event.name)
  if (O.isSome(there))
    return isSameNode(draft, there.value, spec.right)
      ? undefined
      : wrongName('DuplicateNode', event.name, 'a new name: a different node of this name is there')
  const joined = join(draft, spec.right)
  if (E.isLeft(joined)) return wrongNode(joined.left)
  joinPool(work, event)
  noteNode(work, { node: joined.right, name: event.name, change: 'joined' })
  return undefined
}

const expectedPool = ({ before }: Work): string =>
  before.books.size === 0
    ? 'no pool, as there is none'
    : `one of ${[...before.books.keys()].join(', ')}`

/** Counts the node to the pool that bought it, or else to the one of the event. */
const joinPool = (work: Work, { name, pool }: EventOf<'NodeJoined'>): void => {
  for (const each of work.before.books.keys()) {
    const coming = bookOf(work, each)!.coming.find(({ node }) => node === name)
    if (coming === undefined) continue
    settleOrder(work, coming.order)
    addToPool(work, name, each)
    return
  }
  if (pool !== undefined) addToPool(work, name, pool)
}

const specOfEvent = (
  draft: Draft,
  { lowerNode }: FoldSetting,
  { node, name }: Pick<EventOf<'NodeChanged'>, 'node' | 'name'>,
): E.Either<FoldFault, NodeSpec> => {
  const spec = lowerNode(draft, node, name)
  return E.isRight(spec)
    ? spec
    : E.left({ ...spec.left, _tag: 'BadEvent', at: ['node', ...spec.left.at] })
}

/** A node that joins must be a node; `join` and `redescribe` know what one is. */
const wrongNode = (fault: { readonly _tag: string } & Partial<MalformedValue>): FoldFault => ({
  _tag: 'BadEvent',
  at: ['node', ...(fault.at ?? [])],
  found: fault.found ?? fault._tag,
  expected: fault.expected ?? 'a node that can join',
})

const isSameNode = (draft: Draft, node: NodeId, spec: NodeSpec): boolean =>
  JSON.stringify(O.toUndefined(nodeSpec(draft, node))) === JSON.stringify(spec)

const wrongName = (_tag: StepFaultTag, name: string, expected: string): FoldFault => ({
  ...{ _tag, at: ['name'], found: renderValue(name) },
  expected,
})

/** A node has another description. */
export const foldChanged = (
  work: Work,
  draft: Draft,
  folding: FoldSetting,
  event: EventOf<'NodeChanged'>,
): FoldFault | undefined => {
  const node = findNode(draft, event.name)
  if (O.isNone(node)) return wrongName('UnknownNode', event.name, expectedNode)
  const spec = specOfEvent(draft, folding, event)
  if (E.isLeft(spec)) return spec.left
  if (isSameNode(draft, node.value, spec.right)) return undefined
  const changed = redescribe(draft, node.value, spec.right)
  if (E.isLeft(changed)) return wrongNode(changed.left)
  noteNode(work, { node: node.value, name: event.name, change: 'changed' })
  return undefined
}

const expectedNode = 'the name of a node that is there'

/** A node is gone, and with it all its replicas. */
export const foldLeft = (
  work: Work,
  draft: Draft,
  { name }: EventOf<'NodeLeft'>,
): FoldFault | undefined => {
  const node = findNode(draft, name)
  if (O.isNone(node))
    return settleRelease(work, name) ? undefined : wrongName('UnknownNode', name, expectedNode)
  for (const { id } of replicasOn(draft, node.value))
    dropReplica(work, draft, id, `node ${name} left`)
  // A node that was vended is gone with its replica.
  if (O.isSome(findNode(draft, name))) dropNode(work, draft, node.value, name)
  return undefined
}

/** Whether a pool was releasing the node; now it is gone. */
const settleRelease = (work: Work, name: string): boolean => {
  for (const [pool, book] of work.before.books) {
    const gone = (work.books.get(pool) ?? book).leaving.find(({ spec }) => spec.name === name)
    if (gone !== undefined) {
      settleOrder(work, gone.order)
      dropLeaving(work, pool, gone.order)
      return true
    }
  }
  return false
}
