/**
 * Answers the question `explain`: finds the workloads that a name may mean, and explains for each
 * workload why one of its replicas gets its machine, or gets none.
 */
import { nearestNames, type DocumentFault, type Warning } from '@stowage/documents'
import type { VendedTasks } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { NodeExplanation, Note } from '../platform/explanation.js'
import type { PlatformPlan, Refusal } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import { moreMachines, type MoreMachines } from './more-machines.js'
import { noMachines, type Question, type QuestionPart } from './question.js'

/** The answer to `explain`: an explanation for each workload that the name may mean. */
export interface Explanations {
  readonly explanations: readonly WorkloadExplanation[]
  /** Whether every replica that is explained has a place. */
  readonly isPlaced: boolean
}

/** The explanation of one workload, and its platform. */
export type WorkloadExplanation = (NodeExplanation | FargateExplanation | Note) & {
  readonly platform: Platform
  /** One more machine of a kind that is there and would give places to replicas without one. */
  readonly more?: readonly MoreMachines[]
}

/** A workload that gets no machine: it is on Fargate, or `refused` and `warnings` say why not. */
export interface FargateExplanation {
  readonly _tag: 'OnFargate'
  readonly name: string
  readonly vended: readonly VendedTasks[]
  readonly launched: PlatformPlan['launched']
  /** The Fargate profile that selects it, if one does. */
  readonly profile?: string
  readonly refused: readonly Refusal[]
  readonly warnings: readonly Warning[]
}

/** A platform's part of the question and the full name of a workload in it. */
interface Subject extends QuestionPart {
  readonly name: string
}

/**
 * Explains every workload that the text may mean; with `fargate` as if all ran there. A `Left` says
 * that there is no such workload, or which platforms need machines and have none.
 */
export const explainWorkload = (
  question: Question,
  name: string,
  { fargate }: { readonly fargate: boolean },
): E.Either<Faults, Explanations> => {
  const subjects = question.parts.flatMap((part) =>
    part.planner.find(name).map((fullName) => ({ ...part, name: fullName })),
  )
  if (subjects.length === 0) return E.left([unknownName('explain', name, question)])
  const explanations = subjects.map((subject) => explain(subject, fargate))
  const withoutMachines = subjects.filter(
    (subject, i) => !fargate && lacksMachines(subject, explanations[i]!),
  )
  if (withoutMachines.length > 0) return E.left(withoutMachines.map(noMachines))
  return E.right({
    explanations: explanations.map((one) => withMore(question, one)),
    isPlaced: explanations.every(hasPlace),
  })
}

/** One more machine is tried for what finds no place on those that are there. */
const withMore = (question: Question, explanation: WorkloadExplanation): WorkloadExplanation => {
  if (explanation._tag !== 'Explained' || hasPlace(explanation)) return explanation
  const { platform, name } = explanation
  return { ...explanation, more: moreMachines(question, platform.id, name) }
}

/** The fault of a name that no workload of the question has; `from` is the question. */
export const unknownName = (from: string, name: string, { parts }: Question): DocumentFault => {
  const names = new Set(parts.flatMap(({ planner }) => planner.near(name)))
  const near = nearestNames(name, names, name.length)
  const suggestion = near.length === 0 ? '' : `, such as ${near.join(', ')}`
  return {
    from,
    at: [],
    found: JSON.stringify(name),
    expected: `the name of a workload${suggestion}`,
  }
}

/** In this order: where it runs already, on which machine it would go, what Fargate makes of it. */
const explain = (subject: Subject, fargate: boolean): WorkloadExplanation => {
  const { platform, planner, name } = subject
  const there = planner.explainThere?.(name) ?? O.none
  if (O.isSome(there)) return { platform, ...there.value }
  const onMachines = fargate || !planner.hasMachines ? O.none : planner.explainOnMachines(name)
  if (O.isSome(onMachines)) return { platform, ...onMachines.value }
  return explainByPlan(subject, fargate ? planner.onFargate(name) : planner.onMachines())
}

const explainByPlan = (
  { platform, planner, name }: Subject,
  plan: PlatformPlan,
): WorkloadExplanation => {
  const planName = planner.planNameOf(name)
  const isOwn = (row: { readonly name: string }): boolean => row.name === planName
  const replica = plan.onFargate?.find(isOwn)
  return {
    _tag: 'OnFargate',
    platform,
    name,
    ...(replica === undefined ? {} : { profile: replica.fargateProfileName }),
    vended: plan.vended.filter(isOwn),
    launched: plan.launched.filter(isOwn),
    refused: plan.refused.filter(isOwn),
    warnings: plan.warnings.filter(({ subject }) => subject.endsWith(planName)),
  }
}

/** It needs machines, and there are none. */
const lacksMachines = ({ planner }: Subject, explanation: WorkloadExplanation): boolean =>
  !planner.hasMachines &&
  explanation._tag === 'OnFargate' &&
  explanation.vended.length + explanation.refused.length === 0

/** A replica that runs has its place, even if it would find none now. */
const hasPlace = (explanation: WorkloadExplanation): boolean => {
  switch (explanation._tag) {
    case 'Explained':
      return explanation.on !== undefined || explanation.explanation.chosen !== undefined
    case 'OnFargate':
      return explanation.vended.length > 0 && explanation.refused.length === 0
    case 'Note':
      return explanation.placed
  }
}
