/**
 * `stowage conform`: what we say of scenarios, or whether it is what another scheduler has said.
 */
import { shown, type BadDocument } from '@stowage/kernel'
import {
  agrees,
  answerOf,
  conformance,
  type AnswerLine,
  type ScenarioLine,
} from '@stowage/testing/conformance'
import * as E from 'fp-ts/lib/Either.js'
import { readLines, type Line } from '../read/lines.js'
import { conformanceText } from '../show/conformance-text.js'
import { answer, bad, type Outcome } from './outcome.js'

type Stdin = () => Promise<string>

/** Without `against`, an answer for each scenario, a line each. */
export const conformCommand = async (
  path: string,
  against: string | undefined,
  stdin: Stdin,
): Promise<Outcome> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const scenarios = await linesOf(path, stdin, isScenario, 'a scenario: id, objects and pending')
  if (E.isLeft(scenarios)) return bad(scenarios.left, undone)
  if (against === undefined) return answered(path, scenarios.right)
  const recorded = await linesOf(
    against,
    stdin,
    isAnswer,
    'an answer: id, and verdicts or an error',
  )
  if (E.isLeft(recorded)) return bad(recorded.left, undone)
  const said = conformance(scenarios.right, recorded.right, answerOf)
  return answer(conformanceText(said), agrees(said))
}

/** No scenario is no answer, which a line would be. */
const answered = (path: string, scenarios: readonly ScenarioLine[]): Outcome => {
  if (scenarios.length === 0)
    return { out: '', error: `stowage: nothing was answered: no scenario in ${path}\n`, status: 1 }
  const answers = scenarios.map((scenario) => {
    const { nominations: _, ...line } = answerOf(scenario)
    return JSON.stringify(line)
  })
  return answer(answers.join('\n'), true)
}

const linesOf = async <Read extends { readonly id: string }>(
  path: string,
  stdin: Stdin,
  is: (value: unknown) => value is Read,
  expected: string,
): Promise<E.Either<readonly BadDocument[], readonly Read[]>> => {
  const lines = await readLines(path, stdin)
  if (E.isLeft(lines)) return lines
  const wrong = lines.right.filter(({ value }) => !is(value))
  if (wrong.length > 0) return E.left(wrong.map((line) => misread(line, expected)))
  const values = lines.right.map(({ value }) => value).filter(is)
  const first = new Map(values.map(({ id }, i) => [id, i] as const).reverse())
  const twice = lines.right.filter((_, i) => first.get(values[i]!.id) !== i)
  return twice.length > 0 ? E.left(twice.map(repeated)) : E.right(values)
}

/** Which of them was meant can not be known. */
const repeated = ({ from, value }: Line): BadDocument => ({
  from,
  at: ['id'],
  found: shown((value as { readonly id: string }).id),
  expected: 'an id that no line before has',
})

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
