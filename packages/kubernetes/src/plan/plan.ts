/**
 * Computes on which of the input's nodes the scheduler would place each pending pod. This is only a
 * computation: no pod is started.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import {
  allowIndexes,
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
import { playInRounds } from './rounds.js'
import { createdIn, placedPart, playRollout, unplacedIn } from './rollout.js'
import { openMeter, type PlayTurn } from './meter.js'
import { openStage, type Stage } from './stage.js'
import { withoutSurplus } from './surplus.js'
import { titleOf } from '../workload/workload.js'
import type { PendingWorkload } from '../workload/share.js'
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

/**
 * Places every pending pod as the scheduler would: by priority, then in the order of names.
 *
 * @example
 * ```ts
 * import { getOrThrow } from '@stowage/kernel'
 * import { planOnNodes, readKubernetes } from '@stowage/kubernetes'
 *
 * const pod = {
 *   ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } },
 *   spec: { containers: [{ name: 'main', resources: { requests: { cpu: '500m' } } }] },
 * }
 * const node = {
 *   ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } },
 *   status: { allocatable: { cpu: '2', pods: '9' } },
 * }
 * const documents = [node, pod].map((value) => ({ from: 'here', value }))
 * console.log(planOnNodes(getOrThrow(readKubernetes(documents))).plan.nodes[0]?.holds)
 * ```
 * ```text
 * [ { name: 'default/web', count: 1 } ]
 * ```
 */
export const planOnNodes = (given: KubernetesInput): NodesPlan => {
  const input = withoutSurplus(given)
  const [, planned] = batch(allowIndexes(empty), (draft) => {
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
  const turns = sharedTurns(stage)
  const nominations = new Map<PendingWorkload, Nomination>()
  const named = new Set<string>()
  const tried = new Set<PendingWorkload>()
  const outcomes = playInRounds(
    stage,
    turns.map(([, turn]) => turn),
    {
      play: (turn) => {
        const { workload } = turn
        const outcome = playTurn(stage, turn)
        const isFirst = !tried.has(workload)
        tried.add(workload)
        if (unplacedIn(outcome) === 0) nominations.delete(workload)
        // Pods with an index are alike: the first of them without a node speaks for all.
        const isToldOf = workload.indices !== undefined && named.has(workload.name)
        if (!isFirst || isToldOf || outcome._tag === 'Held' || unplacedIn(outcome) === 0)
          return outcome
        const nomination = nominationFor(stage, turn)
        if (nomination === undefined) return outcome
        nominations.set(workload, nomination)
        named.add(workload.name)
        return outcome
      },
    },
  )
  const ordered = turns
    .map(([at], i) => [at, outcomes[i]!] as const)
    .sort(([one], [other]) => one - other)
  return {
    outcomes: ordered.flatMap(([, own]) => own),
    preemptions: [...nominations].map(([{ name }, nomination]) => ({ name, ...nomination })),
  }
}

/**
 * The outcomes after all rollouts, by priority. New pods that found a place before, in the stead of
 * old ones that are missing, count for their rollout; those that found none try again in its
 * course.
 */
export const rolledOut = (
  stage: Stage,
  { rollouts }: KubernetesInput,
  played: readonly Outcome[],
  play: PlayTurn = (turn) => playTurn(stage, turn),
): readonly Outcome[] => {
  const meter = openMeter(stage, play)
  return [...rollouts]
    .sort((one, other) => other.workload.priority - one.workload.priority)
    .reduce<readonly Outcome[]>((outcomes, rollout) => {
      const title = titleOf(rollout.workload)
      const isOwn = ({ turn }: Outcome): boolean =>
        turn.only === undefined && titleOf(turn.workload) === title
      const own = outcomes.filter(isOwn)
      const waiting = {
        count: own.reduce((sum, one) => sum + unplacedIn(one), 0),
        created: own.reduce((sum, one) => sum + createdIn(one), 0),
      }
      const placed = own
        .flatMap(placedPart)
        .reduce((sum, { answer }) => sum + answer.placed.length, 0)
      const begun = { ...rollout, updated: rollout.updated + placed }
      const others = outcomes.flatMap((one): readonly Outcome[] =>
        isOwn(one) ? placedPart(one) : [one],
      )
      return [...others, ...playRollout(stage, begun, waiting, meter)]
    }, played)
}

const requestOf = ({
  turn: { workload, count, only },
  lowered,
}: Extract<Outcome, { _tag: 'Answered' }>): NamedRequest => ({
  ...{ name: workload.name, class: lowered.class, count },
  ...(only === undefined ? {} : { only }),
})

/** The held pods; those of a DaemonSet, or with an index, are one row, with why the first is. */
export const heldIn = (outcomes: readonly Outcome[]): NodesPlan['held'] => {
  const rows = new Map<string, HeldPods>()
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome._tag !== 'Held' || outcome.turn.count === 0) continue
    const { turn, why } = outcome
    const { name, indices } = turn.workload
    const isOneOf = turn.only !== undefined || indices !== undefined
    const key = isOneOf ? `one of ${titleOf(turn.workload)}` : `${i}`
    const before = rows.get(key) ?? { count: 0, why }
    rows.set(key, { ...before, name, count: before.count + turn.count })
  }
  return [...rows.values()]
}
