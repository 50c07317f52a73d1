/**
 * Places the pods that already wait for a node when a simulated drain begins. They are tried when
 * the nodes are cordoned, and again together with the replacements of evicted pods. Pods of higher
 * priority are tried first; at equal priority, pods that waited from the beginning come first.
 */
import { nodeName, plan, wordPlan } from '@stowage/kernel'
import { playTurn, type Outcome } from '../plan/play.js'
import type { Turn } from '../plan/stage.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { fullName } from '../workload/workload.js'
import type { WaitingRow } from './terms.js'
import { countedPodOf, type DrainWorld, type PodPlacement, type WaitingTurn } from './world.js'

/** The pods of turns, none of which has a node. */
export const waitingTurns = (turns: readonly Turn[]): readonly WaitingTurn[] =>
  turns.map((turn) => ({ turn, left: turn.count, placed: [], outcome: undefined }))

/** Tries the pods of a turn that are left. */
export const placeWaiting = (world: DrainWorld, one: WaitingTurn): void => {
  const { draft, live, now, stage } = world
  const outcome = playTurn(stage, { ...one.turn, count: one.left })
  one.outcome = outcome
  if (outcome._tag === 'Held') return
  const { workload } = one.turn
  for (const { node } of outcome.answer.placed) {
    const name = `${fullName(workload.metadata)}, waited ${one.placed.length}`
    one.placed.push({ name, node: nodeName(draft, node), at: now })
    live.set(name, countedPodOf(workload, { name, isReady: false }))
    one.left--
  }
}

/** Lets those be ready whose time has come. */
export const readyWaiting = (world: DrainWorld): void => {
  for (const { turn, placed } of world.waiting)
    for (const pod of placed)
      if (readyTime(world, pod) === world.now)
        world.live.set(pod.name, countedPodOf(turn.workload, { name: pod.name, isReady: true }))
}

/** When pods that waited are ready. */
export const waitingDues = (world: DrainWorld): readonly number[] =>
  world.waiting.flatMap(({ placed }) => placed.map((pod) => readyTime(world, pod)))

const readyTime = ({ options: { durations } }: DrainWorld, { at }: PodPlacement): number =>
  at + durations.start + durations.ready

/** What became of the pods of a turn. */
export const waitingRow = (
  world: DrainWorld,
  { turn, left, placed, outcome }: WaitingTurn,
): WaitingRow => ({
  ...{ name: turn.workload.name, count: turn.count },
  placed: placed.map(({ node, at }) => ({ node, at })),
  ...(left === 0 || outcome === undefined ? {} : waitingReason(world, turn, outcome)),
})

const waitingReason = (
  { draft, stage }: DrainWorld,
  { workload: { name } }: Turn,
  outcome: Outcome,
): Pick<WaitingRow, 'unplaced' | 'held'> => {
  if (outcome._tag === 'Held') return { held: outcome.why.reasons.join(', ') }
  const { answer, lowered, turn } = outcome
  const request = { name, class: lowered.class, count: turn.count }
  const [unplaced] = wordPlan(
    plan(draft, [request], stage.names, [answer]),
    vocabularyOf(draft),
  ).unplaced
  return unplaced === undefined ? {} : { unplaced }
}
