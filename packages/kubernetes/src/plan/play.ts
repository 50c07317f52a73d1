/**
 * Turn after turn: the more important first, and each pod among those that were placed before it.
 *
 * A class is made when its turn comes, as what is left of volumes depends on who came before. Pods
 * that may take a volume from the next are placed one at a time; all others of a turn at once.
 */
import { place, type Answer, type Placement } from '@stowage/kernel'
import { defaultProfile } from '../plugin/profile.js'
import { gateOf } from '../scheduler/gate.js'
import { lower, lowerAgain, type LoweredPod } from '../scheduler/lowered.js'
import { profileFor, profileOf, type Session } from '../scheduler/session.js'
import { reserve } from '../scheduler/settle.js'
import type { Rejection } from '../scheduler/verdict.js'
import { promisesVolumes } from '../volume/reserve.js'
import type { Wanting } from '../workload/share.js'
import type { Stage, Turn } from './stage.js'

/** What came of a turn: pods that a scheduler looked at, or why none did. */
export type Outcome =
  | {
      readonly _tag: 'Answered'
      readonly turn: Turn
      readonly lowered: LoweredPod
      readonly answer: Answer
    }
  | { readonly _tag: 'Held'; readonly turn: Turn; readonly why: Rejection }

/** The positions of the turns in the order in which they come. */
export const inTurn = (turns: readonly Turn[]): readonly number[] =>
  turns
    .map((_, i) => i)
    .sort((a, b) => turns[b]!.wanting.priority - turns[a]!.wanting.priority || a - b)

/** Places the pods of a turn, and leaves them on their nodes. */
export const playTurn = (stage: Stage, turn: Turn): Outcome => {
  const { session } = stage
  const why = heldBack(session, turn.wanting)
  if (why !== undefined) return { _tag: 'Held', turn, why }
  const lowered = lowerTemplate(stage, turn.wanting)
  const answer = promisesVolumes(turn.wanting, session.around.storage)
    ? oneByOne(stage, turn)
    : placeTogether(session, turn, lowered, turn.count)
  return { _tag: 'Answered', turn, lowered, answer }
}

/** The template lowered: now, or when it had its last turn in the same surroundings. */
export const lowerTemplate = ({ session, templates }: Stage, wanting: Wanting): LoweredPod => {
  const before = templates.get(wanting)
  const lowered = before === undefined ? lower(session, wanting) : lowerAgain(session, before)
  templates.set(wanting, lowered)
  return lowered
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

const placeTogether = (
  { draft }: Session,
  { only }: Turn,
  { class: classId }: LoweredPod,
  count: number,
): Answer =>
  place(draft, [{ class: classId, count, ...(only === undefined ? {} : { only }) }]).answers[0]!

const oneByOne = (stage: Stage, turn: Turn): Answer => {
  const { session } = stage
  const placed: Placement[] = []
  while (placed.length < turn.count) {
    const {
      placed: [one],
      unplaced,
    } = placeTogether(session, turn, lowerTemplate(stage, turn.wanting), 1)
    if (one === undefined)
      return unplaced === undefined
        ? { placed }
        : { placed, unplaced: { ...unplaced, count: turn.count - placed.length } }
    placed.push(one)
    reserve(session, turn.wanting, one.node)
  }
  return { placed }
}
