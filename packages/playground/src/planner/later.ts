/**
 * Answers all questions except the plan: explanations, tables, what moved since the previous plan,
 * the price list, and the line of each error in the input. This is a separate bundle, which is
 * loaded with the first such question.
 */
import {
  answerParts,
  compareWorlds,
  explainWorkload,
  planSections,
  readPrices,
  type Faults,
  type Plans,
  type PriceList,
  type Question,
  type Section,
} from '@stowage/workbench'
import type { PlanInput } from '../share/input.js'
import type { PlacedFault } from './message.js'

const { differencesOf, placeFaults, sectionsOf } = answerParts

/** What a plan was of. */
export interface PlannedInput {
  readonly question: Question
  readonly plans: Plans
  readonly prices: PriceList | undefined
}

/** What faults call the list of prices. */
const pricesFile = 'prices'

/** The list of prices of an input that has one. */
export const priceListOf = (text: string): ReturnType<typeof readPrices> =>
  readPrices({ from: pricesFile, texts: [{ file: pricesFile, text }] })

/** Each fault with its line. */
export const placedFaults = (
  faults: Faults,
  { files, prices }: Pick<PlanInput, 'files' | 'prices'>,
): readonly PlacedFault[] => placeFaults(faults, [...files, { file: pricesFile, text: prices }])

/** Why one replica of a workload goes where it goes. */
export const explanationOf = (
  question: Question,
  name: string,
  fargate: boolean,
): readonly Section[] => {
  const explanation = explainWorkload(question, name, { fargate })
  return explanation._tag === 'Right' ? sectionsOf.explanation(explanation.right) : []
}

/** What is other than in the plans before. */
export const movesOf = (
  before: Plans,
  after: Plans,
): { readonly moves: readonly Section[]; readonly changedMachines: readonly string[] } => {
  const all = differencesOf(before, after)
  const differences = all.differences.filter(
    ({ workloads, machines }) => workloads.length + machines.length > 0,
  )
  return {
    moves: differences.length === 0 ? [] : sectionsOf.difference({ ...all, differences }, {}),
    changedMachines: differences.flatMap(({ machines }) => machines.map(({ name }) => name)),
  }
}

/** The plan as tables, and, of platforms that compare worlds, EC2 and Fargate side by side. */
export const tablesOf = ({ question, plans, prices }: PlannedInput): readonly Section[] => {
  const parts = question.parts.filter(
    ({ planner }) => planner.worlds !== undefined && planner.hasMachines,
  )
  const worlds = compareWorlds({ ...question, parts }, prices)
  return [
    ...planSections(plans),
    ...(worlds._tag === 'Right' && parts.length > 0 ? sectionsOf.comparison(worlds.right) : []),
  ]
}
