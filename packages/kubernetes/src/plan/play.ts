/**
 * Turn after turn: the more important first, and each pod among those that were placed before it.
 *
 * A class is made when its turn comes, as what is left of volumes depends on who came before. Pods
 * that may take a volume from the next are placed one at a time; all others of a turn at once.
 */
import {
  getOrThrow,
  define,
  place,
  type Answer,
  type ClassId,
  type NodeId,
  type Placement,
} from '@stowage/kernel'
import { gateOf } from '../scheduler/gate.js'
import { classOf, profileFor, profileOf, type Session } from '../scheduler/session.js'
import type { Rejection } from '../scheduler/verdict.js'
import { defaultProfile } from '../plugin/profile.js'
import { promisesVolumes, reserved } from '../volume/reserve.js'
import type { Wanting } from '../workload/share.js'
import type { Turn } from './stage.js'

/** What came of a turn: pods that a scheduler looked at, or why none did. */
export type Outcome =
  | {
      readonly _tag: 'Answered'
      readonly turn: Turn
      readonly class: ClassId
      readonly answer: Answer
    }
  | { readonly _tag: 'Held'; readonly turn: Turn; readonly why: Rejection }

/** The positions of the turns in the order in which they come. */
export const inTurn = (turns: readonly Turn[]): readonly number[] =>
  turns
    .map((_, i) => i)
    .sort((a, b) => turns[b]!.wanting.priority - turns[a]!.wanting.priority || a - b)

export const playTurn = (session: Session, turn: Turn): Outcome => {
  const why = heldBack(session, turn.wanting)
  if (why !== undefined) return { _tag: 'Held', turn, why }
  const asked = definedNow(session, turn.wanting)
  const answer = promisesVolumes(turn.wanting, session.around.storage)
    ? oneByOne(session, turn)
    : placedNow(session, turn, asked, turn.count)
  return { _tag: 'Answered', turn, class: asked, answer }
}

/**
 * What keeps schedulers from looking at a pod: that it is not made, that none is responsible, or a
 * gate.
 */
export const heldBack = (session: Session, wanting: Wanting): Rejection | undefined => {
  if (wanting.refusal !== undefined) return heldBy(wanting.refusal)
  return profileOf(session, wanting) === undefined
    ? heldBy(`no profile has the schedulerName ${nameOfScheduler(wanting)}`)
    : gateOf(wanting, profileFor(session, wanting), session.around)
}

const heldBy = (reason: string): Rejection => ({
  plugin: '',
  code: 'UnschedulableAndUnresolvable',
  reasons: [reason],
})

const nameOfScheduler = ({ spec }: Wanting): string =>
  JSON.stringify(spec.schedulerName ?? defaultProfile.schedulerName)

const definedNow = (session: Session, wanting: Wanting): ClassId =>
  getOrThrow(define(session.draft, classOf(session, wanting)))

const placedNow = ({ draft }: Session, { only }: Turn, asked: ClassId, count: number): Answer =>
  place(draft, [{ class: asked, count, ...(only === undefined ? {} : { only }) }]).answers[0]!

const oneByOne = (session: Session, turn: Turn): Answer => {
  const placed: Placement[] = []
  while (placed.length < turn.count) {
    const asked = definedNow(session, turn.wanting)
    const {
      placed: [one],
      unplaced,
    } = placedNow(session, turn, asked, 1)
    if (one === undefined)
      return unplaced === undefined
        ? { placed }
        : { placed, unplaced: { ...unplaced, count: turn.count - placed.length } }
    placed.push(one)
    session.around = around(session, turn.wanting, one.node)
  }
  return { placed }
}

const around = ({ draft, around: before }: Session, wanting: Wanting, node: NodeId) =>
  reserved(draft, wanting, node, before)
