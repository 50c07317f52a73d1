/** Property: objects that are counted in a text are as many as in what is parsed of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { parseAllDocuments } from 'yaml'
import { jsonObjectCount, yamlDocumentCount } from './text-count.js'

/** As the bound on objects counts them. */
const countOf = (value: unknown): number => {
  const items = Array.isArray(value) ? value : (value as { readonly items?: unknown }).items
  return Array.isArray(items) ? items.length : 1
}

const text = fc.constantFrom('', 'items', '"', '\\', ',', '{', ']', 'a\n')
const scalar = fc.oneof(text, fc.constantFrom(1, -2.5e3, true, false, null))
const { inner } = fc.letrec<{ inner: unknown }>((tie) => ({
  inner: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('inner'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, fc.constant('a')), tie('inner'), { maxKeys: 3 }),
  ),
}))
const object = fc.dictionary(text, inner, { maxKeys: 4 })
const listOfObjects = fc.tuple(object, fc.array(inner, { maxLength: 4 })).map(([more, items]) => ({
  ...more,
  items,
}))
const value = fc.oneof(object, listOfObjects, fc.array(inner, { maxLength: 4 }))

const countsAsParsed = (count: typeof jsonObjectCount) =>
  fc.property(fc.array(value, { maxLength: 3 }), fc.constantFrom(0, 2), (values, indent) => {
    const written = values.map((one) => JSON.stringify(one, null, indent)).join('\n')
    expect(count(written)).toBe(values.reduce<number>((sum, one) => sum + countOf(one), 0))
  })

describe('objects of JSON', () => {
  it('are counted as they are parsed', () => {
    fc.assert(countsAsParsed(jsonObjectCount), { numRuns: 1_000 })
  })
  it('are refuted when commas are counted', () => {
    expect(isRefuted(countsAsParsed((written) => written.split(',').length))).toBe(true)
  })
  it('are counted in a text that ends too early', () => {
    expect(jsonObjectCount('{"items":[{},{"a":"')).toBe(2)
    expect(jsonObjectCount('"')).toBe(0)
  })
})

describe('documents of YAML', () => {
  it.each([
    ['', 0],
    ['a: 1', 0],
    ['---', 1],
    ['--- a\n---\n--- b', 3],
    ['a\n---\nb\n---', 2],
    ['a: |\n  ---\n b: ----\n---- \n', 0],
    ['a\r\n---\r\nb', 1],
  ])('are at least as many as are marked: %j', (written, count) => {
    expect(yamlDocumentCount(written)).toBe(count)
    expect(parseAllDocuments(written).length).toBeGreaterThanOrEqual(count)
  })
})
