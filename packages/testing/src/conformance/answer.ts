/**
 * Answers a scenario (Kubernetes objects and the pods to schedule) with `@stowage/kubernetes`:
 * returns the verdict on each pod, or why the scenario is malformed.
 */
import type { DocumentFault } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { ScenarioLine, SchedulerAnswer } from './line.js'
import { attemptsOf } from './scenario.js'

/** The verdict of `@stowage/kubernetes` on each pod of a scenario, or why it is malformed. */
export const answerOf = (scenario: ScenarioLine): SchedulerAnswer => {
  const { id, family } = scenario
  const named = family === undefined ? { id } : { id, family }
  const attempts = attemptsOf(scenario)
  if (E.isLeft(attempts)) {
    const [first] = attempts.left as readonly [DocumentFault]
    return { ...named, verdicts: [], error: errorOf(first) }
  }
  return {
    ...named,
    verdicts: attempts.right.map(({ verdict }) => verdict),
    nominations: attempts.right.map(({ nominations }) => nominations),
  }
}

const errorOf = ({ from, at, found, expected }: DocumentFault): string => {
  const place = at.length === 0 ? from : `${from} ${pathOf(at)}`
  return `${place}: ${found}, not ${expected}`
}
