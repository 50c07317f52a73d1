/**
 * Answers the question `diff`: compares the plans of two inputs, or of one input before and after a
 * change. The answer lists (1) the replicas that move, that lose their node, or that get one; (2)
 * the machines that are added, removed or loaded differently; (3) both costs.
 */
import {
  collectAll,
  ignoredOrder,
  type IgnoredDocument,
  type SourceDocument,
  type Warning,
} from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Bill } from '../bill/bill.js'
import { applyChange, type AppliedChange } from '../change/change.js'
import { uniqueWarnings } from '../compare/comparison.js'
import { replicaCounts, type PlatformPlan, type ReplicaCounts } from '../platform/plan.js'
import { platformIds, type Platform } from '../platform/platform.js'
import { planWorkloads, type PlanOptions } from '../question/plan.js'
import type { Plans, SupplyPlans } from '../question/plans.js'
import type { QuestionInput } from '../question/question.js'
import { questionAbout } from '../question/texts.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { machineDifferences, type MachineDifference } from './machine-difference.js'
import { placesIn } from './places.js'
import { moreUnplaced, workloadDifference, type WorkloadDifference } from './workload-difference.js'

/** What is another on the second side; what is absent is as on the first. */
export interface OtherSide {
  readonly documents?: TextSet
  /** Documents that replace those of the same identity, or are added. */
  readonly change?: TextSet
  /** Names of Kubernetes nodes that are taken away. */
  readonly withoutNodes?: readonly string[]
}

/** The answer to `diff`. */
export interface Differences {
  readonly differences: readonly PlanDifference[]
  /** What the change has replaced and added; absent without a change. */
  readonly change?: Pick<AppliedChange, 'replaced' | 'added'>
  readonly ignored: readonly IgnoredDocument[]
  /** Whether no workload has more replicas without a place than before. */
  readonly isPlaced: boolean
}

/** The difference of two plans of one platform on one supply. */
export interface PlanDifference {
  readonly platform: Platform
  readonly supply: 'machines' | 'fargate'
  readonly before: SideSummary
  readonly after: SideSummary
  /** Those that differ, by name. */
  readonly workloads: readonly WorkloadDifference[]
  /** How many workloads are placed alike. */
  readonly alike: number
  /** Those that differ, by name. */
  readonly machines: readonly MachineDifference[]
  /** Of both plans. */
  readonly warnings: readonly Warning[]
}

/** One side in numbers. */
export interface SideSummary {
  readonly replicas: ReplicaCounts
  readonly machines: number
  /** Absent without prices. */
  readonly bill?: Bill
}

/**
 * Plans both sides. With a change both sides play the rollouts that wait, unless the input says
 * otherwise: new pods of a changed template need room. On the second side the machines of
 * `addNodes` are there, too. A `Left` has the faults of both inputs, or of one input and then of
 * its change.
 */
export const diffPlans = (
  given: QuestionInput,
  other: OtherSide,
  options: PlanOptions,
): E.Either<Faults, Differences> => {
  const input = { ...given, rollouts: given.rollouts ?? other.change !== undefined }
  const texts = [input.documents, other.documents, other.change].map((set) => set?.texts ?? [])
  const parsed = collectAll(texts.map(documentsOf))
  if (E.isLeft(parsed)) return parsed
  const [own = [], others = [], changes = []] = parsed.right
  const before = planSide(own, input, options)
  const after = afterInput(input, other)
  if (other.documents !== undefined) {
    const sides = collectAll([before, planSide(others, after, options)])
    return E.isLeft(sides)
      ? E.left(uniqueFaults(sides.left))
      : E.right(differencesOf(...sides.right))
  }
  if (E.isLeft(before)) return before
  const change = applyChange(own, changes)
  if (E.isLeft(change)) return change
  const { documents, replaced, added, files } = change.right
  const changed = planSide(documents, after, options)
  if (E.isLeft(changed))
    return E.left(
      changed.left.map((fault) => ({ ...fault, from: files.get(fault.from) ?? fault.from })),
    )
  const differences = differencesOf(before.right, changed.right)
  return E.right(
    other.change === undefined ? differences : { ...differences, change: { replaced, added } },
  )
}

/** The plans of one side; what was read for them is not kept, as it is large. */
const planSide = (
  documents: readonly SourceDocument[],
  input: QuestionInput,
  options: PlanOptions,
): E.Either<Faults, Plans> => {
  const question = questionAbout(documents, input)
  return E.isLeft(question) ? question : planWorkloads(question.right, options)
}

/** Faults of an option are those of both sides. */
const uniqueFaults = (faults: Faults): Faults => [
  ...new Map(faults.map((one) => [JSON.stringify(one), one])).values(),
]

const afterInput = (
  input: QuestionInput,
  { documents, change, withoutNodes = [] }: OtherSide,
): QuestionInput => {
  const texts = documents ?? input.documents
  const ignored = [...(texts.ignored ?? []), ...(change?.ignored ?? [])]
  return {
    ...input,
    documents: { ...texts, ignored },
    machines: { ...input.machines, fleet: input.machines.grownFleet },
    withoutNodes: [...(input.withoutNodes ?? []), ...withoutNodes],
  }
}

/** The differences of two answers to `plan`, platform by platform and supply by supply. */
export const differencesOf = (before: Plans, after: Plans): Differences => {
  const differences = platformIds.flatMap((id) => {
    const of = ({ plans }: Plans): SupplyPlans | undefined =>
      plans.find(({ platform }) => platform.id === id)
    const [old, next] = [of(before), of(after)]
    const platform = (old ?? next)?.platform
    return platform === undefined
      ? []
      : supplies.flatMap((supply) => differenceOn(platform, supply, old, next))
  })
  const ignored = new Map(
    [...before.ignored, ...after.ignored].map((one) => [JSON.stringify(one), one]),
  )
  return {
    differences,
    ignored: RA.sort(ignoredOrder)([...ignored.values()]),
    isPlaced: differences.every(({ workloads }) =>
      workloads.every((one) => moreUnplaced(one) <= 0),
    ),
  }
}

const supplies = ['machines', 'fargate'] as const

/** A side without such a plan has nothing placed there. */
const differenceOn = (
  platform: Platform,
  supply: PlanDifference['supply'],
  before: SupplyPlans | undefined,
  after: SupplyPlans | undefined,
): readonly PlanDifference[] => {
  if (before?.[supply] === undefined && after?.[supply] === undefined) return []
  const [old, next] = [before?.[supply] ?? noPlan, after?.[supply] ?? noPlan]
  const [oldPlaces, nextPlaces] = [placesIn(old), placesIn(next)]
  const names = [...new Set([...oldPlaces.keys(), ...nextPlaces.keys()])].sort(byCodeUnit)
  const workloads = names.flatMap(
    (name) => workloadDifference(name, oldPlaces.get(name), nextPlaces.get(name)) ?? [],
  )
  return [
    {
      ...{ platform, supply, workloads, alike: names.length - workloads.length },
      before: summaryOf(old, before?.bills?.[supply]),
      after: summaryOf(next, after?.bills?.[supply]),
      machines: machineDifferences(old.plan.nodes, next.plan.nodes),
      warnings: uniqueWarnings([...old.warnings, ...next.warnings]),
    },
  ]
}

const noPlan: PlatformPlan = {
  plan: { nodes: [], unplaced: [] },
  ...{ vended: [], launched: [], refused: [], held: [], preemptions: [], warnings: [] },
}

const summaryOf = (plan: PlatformPlan, bill: Bill | undefined): SideSummary => ({
  replicas: replicaCounts(plan),
  machines: plan.plan.nodes.length,
  ...(bill === undefined ? {} : { bill }),
})
