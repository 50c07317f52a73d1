/**
 * Formats an answer as sections (lines and tables without layout) or as JSON. The answer to the
 * question `plan` is formatted elsewhere, in `plan-sections.ts` and `plan-json.ts`.
 */
import type { ContainerInstance } from '@stowage/ecs'
import type { AutoscaleAnswer } from '../autoscale/question.js'
import type { Comparisons } from '../compare/comparison.js'
import type { Capacities, Headrooms } from '../question/capacity.js'
import type { Consolidations } from '../question/consolidate.js'
import type { Drains } from '../question/drain.js'
import { differencesOf, type Differences } from '../difference/difference.js'
import type { MachineTypes } from '../question/machine-types.js'
import type { Explanations } from '../question/explain.js'
import type { ReplayAnswer } from '../rollout/replay.js'
import type { Rollouts } from '../rollout/rollout.js'
import type { Provisions } from '../question/provision.js'
import { placeFaults } from '../text/fault-line.js'
import type { Section } from '../block/block.js'
import { autoscaledJson, autoscaledSections } from '../autoscale/sections.js'
import {
  capacitiesJson,
  capacitySections,
  headroomSections,
  headroomsJson,
} from './capacity-sections.js'
import { comparisonsJson } from './comparison-json.js'
import { comparisonSections } from './comparison-sections.js'
import { consolidateSections, consolidationsJson } from './consolidate-sections.js'
import { differencesJson, differenceSections } from './difference-sections.js'
import { drainsJson, drainSections } from './drain-sections.js'
import { machineTypesJson, machineTypeSections } from './machine-types.js'
import { explanationsJson, explanationSections } from './explanation-sections.js'
import { instancesJson, instanceSections } from './instances.js'
import type { PlanView } from './plan-view.js'
import { provisionSections, provisionsJson } from './provision-sections.js'
import { replayJson, replaySections } from './replay-sections.js'
import { rolloutsJson, rolloutSections } from './rollout-sections.js'

/** An answer to any question but `plan`. */
export type ViewedAnswer =
  | Capacities
  | Headrooms
  | Explanations
  | Comparisons
  | Consolidations
  | Differences
  | Drains
  | MachineTypes
  | Provisions
  | Rollouts
  | ReplayAnswer
  | AutoscaleAnswer
  | readonly ContainerInstance[]

/**
 * The answer as sections; `allNodes` gives every machine or moment a row, `isWide` names every
 * subject of a warning.
 */
export const answerSections = (
  answer: ViewedAnswer,
  view: Pick<PlanView, 'allNodes' | 'isWide'> = {},
): readonly Section[] => {
  if ('capacities' in answer) return capacitySections(answer, view)
  if ('headrooms' in answer) return headroomSections(answer, view)
  if ('explanations' in answer) return explanationSections(answer, view)
  if ('differences' in answer) return differenceSections(answer, view)
  if ('consolidations' in answer) return consolidateSections(answer, view)
  if ('drains' in answer) return drainSections(answer, view)
  if ('provisions' in answer) return provisionSections(answer, view)
  if ('types' in answer) return machineTypeSections(answer, view)
  if ('rollouts' in answer) return rolloutSections(answer, view)
  if ('replays' in answer) return replaySections(answer, view)
  if ('plays' in answer) return autoscaledSections(answer, view)
  return 'comparisons' in answer ? comparisonSections(answer, view) : instanceSections(answer)
}

/** What a page shows beside a plan: sections of three questions, what moves, placed faults. */
export const answerParts = {
  sectionsOf: {
    comparison: comparisonSections,
    difference: differenceSections,
    explanation: explanationSections,
  },
  differencesOf,
  placeFaults,
}

/** The answer as JSON, with every machine. */
export const answerJson = (answer: ViewedAnswer): object => {
  if ('capacities' in answer) return capacitiesJson(answer)
  if ('headrooms' in answer) return headroomsJson(answer)
  if ('explanations' in answer) return explanationsJson(answer)
  if ('differences' in answer) return differencesJson(answer)
  if ('consolidations' in answer) return consolidationsJson(answer)
  if ('drains' in answer) return drainsJson(answer)
  if ('provisions' in answer) return provisionsJson(answer)
  if ('types' in answer) return machineTypesJson(answer)
  if ('rollouts' in answer) return rolloutsJson(answer)
  if ('replays' in answer) return replayJson(answer)
  if ('plays' in answer) return autoscaledJson(answer)
  return 'comparisons' in answer ? comparisonsJson(answer) : instancesJson(answer)
}
