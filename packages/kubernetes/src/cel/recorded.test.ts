/**
 * Compares which selectors are refused with recorded answers of an API server of Kubernetes 1.37.2
 * (`test/golden/cel-selectors.jsonl`), to which each was sent in a DeviceClass, and which are too
 * costly for it (`test/golden/cel-costs.jsonl`).
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { selectorCostMax } from './cost.js'
import { selectorCost, selectorFault } from './selector.js'

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

/** Selectors that an API server took, and others of right types that it found too costly. */
const costs = readFileSync(new URL('cel-costs.jsonl', golden), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedSelector)

/** The selectors on which a limit decides otherwise than the API server. */
const misjudged = (limit: number) =>
  costs.filter(({ expression, taken }) => taken !== (selectorCost(expression) ?? 0) <= limit)

it('finds too costly what the API server does, and nothing else', () => {
  expect(costs.filter(({ taken }) => taken)).toHaveLength(150)
  expect(costs.filter(({ taken }) => !taken)).toHaveLength(107)
  expect(misjudged(selectorCostMax)).toEqual([])
})
it.each([0.93, 1.05])('is refuted by %d times the limit', (share) => {
  expect(misjudged(share * selectorCostMax)).not.toEqual([])
})
