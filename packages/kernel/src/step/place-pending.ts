/**
 * Places what waits for a node, by falling priority and then in the order of the list, and orders
 * each replica that found one to be started.
 */
import type { Draft } from '../cluster/draft.js'
import { nodeName } from '../cluster/read.js'
import { place } from '../place/place.js'
import type { Answer, PlaceRequest, Unplaced } from '../rule/answer.js'
import type { ClassId } from '../rule/id.js'
import type { Owner } from './event.js'
import type { Pending } from './state.js'
import { bookOrder, noteReplica, setBooking, type Work } from './work.js'

/**
 * Decides where requests go: one answer per request. The default is `place`; an adapter whose
 * platform has rules of its own brings its own.
 */
export type Placer = (draft: Draft, requests: readonly PlaceRequest[]) => readonly Answer[]

/** The placer that only knows the rules of the classes. */
export const placeByRules: Placer = (draft, requests) => place(draft, requests).answers

/** Replicas of one owner and class that found no node in a pass, and why. */
export interface UnplacedReplicas extends Unplaced {
  readonly owner: Owner
  readonly class: ClassId
}

/** Places what waits; what found no node stays in the list. */
export const placePending = (
  work: Work,
  draft: Draft,
  placer: Placer,
): readonly UnplacedReplicas[] => {
  const { pending } = work
  if (pending.length === 0) {
    work.isTried = true
    return []
  }
  const answers = placer(draft, pending)
  const left: Pending[] = []
  const unplaced: UnplacedReplicas[] = []
  for (const [i, row] of pending.entries()) {
    const answer = answers[i]!
    for (const { replica, node } of answer.placed) {
      const order = bookOrder(work, { _tag: 'Start', replica })
      const booking = { owner: row.owner, startOrder: order }
      setBooking(work, replica, booking)
      noteReplica(work, booking, { replica, class: row.class, node, phase: 'assumed' })
      work.effects.push({
        ...{ _tag: 'Place', order, replica, owner: row.owner, class: row.class },
        node: nodeName(draft, node),
      })
    }
    const count = row.count - answer.placed.length
    if (count > 0) left.push({ ...row, count })
    if (answer.unplaced !== undefined)
      unplaced.push({ owner: row.owner, class: row.class, ...answer.unplaced })
  }
  work.pending = left
  // What was placed last may make room for what was refused first: then the next pass tries again.
  work.isTried = answers.every(({ placed }) => placed.length === 0)
  return unplaced
}
