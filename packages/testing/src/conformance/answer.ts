/** Our own answers to scenarios. */
import { attemptsOf } from '@stowage/kubernetes'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Answered, ScenarioLine } from './line.js'

/** What the Kubernetes adapter says of a scenario. */
export const answerOf = (scenario: ScenarioLine): Answered => {
  const { id, family } = scenario
  const named = family === undefined ? { id } : { id, family }
  const attempts = attemptsOf(scenario)
  if (E.isLeft(attempts)) {
    const [{ from, at, found, expected }] = attempts.left as [(typeof attempts.left)[number]]
    return { ...named, verdicts: [], error: `${from} ${pathOf(at)}: ${found}, not ${expected}` }
  }
  return {
    ...named,
    verdicts: attempts.right.map(({ verdict }) => verdict),
    nominations: attempts.right.map(({ nominations }) => nominations),
  }
}
