/**
 * Tests that every kind of recorded case refuses a malformed input, with an error that states a
 * path.
 */
import { describe, expect, it } from 'vitest'
import { caseSets } from './cases.js'

const sets = ['cluster-autoscaler', 'hpa', 'workloads'] as const

const kinds = sets.flatMap((set) =>
  Object.keys(caseSets.functions[set]).map((kind) => [set, kind] as const),
)

describe.each(kinds)('%s, %s', (set, kind) => {
  it.each([[null], [3], ['text'], [[]], [{}]])('refuses the input %j', (input: unknown) => {
    const faults = caseSets.faults[set]({ id: 'a', kind, input })
    expect(faults.length).toBeGreaterThan(0)
    for (const { at } of faults) expect(at[0]).toBe('input')
    expect(() => caseSets.functions[set][kind]!(input)).toThrow('an input that cannot be read')
  })
})

it('knows no fault of a kind without a rule', () => {
  expect(caseSets.faults.workloads({ id: 'a', kind: 'toString', input: null })).toEqual([])
})
