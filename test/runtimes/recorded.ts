/**
 * Loads the inputs of the conformance suite from files: recorded questions with their answers, and
 * example documents.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { familiesIn, recordings } from '../recorded.js'
import { provisionedBy, recordingOf, type LinearLibrary } from './suite/optimizer.js'
import type { ExampleText, RecordedTexts } from './suite/recorded-texts.js'

const zipped = (path: string): readonly string[] =>
  gunzipSync(readFileSync(path)).toString().trim().split('\n')

/** Scenarios of a family that are large, most of them; an interpreter needs seconds for each. */
const charactersMax = 60_000

/** The first scenarios of a family, with their answers. */
const familyTexts = (name: string): RecordedTexts['scheduler'][number] => {
  const scenarios = zipped(join(recordings, `${name}.scenarios.jsonl.gz`))
  let characters = 0
  const some = scenarios.filter((line, i) => (characters += line.length) < charactersMax || i === 0)
  const ids = new Set(some.map(idOf))
  const answers = zipped(join(recordings, `${name}.verdicts.jsonl.gz`))
  return {
    name,
    questions: some.join('\n'),
    answers: answers.filter((line) => ids.has(idOf(line))).join('\n'),
  }
}
const idOf = (line: string): string => (JSON.parse(line) as { readonly id: string }).id

const exampleText = (file: string): ExampleText => ({
  file,
  text: readFileSync(resolve('docs/examples', file), 'utf8'),
})

/** What HiGHS answers now. */
const solutions = async (): Promise<string> => {
  const loadHighs = createRequire(import.meta.url)('highs') as () => Promise<LinearLibrary>
  const [library, recorded] = recordingOf(await loadHighs())
  provisionedBy(library)
  return JSON.stringify(recorded)
}

/** Everything that the suite reads. */
export const recordedTexts = async (): Promise<RecordedTexts> => ({
  scheduler: familiesIn(recordings).map(familyTexts),
  admission: {
    questions: zipped('test/golden/control-plane/admission.objects.jsonl.gz').join('\n'),
    answers: zipped('test/golden/control-plane/admission.stored.jsonl.gz').join('\n'),
  },
  autoscaler: zipped('test/golden/hpa/vectors.jsonl.gz').join('\n'),
  shop: ['ecs', 'kubernetes'].flatMap((folder) =>
    readdirSync(`docs/examples/shop/${folder}`)
      .sort()
      .map((file) => exampleText(`shop/${folder}/${file}`)),
  ),
  rollout: {
    before: exampleText('rollout/kubernetes.yaml'),
    change: exampleText('rollout/new-image.yaml'),
  },
  stepLog: exampleText('rollout/log.jsonl').text,
  optimizer: await solutions(),
})
