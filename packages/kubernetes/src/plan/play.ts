/**
 * Places the pods of a plan turn by turn, in order of priority. A turn consists of one or more
 * pending pods of the same workload. Placed pods stay on their nodes during later turns.
 */
import { nodeName, place, type Answer, type NodeId, type Placement } from '@stowage/kernel'
import { withVolumesMadeOn } from '../claim/made-on-node.js'
import { defaultProfile } from '../plugin/profile.js'
import { gateOf } from '../scheduler/gate.js'
import { lowerOnce, translationKey, type LoweredPod } from '../scheduler/lowered.js'
import { profileFor, profileOf, type Session } from '../scheduler/session.js'
import { reserve } from '../scheduler/settle.js'
import type { Rejection } from '../scheduler/verdict.js'
import { promisesDevices } from '../device/reserve.js'
import { promisesVolumes } from '../volume/reserve.js'
import type { PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import type { Stage, Turn } from './stage.js'

/** The outcome of a turn: the kernel's answer, or why no scheduler looks at its pods. */
export type Outcome =
  | {
      readonly _tag: 'Answered'
      readonly turn: Turn
      readonly lowered: LoweredPod
      readonly answer: Answer
    }
  | { readonly _tag: 'Held'; readonly turn: Turn; readonly why: Rejection }

/** The kernel's answer to a turn. */
export type AnsweredTurn = Extract<Outcome, { readonly _tag: 'Answered' }>

/**
 * The indices of the turns in the order of play: higher priority first, then daemon pods, which a
 * node gets as soon as it joins, then the original order, as sorting is stable.
 */
export const inTurn = (turns: readonly Turn[]): readonly number[] => {
  const isDaemon = (i: number): number => (turns[i]!.only === undefined ? 0 : 1)
  return turns
    .map((_, i) => i)
    .sort(
      (a, b) =>
        turns[b]!.workload.priority - turns[a]!.workload.priority || isDaemon(b) - isDaemon(a),
    )
}

/**
 * Places the pods of a turn; they stay on their nodes for later turns.
 *
 * A pod is translated to the kernel's rules when its turn comes, because the free volumes and
 * devices depend on earlier placements. Pods that compete for them are placed one at a time;
 * otherwise the pods of a turn are placed together.
 */
export const playTurn = (stage: Stage, turn: Turn): Outcome => {
  const { session } = stage
  const why = heldBack(session, turn.workload)
  if (why !== undefined) return { _tag: 'Held', turn, why }
  const lowered = lowerTemplate(stage, turn.workload)
  const { storage, devices } = session.around
  const isContended =
    promisesVolumes(turn.workload, storage) || promisesDevices(turn.workload, devices)
  const answer = isContended
    ? oneByOne(stage, turn)
    : placeTogether(session, turn, lowered, turn.count)
  return { _tag: 'Answered', turn, lowered, answer }
}

/** The lowered template, reused from its last turn while the surroundings are unchanged. */
export const lowerTemplate = (
  { session, templates }: Stage,
  workload: PendingWorkload,
): LoweredPod => lowerOnce(templates, session, workload)

/**
 * The turns in the order of play, where pods that are alike and follow each other share a turn;
 * each with the index of its first.
 */
export const sharedTurns = ({ session, turns }: Stage): readonly (readonly [number, Turn])[] => {
  const shared: (readonly [number, Turn])[] = []
  for (const i of inTurn(turns)) {
    const turn = turns[i]!
    const last = shared.at(-1)
    if (last === undefined || !mayShare(session, last[1], turn)) shared.push([i, turn])
    else shared[shared.length - 1] = [last[0], { ...last[1], count: last[1].count + turn.count }]
  }
  return shared
}

const mayShare = (session: Session, one: Turn, other: Turn): boolean => {
  const key = translationKey(session, one.workload)
  return (
    key !== one.workload &&
    key === translationKey(session, other.workload) &&
    titleOf(one.workload) === titleOf(other.workload) &&
    one.workload.refusal === other.workload.refusal
  )
}

/**
 * Why no scheduler looks at the pod: admission refuses it, no profile has its schedulerName, or a
 * gate holds it.
 */
export const heldBack = (session: Session, workload: PendingWorkload): Rejection | undefined => {
  if (workload.refusal !== undefined) return heldBy(workload.refusal)
  return profileOf(session, workload) === undefined
    ? heldBy(`no profile has the schedulerName ${nameOfScheduler(workload)}`)
    : gateOf(workload, profileFor(session, workload), session.around)
}

/** The rejection of a pod that no scheduler looks at. */
export const heldBy = (reason: string): Rejection => ({
  plugin: '',
  code: 'UnschedulableAndUnresolvable',
  reasons: [reason],
})

const nameOfScheduler = ({ spec }: PendingWorkload): string =>
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
    } = placeTogether(session, turn, lowerTemplate(stage, turn.workload), 1)
    if (one === undefined)
      return unplaced === undefined
        ? { placed }
        : { placed, unplaced: { ...unplaced, count: turn.count - placed.length } }
    placed.push(one)
    reserve(session, turn.workload, one.node)
    makeVolumes(stage, turn, one.node)
  }
  return { placed }
}

/** Nothing else happens until the volumes that the pod waits for are made. */
const makeVolumes = ({ session, nodes }: Stage, { workload }: Turn, node: NodeId): void => {
  const known = nodes.get(nodeName(session.draft, node))!
  const storage = withVolumesMadeOn(session.around.storage, workload, known, [...nodes.values()])
  if (storage !== session.around.storage) session.around = { ...session.around, storage }
}
