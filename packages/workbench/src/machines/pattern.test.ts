/** Tests patterns of machine type names, such as `m5.*`, against equivalent regular expressions. */
import * as fc from 'fast-check'
import { isRefuted } from '@stowage/testing'
import { describe, expect, it } from 'vitest'
import { isOfPattern } from './pattern.js'

const word = fc.string({ unit: fc.constantFrom('m', '5', '.', '*'), maxLength: 6 })

/** The pattern as a regular expression, which may backtrack. */
const byExpression = (pattern: string, name: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'))
  const whole = parts.length === 1 ? `${parts[0] ?? ''}(\\..*)?` : parts.join('.*')
  return new RegExp(`^(${whole})$`).test(name)
}

const agrees = (means: typeof isOfPattern) =>
  fc.property(word, word, (pattern, text) => {
    const name = text.replaceAll('*', 'm')
    return means(pattern, name) === byExpression(pattern, name)
  })

describe('a pattern', () => {
  it('means what its expression means', () => fc.assert(agrees(isOfPattern), { numRuns: 2000 }))
  it('is refuted when parts may overlap', () => {
    const careless: typeof isOfPattern = (pattern, name) => {
      const parts = pattern.split('*')
      return parts.length === 1
        ? isOfPattern(pattern, name)
        : name.startsWith(parts[0]!) && name.endsWith(parts.at(-1)!)
    }
    expect(isRefuted(agrees(careless))).toBe(true)
  })
  it.each([
    ['m5', 'm5.large', true],
    ['m5', 'm5a.large', false],
    ['m5*', 'm5a.large', true],
    ['*.metal', 'm5.metal', true],
    ['m5.large', 'm5.large', true],
  ])('%s means %s: %s', (pattern, name, means) => {
    expect(isOfPattern(pattern, name)).toBe(means)
  })
  it('is cheap, however hostile', () => {
    const start = performance.now()
    expect(isOfPattern('*a'.repeat(50_000), 'a'.repeat(49_999))).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
