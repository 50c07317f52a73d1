/**
 * Runs `stowage conform`: computes Stowage's answer to each recorded test case, and prints it as
 * one line of JSON. With `--against`, compares the answers with recorded ones, such as those of
 * kube-scheduler, and prints how far they agree. The first argument is the kind of test case, such
 * as `karpenter`, `hpa` (autoscaler) or `admission` (objects sent to an API server).
 */
import { duplicates, type DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
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
      return answerWith(admissions, request, stdin)
    case 'cluster-autoscaler':
    case 'hpa':
    case 'workloads':
      return answerWith(casesOf(request.subject), request, stdin)
    case 'karpenter':
      return answerWith(nodeClaims, request, stdin)
    case 'settle':
      return answerWith(histories, request, stdin)
    default:
      return answerWith(schedules, request, stdin)
  }
}

/** A format of recorded lines: how they are read, answered, and compared with recorded answers. */
interface Recording<Line, RecordedLine, Own> {
  readonly lines: LineKind
  readonly recorded: LineKind
  /** What is wrong with a line that has the right form. */
  readonly faults: (line: Line) => readonly Omit<DocumentFault, 'from'>[]
  readonly answer: (line: Line, text: string) => Own
  readonly compare: (
    lines: readonly Line[],
    recorded: readonly RecordedLine[],
    answering: (line: Line) => Own,
  ) => Parameters<typeof agrees>[0]
  /** Whether one id may have several recorded answers, one of each run. */
  readonly hasRuns?: boolean
  /** The titles of the table of agreement. */
  readonly titles?: Parameters<typeof conformanceSection>[1]
}

type IdentifiedLine = { readonly id: string }

const answerWith = async <Line extends IdentifiedLine, RecordedLine extends IdentifiedLine, Own>(
  recording: Recording<Line, RecordedLine, Own>,
  { paths: [path = ''], flags: { against } }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = against === undefined ? 'answered' : 'compared'
  const read = await linesOf<Line>(path, stdin, recording.lines)
  if (E.isLeft(read)) return E.left({ faults: read.left, undone })
  const faults = read.right.flatMap(({ value, from }) =>
    recording.faults(value).map((fault) => ({ ...fault, from })),
  )
  if (faults.length > 0) return E.left({ faults, undone })
  const lines = read.right.map(({ value }) => value)
  const texts = new Map(read.right.map(({ value, text }) => [value, text]))
  const answering = (line: Line): Own => recording.answer(line, texts.get(line) ?? '')
  if (against === undefined) return E.right(answerLines(path, lines, answering))
  const answers = await linesOf<RecordedLine>(against, stdin, recording.recorded, recording.hasRuns)
  if (E.isLeft(answers)) return E.left({ faults: answers.left, undone })
  const recorded = answers.right.map(({ value }) => value)
  const report = recording.compare(lines, recorded, answering)
  const section = conformanceSection(report, recording.titles)
  return E.right({ out: sectionText(section), isComplete: agrees(report) })
}

const schedules: Recording<ScenarioLine, AnswerLine, unknown> = {
  lines: scenarioLine,
  recorded: answerLine,
  faults: repeatedObjects,
  answer: (scenario) => {
    const { nominations: _, ...line } = answerOf(scenario)
    return line
  },
  compare: (scenarios, recorded) => conformance(scenarios, recorded, answerOf),
}

type AdmissionAnswerLine = ReturnType<typeof admission.answer>

const admissions: Recording<
  Parameters<typeof admission.answer>[0],
  AdmissionAnswerLine,
  AdmissionAnswerLine
> = {
  lines: admissionLine,
  recorded: admissionAnswerLine,
  faults: () => [],
  answer: admission.answer,
  compare: admission.compare,
  titles: ['OBJECTS', 'OUTCOME', 'OBJECTS'],
}

type SettledLine = ReturnType<typeof recordedCases.settle.answer>

const histories: Recording<
  Parameters<typeof recordedCases.settle.answer>[0],
  SettledLine,
  SettledLine
> = {
  lines: historyLine,
  recorded: settledLine,
  ...recordedCases.settle,
  ...{ hasRuns: true, titles: ['HISTORIES'] },
}

type KarpenterAnswer = ReturnType<typeof recordedCases.karpenter.answer>

const nodeClaims: Recording<
  Parameters<typeof recordedCases.karpenter.answer>[0],
  KarpenterAnswer,
  KarpenterAnswer
> = {
  lines: lineWithId('a scenario: id'),
  recorded: karpenterAnswerLine,
  ...recordedCases.karpenter,
  titles: ['SCENARIOS'],
}

type CaseLine = Parameters<typeof recordedCases.answer>[1]

const casesOf = (
  subject: keyof typeof recordedCases.functions,
): Recording<CaseLine, CaseLine, unknown> => {
  const functions = recordedCases.functions[subject]
  const kinds = Object.keys(functions)
  return {
    lines: caseLine(`a case: id, kind and input, of the kinds ${kinds.join(', ')}`, kinds),
    recorded: caseLine('a recorded case: id, kind and output'),
    faults: recordedCases.faults[subject],
    answer: (line) => recordedCases.answer(functions, line),
    compare: (lines, recorded) => recordedCases.compare(functions, lines, recorded),
    titles: ['CASES'],
  }
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
interface LineValue<Value> {
  /** The file and the line. */
  readonly from: string
  readonly value: Value
  readonly text: string
}

/** The values of all lines: each of the expected form, each with an id of its own or as a run. */
const linesOf = async <Value extends { readonly id: string }>(
  path: string,
  stdin: Stdin,
  kind: LineKind,
  hasRuns = false,
): Promise<E.Either<Faults, readonly LineValue<Value>[]>> => {
  const lines = await readLines(path, stdin)
  if (E.isLeft(lines)) return lines
  const wrong = lines.right.flatMap((line) => lineFaults(kind, line))
  if (wrong.length > 0) return E.left(wrong)
  const values = lines.right.map((line) => ({ ...line, value: line.value as Value }))
  const repeats = hasRuns ? [] : duplicates(values, ({ value: { id } }) => id)
  if (repeats.length === 0) return E.right(values)
  return E.left(repeats.map(({ item, index }) => repeatedId(item.value, lines.right[index]!)))
}

const repeatedId = ({ id }: { readonly id: string }, { from }: Line): DocumentFault => ({
  from,
  at: ['id'],
  found: renderValue(id),
  expected: 'an id that no line before has',
})
