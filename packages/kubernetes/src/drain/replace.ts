/**
 * Removes evicted pods and starts their replacements in a simulated drain, as far as this is due at
 * the current moment: evicted pods disappear; their replacements are created, placed by the
 * scheduler, and become ready.
 */
import { nodeName, plan, wordPlan } from '@stowage/kernel'
import { playTurn } from '../plan/play.js'
import { unplacedIn } from '../plan/rollout.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { takeOff } from '../scheduler/settle.js'
import type { Replacement } from './terms.js'
import { placeWaiting, readyWaiting, waitingDues } from './waiting.js'
import { countedPodOf, readyAtOf, type DrainWorld, type NewPod } from './world.js'

/** All that is due now but attempts to evict. */
export const settleInstant = (world: DrainWorld): void => {
  const { now, leaving, live, replacements, stage } = world
  for (const { found, answer } of leaving)
    if (answer.goneAt === now && live.get(found.name)?.isLeaving === true) {
      takeOff(stage.session, found.name)
      live.delete(found.name)
    }
  for (const place of placings(world)) place()
  for (const one of replacements)
    if (readyAtOf(world, one) === now)
      live.set(one.name, countedPodOf(one.workload, { name: one.name, isReady: true }))
  readyWaiting(world)
}

/** The attempts to place pods that are due now, in the order of the queue. */
const placings = (world: DrainWorld): readonly (() => void)[] => {
  const { now, replacements, waiting } = world
  return [
    ...waiting
      .filter(({ left }) => left > 0)
      .map((one) => ({ workload: one.turn.workload, place: () => placeWaiting(world, one) })),
    ...replacements
      .filter(({ answer: { at, placedAt } }) => at <= now && placedAt === undefined)
      .map((one) => ({ workload: one.workload, place: () => placeNew(world, one) })),
  ]
    .sort((one, other) => other.workload.priority - one.workload.priority)
    .map(({ place }) => place)
}

const placeNew = (world: DrainWorld, one: NewPod): void => {
  const { draft, live, now, stage } = world
  if (one.outcome === undefined)
    live.set(one.name, countedPodOf(one.workload, { name: one.name, isReady: false }))
  const outcome = playTurn(stage, { workload: one.workload, count: 1 })
  one.outcome = outcome
  if (outcome._tag === 'Held' || unplacedIn(outcome) > 0) return
  const node = nodeName(draft, outcome.answer.placed[0]!.node)
  one.answer = { ...one.answer, node, placedAt: now }
}

/** The instants after now at which something becomes due. */
export const dueAfter = (world: DrainWorld): readonly number[] => {
  const { leaving, now, replacements } = world
  const all = [
    ...leaving.map(({ answer }) => answer.goneAt),
    ...replacements.flatMap((one) => [one.answer.at, readyAtOf(world, one)]),
    ...waitingDues(world),
  ]
  return all.flatMap((at) => (at !== undefined && at > now ? [at] : []))
}

/** What became of a new pod, with why no node takes it. */
export const replacementAnswer = (
  { draft, stage }: DrainWorld,
  { answer, outcome, workload: { name } }: NewPod,
): Replacement => {
  if (answer.node !== undefined || outcome === undefined) return answer
  if (outcome._tag === 'Held') return { ...answer, held: outcome.why.reasons.join(', ') }
  const request = { name, class: outcome.lowered.class, count: 1 }
  const worded = wordPlan(
    plan(draft, [request], stage.names, [outcome.answer]),
    vocabularyOf(draft),
  )
  const [unplaced] = worded.unplaced
  return unplaced === undefined ? answer : { ...answer, unplaced }
}
