/**
 * Runs a scheduler on scenarios (Kubernetes objects and the pods to schedule) and compares its
 * answers with the answers of kube-scheduler, which were recorded. A scheduler conforms when every
 * refusal, score, set of best nodes and preemption is the same.
 */
import { compareAnswers, type Comparison } from './compare.js'
import type { AnswerLine, SchedulerAnswer, ScenarioLine } from './line.js'

/** How many of the compared items were the same. */
export interface Agreement {
  readonly same: number
  readonly compared: number
}

/** An item that differs, and its scenario. */
export interface Difference extends Comparison {
  readonly id: string
  readonly family: string
}

/** The result of a comparison with recorded answers. */
export interface Conformance {
  /** Number of scenarios that have a recorded answer. */
  readonly compared: number
  /** By family: the pods whose items are all the same. */
  readonly families: ReadonlyMap<string, Agreement>
  /** By plugin: the items that are the same; the empty name is for items without a plugin. */
  readonly plugins: ReadonlyMap<string, Agreement>
  readonly differences: readonly Difference[]
  /** Ids of scenarios without a recorded answer. */
  readonly unanswered: readonly string[]
  /** Ids of recorded answers without a scenario. */
  readonly strays: readonly string[]
  /** Ids of scenarios that were recorded several times, and not always the same. */
  readonly indeterminate?: readonly string[]
}

/** Asks a scheduler for its answer to each scenario, and compares it with the recorded one. */
export const conformance = (
  scenarios: readonly ScenarioLine[],
  recorded: readonly AnswerLine[],
  answering: (scenario: ScenarioLine) => SchedulerAnswer,
): Conformance => {
  const byId = new Map(recorded.map((line) => [line.id, line]))
  const families = new Map<string, Agreement>()
  const plugins = new Map<string, Agreement>()
  const differences: Difference[] = []
  for (const scenario of scenarios) {
    const theirs = byId.get(scenario.id)
    if (theirs === undefined) continue
    const family = scenario.family ?? ''
    const compared = compareAnswers(answering(scenario), theirs)
    for (const one of compared) {
      count(plugins, one.plugin, one.same)
      if (!one.same) differences.push({ ...one, id: scenario.id, family })
    }
    for (const pod of new Set(compared.map((one) => one.pod)))
      if (pod !== '' || compared.some((one) => one.pod === '' && !one.same))
        count(
          families,
          family,
          compared.every((one) => one.pod !== pod || one.same),
        )
  }
  const unanswered = scenarios.filter(({ id }) => !byId.has(id)).map(({ id }) => id)
  const scenarioIds = new Set(scenarios.map(({ id }) => id))
  const strays = recorded.map(({ id }) => id).filter((id) => !scenarioIds.has(id))
  const compared = scenarios.length - unanswered.length
  return { compared, families, plugins, differences, unanswered, strays }
}

/**
 * Whether at least one scenario was compared, nothing differs, and nothing lacks its counterpart.
 */
export const agrees = ({ compared, differences, unanswered, strays }: Conformance): boolean =>
  compared > 0 && differences.length + unanswered.length + strays.length === 0

const count = (by: Map<string, Agreement>, key: string, same: boolean): void => {
  const before = by.get(key) ?? { same: 0, compared: 0 }
  by.set(key, { same: before.same + (same ? 1 : 0), compared: before.compared + 1 })
}
