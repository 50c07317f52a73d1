/** `stowage conform`: what we say of scenarios, or whether it is what another scheduler has said. */
import { shown, type BadDocument } from '@stowage/kernel'
import {
  answerOf,
  conformance,
  type AnswerLine,
  type ScenarioLine,
} from '@stowage/testing/conformance'
import * as E from 'fp-ts/lib/Either.js'
import { readLines, type Line } from '../read/lines.js'
import { conformanceText } from '../show/conformance-text.js'
import { answer, bad, type Outcome } from './outcome.js'

/** Without `against`, an answer for each scenario, a line each. */
export const conformCommand = async (
  path: string,
  against: string | undefined,
): Promise<Outcome> => {
  const scenarios = await linesOf(path, isScenario, 'a scenario: id, objects and pending')
  if (E.isLeft(scenarios)) return bad(scenarios.left)
  if (against === undefined) {
    const answers = scenarios.right.map((scenario) => {
      const { nominations: _, ...line } = answerOf(scenario)
      return JSON.stringify(line)
    })
    return answer(answers.join('\n'), true)
  }
  const recorded = await linesOf(against, isAnswer, 'an answer: id, and verdicts or an error')
  if (E.isLeft(recorded)) return bad(recorded.left)
  const said = conformance(scenarios.right, recorded.right, answerOf)
  const agrees = said.differences.length === 0 && said.unanswered.length === 0
  return answer(conformanceText(said), agrees)
}

const linesOf = async <Read>(
  path: string,
  is: (value: unknown) => value is Read,
  expected: string,
): Promise<E.Either<readonly BadDocument[], readonly Read[]>> => {
  const lines = await readLines(path)
  if (E.isLeft(lines)) return lines
  const wrong = lines.right.filter(({ value }) => !is(value))
  return wrong.length > 0
    ? E.left(wrong.map((line) => misread(line, expected)))
    : E.right(lines.right.map(({ value }) => value).filter(is))
}

const misread = ({ from, value }: Line, expected: string): BadDocument => ({
  from,
  at: [],
  found: shown(value),
  expected,
})

const isScenario = (value: unknown): value is ScenarioLine => {
  const { id, objects, pending } = (value ?? {}) as Partial<ScenarioLine>
  return (
    typeof id === 'string' &&
    Array.isArray(objects) &&
    Array.isArray(pending) &&
    pending.every((name) => typeof name === 'string')
  )
}

const isAnswer = (value: unknown): value is AnswerLine => {
  const { id, verdicts, error } = (value ?? {}) as Partial<AnswerLine>
  return typeof id === 'string' && (Array.isArray(verdicts) || typeof error === 'string')
}
