/** Our own answers to scenarios. */
import { pathOf, type BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Answered, ScenarioLine } from './line.js'
import { attemptsOf } from './scenario.js'

/** What the Kubernetes adapter says of a scenario. */
export const answerOf = (scenario: ScenarioLine): Answered => {
  const { id, family } = scenario
  const named = family === undefined ? { id } : { id, family }
  const attempts = attemptsOf(scenario)
  if (E.isLeft(attempts)) {
    const [first] = attempts.left as readonly [BadDocument]
    return { ...named, verdicts: [], error: errorOf(first) }
  }
  return {
    ...named,
    verdicts: attempts.right.map(({ verdict }) => verdict),
    nominations: attempts.right.map(({ nominations }) => nominations),
  }
}

const errorOf = ({ from, at, found, expected }: BadDocument): string => {
  const place = at.length === 0 ? from : `${from} ${pathOf(at)}`
  return `${place}: ${found}, not ${expected}`
}
