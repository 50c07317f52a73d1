/**
 * Applies the intents of controllers (what they want to happen):
 * 1. `Start` and `Withdraw` change the list of replicas that wait for a node.
 * 2. `Stop`, `Buy`, `Release` and `Ask` (a request that the kernel passes on unread) become orders
 *    (commands to the caller).
 *
 * An intent that cannot be applied, such as to stop another controller's replica, is an error of
 * the controller that returned it.
 */
import type { FoldFault } from '../time/fault.js'
import { recordOf } from '../fold/fold-replica.js'
import { draftState, type Draft } from '../cluster/draft.js'
import { classWith } from '../cluster/classes.js'
import { hasReplica } from '../cluster/replicas.js'
import { setPhase } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { renderValue } from '../rule/malformed.js'
import { splitShares } from '../provision/split-shares.js'
import type { Intent } from '../time/decision.js'
import type { Owner } from '../time/event.js'
import {
  addPending,
  pendingRows,
  rowsOfOwner,
  sortedPending,
  withdrawPending,
  type PendingRows,
} from './pending.js'
import { applyBuy, applyRelease } from './apply-supply.js'
import { bookOf, ownerOf, shareCount, type Work } from '../time/work.js'
import { bookAsk, nextOrder } from '../time/order-table.js'
import { orderStop } from './order-stop.js'

type IntentOf<Tag extends Intent['_tag']> = Extract<Intent, { readonly _tag: Tag }>

/** The intents of one controller. */
export interface ControllerIntents {
  readonly controller: string
  readonly intents: readonly Intent[]
}

/** Applies all intents, controller by controller; the answer says which one cannot be. */
export const applyIntents = (
  work: Work,
  draft: Draft,
  all: readonly ControllerIntents[],
): FoldFault | undefined => {
  const pending = pendingRows(work.pending)
  let isPendingChanged = false
  for (const { controller, intents } of all)
    for (let i = 0; i < intents.length; i++) {
      const intent = intents[i]!
      const wrong = applyIntent(work, draft, pending, controller, intent)
      isPendingChanged ||= intent._tag === 'Start' || intent._tag === 'Withdraw'
      if (wrong !== undefined)
        return { _tag: 'BadIntent', controller, ...wrong, at: ['intents', i, ...wrong.at] }
    }
  if (isPendingChanged) {
    work.pending = sortedPending(pending)
    work.isTried = false
  }
  return undefined
}

type IntentFault = Omit<FoldFault, '_tag'>

const applyIntent = (
  work: Work,
  draft: Draft,
  pending: PendingRows,
  controller: string,
  intent: Intent,
): IntentFault | undefined => {
  switch (intent._tag) {
    case 'Start':
      return applyStart(work, draft, pending, controller, intent)
    case 'Withdraw':
      return withdrawPending(pending, controller, intent)
    case 'Stop':
      return applyStop(work, draft, controller, intent)
    case 'Buy':
      return applyBuy(work, draft, intent)
    case 'Release':
      return applyRelease(work, draft, intent)
    case 'Ask':
      applyAsk(work, controller, intent)
      return undefined
  }
}

/** Only a request that needs an answer is booked. */
const applyAsk = (
  work: Work,
  controller: string,
  { request, needsAnswer }: IntentOf<'Ask'>,
): void => {
  if (needsAnswer === true) {
    const order = bookAsk(work.orders, { controller, request })
    work.effects.push({ _tag: 'Ask', order, controller, request, needsAnswer })
  } else work.effects.push({ _tag: 'Ask', order: nextOrder(work.orders), controller, request })
}

const applyStart = (
  work: Work,
  draft: Draft,
  pending: PendingRows,
  controller: string,
  intent: IntentOf<'Start'>,
): IntentFault | undefined => {
  if (classWith(draftState(draft).classes, intent.class) === undefined)
    return { at: ['class'], found: renderValue(intent.class), expected: 'the id of a class' }
  if (!Number.isSafeInteger(intent.count) || intent.count < 0)
    return {
      at: ['count'],
      found: renderValue(intent.count),
      expected: 'a whole number of replicas',
    }
  return addSupplied(work, pending, controller, intent)
}

/** Lists what a start wants, split over the pools that its supply names. */
const addSupplied = (
  work: Work,
  pending: PendingRows,
  controller: string,
  intent: IntentOf<'Start'>,
): IntentFault | undefined => {
  const { supply, count } = intent
  if (supply === undefined) return addPending(pending, controller, intent)
  const names = 'pools' in supply ? supply.pools : supply.shares.map(({ pool }) => pool)
  const unknownName = names.find((name) => bookOf(work, name) === undefined)
  if (unknownName !== undefined || names.length === 0)
    return {
      ...{
        at: ['supply'],
        found: unknownName === undefined ? 'no pool' : renderValue(unknownName),
      },
      expected: `pools among ${[...work.before.books.keys()].join(', ')}`,
    }
  if ('pools' in supply) return addPending(pending, controller, intent, { supply: names })
  const owner = { controller, name: intent.owner }
  const before = names.map(
    (name) => shareCount(work, owner, name) + pendingShare(pending, owner, name),
  )
  for (const [i, part] of splitShares(supply.shares, before, count).entries())
    if (part > 0)
      addPending(
        pending,
        controller,
        { ...intent, count: part },
        { supply: [names[i]!], share: names[i]! },
      )
  return undefined
}

/** How many replicas of an owner wait for a node of a pool as its share. */
const pendingShare = (pending: PendingRows, owner: Owner, pool: string): number => {
  let sum = 0
  for (const row of rowsOfOwner(pending, owner)) if (row.owner.share === pool) sum += row.count
  return sum
}

const applyStop = (
  work: Work,
  draft: Draft,
  controller: string,
  { replica, because }: IntentOf<'Stop'>,
): IntentFault | undefined => {
  const owner = ownerOf(work, replica)
  if (!hasReplica(draftState(draft).replicas, replica) || owner?.controller !== controller)
    return {
      at: ['replica'],
      found: renderValue(replica),
      expected: 'a replica of this controller',
    }
  if (recordOf(draft, replica).phase === 'leaving') return undefined
  getOrThrow(setPhase(draft, replica, 'leaving'))
  orderStop(work, draft, { replica, owner, because })
  return undefined
}
