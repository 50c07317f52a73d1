/**
 * Tests that device selectors (CEL expressions) are accepted or refused exactly as by an API server
 * of Kubernetes 1.37.2. Its recorded answers are in `test/golden/cel-selectors.jsonl`.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { selectorFault } from './selector.js'

interface RecordedSelector {
  readonly expression: string
  readonly taken: boolean
}

const golden = new URL('../../../../test/golden/cel-selectors.jsonl', import.meta.url)
const recorded = readFileSync(golden, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedSelector)

/** The selectors on which the API server decided otherwise. */
const differences = (faultOf: (expression: string) => string | undefined) =>
  recorded.filter(({ expression, taken }) => taken !== (faultOf(expression) === undefined))

it('refuses what the API server refuses, and nothing else', () => {
  expect(recorded).toHaveLength(900)
  expect(recorded.filter(({ taken }) => taken)).toHaveLength(400)
  expect(differences(selectorFault)).toEqual([])
})
it('is refuted by a check of syntax alone', () => {
  expect(differences(() => undefined)).toHaveLength(500)
})
