/**
 * Executes what is due at the current moment of a simulated drain. Evicted pods disappear, and
 * their replacements are created, placed by the scheduler, and become ready.
 */
import { nodeName, plan, wordPlan } from '@stowage/kernel'
import { playTurn } from '../plan/play.js'
import { unplacedIn } from '../plan/rollout.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { takeOff } from '../scheduler/settle.js'
import type { Replacement } from './terms.js'
import { countedPodOf, readyAtOf, type DrainWorld, type NewPod } from './world.js'

/** All that is due now but attempts to evict. */
export const settleInstant = (world: DrainWorld): void => {
  const { now, leaving, live, replacements, stage } = world
  for (const { found, answer } of leaving)
    if (answer.goneAt === now && live.get(found.name)?.isLeaving === true) {
      takeOff(stage.session, found.name)
      live.delete(found.name)
    }
  for (const one of replacements) {
    if (one.answer.at <= now && one.answer.placedAt === undefined) placeNew(world, one)
    if (readyAtOf(world, one) === now)
      live.set(one.name, countedPodOf(one.workload, { name: one.name, isReady: true }))
  }
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
