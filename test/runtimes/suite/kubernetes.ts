/**
 * Defines the conformance cases of the Kubernetes adapter: our answers to questions whose answers
 * were recorded from Kubernetes.
 */
import {
  admission,
  agrees,
  answerOf,
  conformance,
  recordedCases,
  type AnswerLine,
  type Conformance,
  type ScenarioLine,
} from '@stowage/testing/conformance'
import type { Case } from './case.js'
import type { RecordedTexts } from './recorded-texts.js'

const linesIn = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')
const linesOf = <Line>(text: string): readonly Line[] =>
  linesIn(text).map((line) => JSON.parse(line) as Line)

const expectAgreement = (report: Conformance): void => {
  const { differences, unanswered, strays } = report
  if (!agrees(report))
    throw new Error(JSON.stringify([differences.slice(0, 3), unanswered, strays]).slice(0, 2000))
}

/** A case for each family of scenarios of kube-scheduler. */
const schedulerCase = ({ name, questions, answers }: RecordedTexts['scheduler'][number]): Case => ({
  name: `kubernetes: scheduler, ${name}`,
  answer: () => {
    const scenarios = linesOf<ScenarioLine>(questions)
    const ours = new Map(scenarios.map((scenario) => [scenario, answerOf(scenario)]))
    expectAgreement(
      conformance(scenarios, linesOf<AnswerLine>(answers), (scenario) => ours.get(scenario)!),
    )
    return JSON.stringify([...ours.values()].map(({ id, verdicts }) => [id, verdicts]))
  },
})

export const kubernetesCases = (texts: RecordedTexts): readonly Case[] => [
  ...texts.scheduler.map(schedulerCase),
  {
    name: 'kubernetes: Horizontal Pod Autoscaler',
    answer: () => {
      const lines = linesOf<Parameters<typeof recordedCases.compare>[1][number]>(texts.autoscaler)
      const { hpa } = recordedCases.functions
      expectAgreement(recordedCases.compare(hpa, lines, lines))
      return JSON.stringify(lines.map((line) => recordedCases.answer(hpa, line)))
    },
  },
  {
    name: 'kubernetes: admission',
    answer: () => {
      const { questions, answers } = texts.admission
      const written = linesIn(questions)
      const lines = written.map(
        (text) => JSON.parse(text) as Parameters<typeof admission.answer>[0],
      )
      // The text tells keys that are written twice, of which a value keeps one.
      const ours = new Map(lines.map((line, i) => [line, admission.answer(line, written[i])]))
      expectAgreement(
        admission.compare(
          lines,
          linesOf(answers),
          (line) => ours.get(line) ?? admission.answer(line),
        ),
      )
      return JSON.stringify([...ours.values()])
    },
  },
]
