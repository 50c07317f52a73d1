/**
 * Tests that a link carries the page's input, and that a damaged link gives an error that says what
 * is wrong.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyInput, freeName, type PlanInput } from './input.js'
import { hashOf, inputInHash } from './link.js'

const texts = fc.string({ unit: 'grapheme' })
const inputs: fc.Arbitrary<PlanInput> = fc.record({
  files: fc.array(fc.record({ file: texts, text: texts }), { maxLength: 4 }),
  ...{ nodes: texts, prices: texts, fargate: fc.boolean(), trunking: fc.boolean() },
})

describe('a link', () => {
  it('carries any input', () =>
    fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const hash = await hashOf(input)
        expect(hash).toMatch(/^#1\.[\w-]+$/)
        expect(await inputInHash(hash)).toEqual(input)
      }),
      { numRuns: 50 },
    ))
  it('is absent without a hash', async () => {
    expect(await inputInHash('')).toBeUndefined()
    expect(await inputInHash('#')).toBeUndefined()
  })
  it.each([
    ['of another version', '#2.abc', 'another form'],
    ['that is cut', '', 'cannot be read'],
    ['of other characters', '#1.%%%', 'cannot be read'],
  ])('%s says what is wrong', async (_, hash, why) => {
    const whole = await hashOf({ ...emptyInput, nodes: 'm5.large=4,c5.xlarge=2' })
    expect(await inputInHash(hash === '' ? whole.slice(0, -12) : hash)).toContain(why)
  })
  it('with another value says what was expected', async () => {
    const hash = await hashOf({ nodes: 1 } as unknown as PlanInput)
    expect(await inputInHash(hash)).toContain('expected files and machines')
  })
})

it('a file gets a name that is free', () => {
  const files = ['a.yaml', 'a-2.yaml', 'b'].map((file) => ({ file, text: '' }))
  expect(['a.yaml', 'b', 'c.json'].map((name) => freeName(files, name))).toEqual([
    ...['a-3.yaml', 'b-2', 'c.json'],
  ])
})
