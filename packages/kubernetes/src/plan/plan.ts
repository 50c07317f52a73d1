/**
 * Computes on which of the input's nodes the scheduler would place each pending pod. This is only a
 * computation: no pod is started.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import {
  batch,
  empty,
  plan,
  wordPlan,
  type Answer,
  type Draft,
  type NamedRequest,
  type Vocabulary,
  type WordedPlan,
} from '@stowage/kernel'
import type { Nomination } from '../scheduler/attempt.js'
import type { Rejection } from '../scheduler/verdict.js'
import { nominationFor } from './preemption.js'
import { dimensionOf } from '../demand/resource.js'
import { extendedNamesOf } from '../registry/node.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import type { KubernetesInput } from '../read/input.js'
import { playTurn, sharedTurns, type Outcome } from './play.js'
import { placedPart, playRollout, unplacedIn, type PlayTurn } from './rollout.js'
import { openStage, type Stage } from './stage.js'
import { titleOf } from '../workload/workload.js'
import type { KubernetesWarning } from '../words/warning.js'

/** A plan on nodes. Workloads are named `namespace/name`; victims are pods by their own names. */
export interface NodesPlan {
  readonly plan: WordedPlan
  /** Pods that no scheduler looks at, and why. */
  readonly held: readonly HeldPods[]
  /**
   * For the first pod of a workload that found no node: where it would fit after evicting pods of
   * lower priority.
   */
  readonly preemptions: readonly (Nomination & { readonly name: string })[]
  readonly warnings: readonly KubernetesWarning[]
}

/** Pods of a workload that no scheduler looks at, and why. */
export interface HeldPods {
  readonly name: string
  readonly count: number
  readonly why: Rejection
}

/** Places every pending pod as the scheduler would: by priority, then in the order of names. */
export const planOnNodes = (input: KubernetesInput): NodesPlan => {
  const [, planned] = batch(empty, (draft) => {
    const stage = openStage(draft, input)
    const { outcomes: played, preemptions } = playTurns(stage)
    const outcomes = rolledOut(stage, input, played)
    const answered = outcomes.flatMap((one) => (one._tag === 'Answered' ? [one] : []))
    const requests = answered.map(requestOf)
    const answers = answered.map(({ answer }): Answer => answer)
    return {
      plan: withoutRepeats(
        wordPlan(plan(draft, requests, stage.names, answers), wordsFor(draft, input)),
        new Set(stage.turns.flatMap(({ workload: { name, indices } }) => (indices ? name : []))),
      ),
      held: heldIn(outcomes),
      preemptions,
      warnings: RA.sort(warningOrder)([...input.warnings, ...stage.warnings]),
    }
  })
  return planned
}

/** The words of a plan, whose nodes show the extended resources that they have as well. */
const wordsFor = (draft: Draft, { nodes }: KubernetesInput): Vocabulary => {
  const words = vocabularyOf(draft)
  const extended = extendedNamesOf(nodes).map((resource) => ({
    ...{ dimension: dimensionOf(draft, resource), resource, unit: '', per: 1 },
  }))
  return { ...words, resources: [...words.resources, ...extended] }
}

/**
 * One row for the pods with an index that are left for the same reasons: they had a turn each.
 */
const withoutRepeats = (worded: WordedPlan, indexed: ReadonlySet<string>): WordedPlan => {
  const rows = new Map<string, WordedPlan['unplaced'][number]>()
  for (const [i, row] of worded.unplaced.entries()) {
    const { count, ...rest } = row
    const key = indexed.has(row.name) ? JSON.stringify(rest) : `${i}`
    rows.set(key, { ...row, count: count + (rows.get(key)?.count ?? 0) })
  }
  return { ...worded, unplaced: [...rows.values()] }
}

/**
 * Plays the turns by priority, and returns the outcomes in the original order of the turns; turns
 * that are shared have one.
 */
const playTurns = (
  stage: Stage,
): { readonly outcomes: readonly Outcome[] } & Pick<NodesPlan, 'preemptions'> => {
  const outcomes: (readonly [number, Outcome])[] = []
  const preemptions: NodesPlan['preemptions'][number][] = []
  for (const [i, turn] of sharedTurns(stage)) {
    const outcome = playTurn(stage, turn)
    outcomes.push([i, outcome])
    if (outcome._tag === 'Held' || outcome.answer.unplaced === undefined) continue
    const { name, indices } = turn.workload
    if (indices !== undefined && preemptions.some((one) => one.name === name)) continue
    const nomination = nominationFor(stage, turn)
    if (nomination !== undefined) preemptions.push({ name: turn.workload.name, ...nomination })
  }
  const ordered = [...outcomes].sort(([one], [other]) => one - other)
  return { outcomes: ordered.map(([, outcome]) => outcome), preemptions }
}

/**
 * The outcomes after all rollouts, by priority. New pods that found no place before try again in
 * the course of their rollout.
 */
export const rolledOut = (
  stage: Stage,
  { rollouts }: KubernetesInput,
  played: readonly Outcome[],
  play?: PlayTurn,
): readonly Outcome[] =>
  [...rollouts]
    .sort((one, other) => other.workload.priority - one.workload.priority)
    .reduce<readonly Outcome[]>((outcomes, rollout) => {
      const title = titleOf(rollout.workload)
      const isOwn = ({ turn }: Outcome): boolean =>
        turn.only === undefined && titleOf(turn.workload) === title
      const waiting = outcomes.filter(isOwn).reduce((sum, one) => sum + unplacedIn(one), 0)
      const others = outcomes.flatMap((one): readonly Outcome[] =>
        isOwn(one) ? placedPart(one) : [one],
      )
      return [...others, ...playRollout(stage, rollout, waiting, play)]
    }, played)

const requestOf = ({
  turn: { workload, count, only },
  lowered,
}: Extract<Outcome, { _tag: 'Answered' }>): NamedRequest => ({
  ...{ name: workload.name, class: lowered.class, count },
  ...(only === undefined ? {} : { only }),
})

/** The held pods; those of a DaemonSet, or with an index, are one row. */
const heldIn = (outcomes: readonly Outcome[]): NodesPlan['held'] => {
  const rows = new Map<string, HeldPods>()
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome._tag !== 'Held' || outcome.turn.count === 0) continue
    const { turn, why } = outcome
    const { name, indices } = turn.workload
    const isOneOf = turn.only !== undefined || indices !== undefined
    const key = isOneOf ? `one of ${titleOf(turn.workload)}` : `${i}`
    rows.set(key, { name, count: turn.count + (rows.get(key)?.count ?? 0), why })
  }
  return [...rows.values()]
}
