/**
 * Tests the validation of HorizontalPodAutoscalers with random fields: our API server refuses each
 * object for exactly the fields that Kubernetes 1.37 named when its answers were recorded.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { admissionAnswer } from './answer.js'

interface Recorded {
  readonly object: object
  readonly fields: readonly string[]
}

const recorded = gunzipSync(readFileSync(resolve('test/golden/hpa/validation.jsonl.gz')))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const fieldsOf = (object: object): readonly string[] => {
  const causes = admissionAnswer({ id: 'one', objects: [object] }).results[0]!.error?.causes ?? []
  return [...new Set(causes.map((cause) => cause.slice(0, cause.indexOf(': '))))].sort()
}

it('names the recorded fields', () => {
  const differences = recorded.filter(
    ({ object, fields }) => String(fieldsOf(object)) !== String(fields),
  )
  expect(differences).toEqual([])
  expect(recorded).toHaveLength(400)
  expect(new Set(recorded.flatMap(({ fields }) => fields)).size).toBeGreaterThan(100)
})
