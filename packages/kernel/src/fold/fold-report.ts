/**
 * Applies `Reported` events: gives the data in each event, such as a changed manifest, to the
 * controller that the event names. The controller returns its new memory (its state), and may take
 * over replicas that already run.
 */
import * as E from 'fp-ts/lib/Either.js'
import { draftState, type Draft } from '../cluster/draft.js'
import { isGone } from '../cluster/read.js'
import { hasReplica } from '../cluster/replicas.js'
import type { ReplicaId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import type { AnyController } from '../time/controller.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { recordOf } from './fold-replica.js'
import type { FoldSetting } from '../time/setting.js'
import { countShare, noteReplica, ownerOf, settleOrder, type Work } from '../time/work.js'
import { replicaOfOrder } from '../time/order-table.js'
import { setOwnerAt, type ReplicaOwner } from '../time/bookings.js'
import { rowOf } from '../cluster/generation.js'

/** A report reaches the controller that it names. */
export const foldReport = (
  work: Work,
  draft: Draft,
  { controllers }: FoldSetting,
  { controller: name, about, report, order }: EventOf<'Reported'>,
): FoldFault | undefined => {
  const controller = controllers.find((one) => one.name === name)
  if (controller === undefined)
    return {
      ...{ _tag: 'UnknownController', at: ['controller'], found: renderValue(name) },
      expected: `one of ${controllers.map((one) => one.name).join(', ')}`,
    }
  if (controller.learn === undefined)
    return {
      ...{ _tag: 'BadReport', controller: name, at: ['report'], found: renderValue(report) },
      expected: `nothing: ${name} takes no reports`,
    }
  if (order !== undefined) {
    const wrong = wrongAnswer(work, name, order)
    if (wrong !== undefined) return wrong
    if (!work.orders.asks.has(order)) return undefined
    settleOrder(work, order)
  }
  const memory = memoryOf(work, controller)
  const nextMemory = controller.learn(draft, memory as never, {
    ...{ about, report, now: work.now },
    ...(order === undefined ? {} : { order }),
  })
  if (E.isLeft(nextMemory))
    return {
      ...{ ...nextMemory.left, at: ['report', ...nextMemory.left.at] },
      ...{ _tag: 'BadReport', controller: name },
    }
  const { memory: next, replicas = [] } = nextMemory.right
  work.memories.set(name, next)
  work.isTried = false
  for (const [i, { replica, owner }] of replicas.entries())
    if (!adoptReplica(work, draft, replica, { controller: name, name: owner }))
      return {
        ...{ _tag: 'BadIntent', controller: name, at: ['replicas', i, 'replica'] },
        ...{
          found: renderValue(replica),
          expected: 'a replica that it bound, of no other controller',
        },
      }
  return undefined
}

/** What is wrong with the order that a report answers; a settled one is late, and no fault. */
const wrongAnswer = (work: Work, controller: string, order: number): FoldFault | undefined => {
  const { next, asks, ofPools } = work.orders
  const isGiven = order >= 1 && order < next
  const isOther = ofPools.has(order) || replicaOfOrder(work.orders, order) !== undefined
  const isOwn = (asks.get(order)?.controller ?? controller) === controller
  return isGiven && !isOther && isOwn
    ? undefined
    : {
        ...{ _tag: 'UnknownOrder', at: ['order'], found: renderValue(order) },
        expected: `the number of an Ask of ${controller} that needs an answer`,
      }
}

/**
 * Gives a replica to an object; its orders and its share stay. One that is gone, as its node left
 * and came back at this instant, stays gone. False when there never was such a replica, or when
 * another controller owns it.
 */
const adoptReplica = (
  work: Work,
  draft: Draft,
  replica: ReplicaId,
  owner: ReplicaOwner,
): boolean => {
  if (!hasReplica(draftState(draft).replicas, replica)) return isGone(draft, replica)
  const before = ownerOf(work, replica)
  if (before !== undefined && before.controller !== owner.controller) return false
  const share = before?.share
  const ownership = share === undefined ? owner : { ...owner, share }
  if (share !== undefined) {
    countShare(work, before!, share, -1)
    countShare(work, ownership, share, 1)
  }
  setOwnerAt(work.bookings, rowOf(replica), ownership)
  const { class: classId, node, phase } = recordOf(draft, replica)
  noteReplica(work, ownership, replica, classId, node, phase)
  return true
}

/** What a controller remembers, as it is now. */
export const memoryOf = (work: Work, { name, start }: AnyController): unknown => {
  if (work.memories.has(name)) return work.memories.get(name)
  return work.before.memories.has(name) ? work.before.memories.get(name) : start
}
