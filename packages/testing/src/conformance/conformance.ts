/**
 * Whether a scheduler agrees with recorded answers: of every scenario, every refusal, score, best
 * set and preemption.
 */
import { comparedIn, type Compared } from './compare.js'
import type { AnswerLine, Answered, ScenarioLine } from './line.js'

/** How many of so many were the same. */
export interface Agreed {
  readonly same: number
  readonly compared: number
}

/** One thing that is not the same, and where. */
export interface Difference extends Compared {
  readonly id: string
  readonly family: string
}

export interface Conformance {
  /** Scenarios that were compared: where there are none, nothing is known. */
  readonly compared: number
  /** Pods by family, of which all was the same. */
  readonly families: ReadonlyMap<string, Agreed>
  /** Refusals and scores by plugin; what no plugin says alone goes by an empty name. */
  readonly plugins: ReadonlyMap<string, Agreed>
  readonly differences: readonly Difference[]
  /** Scenarios of which there is no recorded answer. */
  readonly unanswered: readonly string[]
  /** Recorded answers of which there is no scenario. */
  readonly unasked: readonly string[]
}

/**
 * Asks the scheduler about each scenario, and compares what it says with the recorded answer of the
 * same id.
 */
export const conformance = (
  scenarios: readonly ScenarioLine[],
  recorded: readonly AnswerLine[],
  answering: (scenario: ScenarioLine) => Answered,
): Conformance => {
  const byId = new Map(recorded.map((line) => [line.id, line]))
  const families = new Map<string, Agreed>()
  const plugins = new Map<string, Agreed>()
  const differences: Difference[] = []
  for (const scenario of scenarios) {
    const theirs = byId.get(scenario.id)
    if (theirs === undefined) continue
    const family = scenario.family ?? ''
    const compared = comparedIn(answering(scenario), theirs)
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
  const asked = new Set(scenarios.map(({ id }) => id))
  const unasked = recorded.map(({ id }) => id).filter((id) => !asked.has(id))
  const compared = scenarios.length - unanswered.length
  return { compared, families, plugins, differences, unanswered, unasked }
}

/** Whether two schedulers agree: on something at least, and on everything that either was asked. */
export const agrees = ({ compared, differences, unanswered, unasked }: Conformance): boolean =>
  compared > 0 && differences.length + unanswered.length + unasked.length === 0

const count = (by: Map<string, Agreed>, key: string, same: boolean): void => {
  const before = by.get(key) ?? { same: 0, compared: 0 }
  by.set(key, { same: before.same + (same ? 1 : 0), compared: before.compared + 1 })
}
