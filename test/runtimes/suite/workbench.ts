/**
 * Defines the conformance cases of the workbench, from texts to answers: plans on both platforms, a
 * simulated rollout, a refused document, and a replayed log.
 */
import { nearestNames } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import {
  answerJson,
  defaultDurations,
  plansJson,
  planSections,
  planWorkloads,
  readMachines,
  readQuestion,
  replayRun,
  rollOutChange,
  type QuestionInput,
} from '@stowage/workbench'
import { expectSame, type Case } from './case.js'
import type { ExampleText, RecordedTexts } from './recorded-texts.js'

const inputOf = (texts: readonly ExampleText[]): QuestionInput => ({
  documents: { from: 'the examples', texts },
  machines: getOrThrow(readMachines({ nodes: ['m5.large=4'] })),
  ...{ trunking: true, parameters: [], seed: 22, fargate: {} },
})

const planned = (texts: readonly ExampleText[]): string => {
  const plans = getOrThrow(
    planWorkloads(getOrThrow(readQuestion(inputOf(texts))), { fargate: true }),
  )
  return JSON.stringify([plansJson(plans), planSections(plans)])
}

/** A new image is rolled out in a simulated world. */
const rolledOut = (texts: RecordedTexts['rollout']): string => {
  const rollouts = getOrThrow(
    rollOutChange(inputOf([texts.before]), {
      change: { from: 'the change', texts: [texts.change] },
      durations: defaultDurations,
    }),
  )
  return JSON.stringify([answerJson(rollouts), rollouts.rollouts.map(({ log }) => log)])
}

const refused = (): string => {
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: { name: 7 }\nspec: { containers: [] }\n'
  const question = readQuestion(inputOf([{ file: 'bad.yaml', text }]))
  if (question._tag === 'Right') throw new Error('a name that is a number was read')
  return JSON.stringify([question.left, nearestNames('kubernets', ['kubernetes', 'ecs'])])
}

/** The end of the log is the hash of the last state, which the replay compares with its own. */
const replayed = (text: string): string => {
  const replay = getOrThrow(replayRun({ file: 'log.jsonl', text }))
  expectSame('lines that were run', replay.replays[0].steps > 10, true)
  return JSON.stringify(answerJson(replay))
}

export const workbenchCases = (texts: RecordedTexts): readonly Case[] => [
  { name: 'workbench: a plan of both platforms', answer: () => planned(texts.shop) },
  { name: 'workbench and simulator: a rollout', answer: () => rolledOut(texts.rollout) },
  { name: 'workbench: a document that is refused', answer: refused },
  { name: 'workbench: a log of steps, run again', answer: () => replayed(texts.stepLog) },
]
