/**
 * Loads the recorded scenarios and answers of kube-scheduler, and compares our answers with them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import {
  answerOf,
  conformance,
  type AnswerLine,
  type Conformance,
  type Difference,
  type ScenarioLine,
} from '@stowage/testing/conformance'

/** A few scenarios of each family. */
export const recordings = fileURLToPath(new URL('golden/kube-scheduler', import.meta.url))
/** Many more, where they are at hand. */
export const collection = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'golden/kube-scheduler',
)

export const familiesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => /^(.*)\.verdicts\.jsonl\.gz$/.exec(name)?.[1] ?? [])
    : []

export const answersIn = (folder: string, family: string): readonly AnswerLine[] =>
  linesOf(resolve(folder, `${family}.verdicts.jsonl.gz`))

export const scenariosIn = (folder: string, family: string): readonly ScenarioLine[] =>
  linesOf(resolve(folder, `${family}.scenarios.jsonl.gz`))

export const comparedIn = (folder: string, family: string, answer = answerOf): Conformance =>
  conformance(scenariosIn(folder, family), answersIn(folder, family), answer)

export const differencesIn = (
  folder: string,
  family: string,
  answer = answerOf,
): readonly Difference[] => comparedIn(folder, family, answer).differences

const linesOf = <Line>(path: string): readonly Line[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
