/** All that the upstream scheduler has been recorded to say: every refusal, score, best set and preemption. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answerOf } from './answer.js'
import { conformance } from './conformance.js'
import type { AnswerLine, ScenarioLine } from './line.js'

const folder = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/kube-scheduler')
const families = [
  ...['resources', 'taints', 'nodeaffinity', 'ports', 'mixed', 'spread', 'podaffinity'],
  ...['defaults', 'features', 'leaving', 'preemption', 'preemptmore', 'volumes', 'config'],
  'tricky',
]

const lines = <Line>(name: string): readonly Line[] =>
  gunzipSync(readFileSync(resolve(folder, `${name}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

describe.skipIf(!existsSync(folder))(`recorded answers (skipped without ${folder})`, () => {
  it.each(families)('%s', (family) => {
    const { families: agreed, differences } = conformance(
      lines<ScenarioLine>(`${family}.scenarios`),
      lines<AnswerLine>(`${family}.verdicts`),
      answerOf,
    )
    expect(agreed.size).toBeGreaterThan(0)
    expect(differences.slice(0, 5)).toEqual([])
  })
})
