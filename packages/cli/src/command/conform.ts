/**
 * Runs `stowage conform`: answers recorded scheduling scenarios, objects submitted to an API
 * server, single calls of a controller's rules, or histories of a cluster, and prints a line of
 * JSON for each, or, with `--against`, compares the answers with recorded ones.
 */
import { duplicates, type DocumentFault } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import {
  admission,
  agrees,
  answerOf,
  recordedCases,
  conformance,
  repeatedObjects,
  type AnswerLine,
  type ScenarioLine,
} from '@stowage/testing/conformance'
import type { Faults } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import {
  admissionAnswerLine,
  admissionLine,
  answerLine,
  caseLine,
  karpenterAnswerLine,
  lineFaults,
  lineWithId,
  historyLine,
  scenarioLine,
  settledLine,
  type LineKind,
} from '../read/conform-lines.js'
import { readLines, type Line } from '../read/lines.js'
import { conformanceSection } from '../show/conformance-section.js'
import { jsonText } from '../show/printable-lines.js'
import { sectionText } from '../show/section-text.js'
import type { Answer, Rejection } from './outcome.js'
import type { Request } from './request.js'

/** Compares with the answers of `--against`; without it, prints an answer per scenario. */
export const answerConform = (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  switch (request.subject) {
    case 'admission':
      return answerAdmission(request, stdin)
    case 'cluster-autoscaler':
    case 'hpa':
    case 'workloads':
      return answerCases(request.subject, request, stdin)
    case 'karpenter':
      return answerKarpenter(request, stdin)
    case 'settle':
      return answerHistories(request, stdin)
    default:
      return answerScheduler(request, stdin)
  }
}

const answerScheduler = async (
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const scenarios = await linesOf<ScenarioLine>(path, stdin, scenarioLine)
  if (E.isLeft(scenarios)) return E.left({ faults: scenarios.left, undone })
  const values = scenarios.right.map(({ value }) => value)
  const twice = scenarios.right.flatMap(({ from, value }) =>
    repeatedObjects(value).map((fault) => ({ from, ...fault })),
  )
  if (twice.length > 0) return E.left({ faults: twice, undone })
  if (against === undefined) return E.right(answerLines(path, values, scenarioAnswer))
  const answers = await linesOf<AnswerLine>(against, stdin, answerLine)
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = conformance(values, recorded, answerOf)
  return E.right({ out: sectionText(conformanceSection(report)), isComplete: agrees(report) })
}

const scenarioAnswer = (scenario: ScenarioLine): unknown => {
  const { nominations: _, ...line } = answerOf(scenario)
  return line
}

type AdmissionLine = Parameters<typeof admission.answer>[0]
type AdmissionAnswerLine = ReturnType<typeof admission.answer>

const answerAdmission = async (
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const read = await linesOf<AdmissionLine>(path, stdin, admissionLine)
  if (E.isLeft(read)) return E.left({ faults: read.left, undone })
  const lines = read.right.map(({ value }) => value)
  const texts = new Map(read.right.map(({ value, text }) => [value, text]))
  const answering = (line: AdmissionLine) => admission.answer(line, texts.get(line))
  if (against === undefined) return E.right(answerLines(path, lines, answering))
  const answers = await linesOf<AdmissionAnswerLine>(against, stdin, admissionAnswerLine)
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = admission.compare(lines, recorded, answering)
  const section = conformanceSection(report, ['OBJECTS', 'OUTCOME', 'OBJECTS'])
  return E.right({ out: sectionText(section), isComplete: agrees(report) })
}

type HistoryLine = Parameters<typeof recordedCases.settle.answer>[0]
type SettledLine = ReturnType<typeof recordedCases.settle.answer>

const answerHistories = async (
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const read = await linesOf<HistoryLine>(path, stdin, historyLine)
  if (E.isLeft(read)) return E.left({ faults: read.left, undone })
  const faults = read.right.flatMap(({ value, from }) =>
    recordedCases.settle.faults(value).map((fault) => ({ ...fault, from })),
  )
  if (faults.length > 0) return E.left({ faults, undone })
  const lines = read.right.map(({ value }) => value)
  if (against === undefined) return E.right(answerLines(path, lines, recordedCases.settle.answer))
  const answers = await linesOf<SettledLine>(against, stdin, settledLine)
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = recordedCases.settle.compare(lines, recorded, recordedCases.settle.answer)
  const section = conformanceSection(report, ['HISTORIES'])
  return E.right({ out: sectionText(section), isComplete: agrees(report) })
}

type CaseLine = Parameters<typeof recordedCases.answer>[1]

const answerCases = async (
  subject: keyof typeof recordedCases.functions,
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const functions = recordedCases.functions[subject]
  const kinds = Object.keys(functions)
  const expected = `a case: id, kind and input, of the kinds ${kinds.join(', ')}`
  const read = await linesOf<CaseLine>(path, stdin, caseLine(expected, kinds))
  if (E.isLeft(read)) return E.left({ faults: read.left, undone })
  const faults = read.right.flatMap(({ value, from }) =>
    recordedCases.faults[subject](value).map((fault) => ({ ...fault, from })),
  )
  if (faults.length > 0) return E.left({ faults, undone })
  const lines = read.right.map(({ value }) => value)
  const answering = (line: CaseLine) => recordedCases.answer(functions, line)
  if (against === undefined) return E.right(answerLines(path, lines, answering))
  const answers = await linesOf<CaseLine>(
    against,
    stdin,
    caseLine('a recorded case: id, kind and output'),
  )
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = recordedCases.compare(functions, lines, recorded)
  const section = conformanceSection(report, ['CASES'])
  return E.right({ out: sectionText(section), isComplete: agrees(report) })
}

type KarpenterLine = Parameters<typeof recordedCases.karpenter.answer>[0]
type KarpenterAnswer = ReturnType<typeof recordedCases.karpenter.answer>

const answerKarpenter = async (
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const read = await linesOf<KarpenterLine>(path, stdin, lineWithId('a scenario: id'))
  if (E.isLeft(read)) return E.left({ faults: read.left, undone })
  const faults = read.right.flatMap(({ value, from }) =>
    recordedCases.karpenter.faults(value).map((fault) => ({ ...fault, from })),
  )
  if (faults.length > 0) return E.left({ faults, undone })
  const lines = read.right.map(({ value }) => value)
  if (against === undefined)
    return E.right(answerLines(path, lines, recordedCases.karpenter.answer))
  const answers = await linesOf<KarpenterAnswer>(against, stdin, karpenterAnswerLine)
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = recordedCases.karpenter.compare(lines, recorded)
  const section = conformanceSection(report, ['SCENARIOS'])
  return E.right({ out: sectionText(section), isComplete: agrees(report) })
}

/** A line of JSON per scenario. No scenario is an error, as no answer would look like agreement. */
const answerLines = <Value>(
  path: string,
  scenarios: readonly Value[],
  answering: (scenario: Value) => unknown,
): Answer => {
  if (scenarios.length === 0) {
    const error = `stowage: nothing was answered: no scenario in ${path}`
    return { error, isComplete: false }
  }
  const answers = scenarios.map((scenario) => jsonText(answering(scenario)))
  return { out: answers.join('\n'), isComplete: true }
}

/** The value of a line, its text, and where it is. */
interface Valued<Value> {
  /** The file and the line. */
  readonly from: string
  readonly value: Value
  readonly text: string
}

/** The values of all lines: each of the expected form, each with an id of its own. */
const linesOf = async <Value extends { readonly id: string }>(
  path: string,
  stdin: Stdin,
  kind: LineKind,
): Promise<E.Either<Faults, readonly Valued<Value>[]>> => {
  const lines = await readLines(path, stdin)
  if (E.isLeft(lines)) return lines
  const wrong = lines.right.flatMap((line) => lineFaults(kind, line))
  if (wrong.length > 0) return E.left(wrong)
  const values = lines.right.map((line) => ({ ...line, value: line.value as Value }))
  const repeats = duplicates(values, ({ value: { id } }) => id)
  if (repeats.length === 0) return E.right(values)
  return E.left(repeats.map(({ item, index }) => repeatedId(item.value, lines.right[index]!)))
}

const repeatedId = ({ id }: { readonly id: string }, { from }: Line): DocumentFault => ({
  from,
  at: ['id'],
  found: shown(id),
  expected: 'an id that no line before has',
})
