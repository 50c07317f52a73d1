/**
 * Runs `stowage conform`: decides recorded scheduling scenarios and prints a line of JSON for each,
 * or, with `--against`, compares the decisions with the recorded answers of another scheduler.
 */
import { duplicates, type DocumentFault } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import {
  agrees,
  answerOf,
  conformance,
  type AnswerLine,
  type ScenarioLine,
} from '@stowage/testing/conformance'
import type { Faults } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { readLines, type Line } from '../read/lines.js'
import { conformanceSection } from '../show/conformance-section.js'
import { sectionText } from '../show/section-text.js'
import type { Answer, Rejection } from './outcome.js'
import type { Request } from './request.js'

/** Compares with the answers of `--against`; without it, prints an answer per scenario. */
export const answerConform = async (
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const scenarios = await linesOf(path, stdin, isScenario, 'a scenario: id, objects and pending')
  if (E.isLeft(scenarios)) return E.left({ faults: scenarios.left, undone })
  if (against === undefined) return E.right(answerLines(path, scenarios.right))
  const answers = await linesOf(against, stdin, isAnswer, 'an answer: id, and verdicts or an error')
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const report = conformance(scenarios.right, answers.right, answerOf)
  return E.right({ out: sectionText(conformanceSection(report)), isComplete: agrees(report) })
}

/** A line of JSON per scenario. No scenario is an error, as no answer would look like agreement. */
const answerLines = (path: string, scenarios: readonly ScenarioLine[]): Answer => {
  if (scenarios.length === 0) {
    const error = `stowage: nothing was answered: no scenario in ${path}`
    return { error, isComplete: false }
  }
  const answers = scenarios.map((scenario) => {
    const { nominations: _, ...line } = answerOf(scenario)
    return JSON.stringify(line)
  })
  return { out: answers.join('\n'), isComplete: true }
}

/** The values of all lines: each of the expected form, each with an id of its own. */
const linesOf = async <Value extends { readonly id: string }>(
  path: string,
  stdin: Stdin,
  is: (value: unknown) => value is Value,
  expected: string,
): Promise<E.Either<Faults, readonly Value[]>> => {
  const lines = await readLines(path, stdin)
  if (E.isLeft(lines)) return lines
  const wrong = lines.right.filter(({ value }) => !is(value))
  if (wrong.length > 0) return E.left(wrong.map((line) => otherForm(line, expected)))
  const values = lines.right.map(({ value }) => value).filter(is)
  const repeats = duplicates(values, ({ id }) => id)
  if (repeats.length === 0) return E.right(values)
  return E.left(repeats.map(({ item, index }) => repeatedId(item, lines.right[index]!)))
}

const repeatedId = ({ id }: { readonly id: string }, { from }: Line): DocumentFault => ({
  from,
  at: ['id'],
  found: shown(id),
  expected: 'an id that no line before has',
})

const otherForm = ({ from, value }: Line, expected: string): DocumentFault => ({
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
