/**
 * Tests the search for keys that occur twice in one JSON object, against a slow twin that counts
 * the keys of a single flat object.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { repeatedKeys } from './repeated-keys.js'

it('finds a key in every object of a text, and none that is in another object', () => {
  const text = '{"a":[{"b":1,"b":{"c":"\\"c\\":","c":[]}},{"b":2}], "a" : null}'
  expect(repeatedKeys(text)).toEqual([['a', 0, 'b'], ['a', 0, 'b', 'c'], ['a']])
})

const anyPairs = fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.jsonValue({ maxDepth: 2 })))
const finds = (find: typeof repeatedKeys) =>
  fc.property(anyPairs, (pairs) => {
    const text = `{${pairs.map((pair) => pair.map((part) => JSON.stringify(part)).join(' : ')).join(',')}}`
    const keys = pairs.map(([key]) => key)
    const expected = keys.filter((key, i) => keys.indexOf(key) < i)
    return JSON.stringify(find(text).map(([key]) => key)) === JSON.stringify(expected)
  })

it('finds each repetition of a flat object', () => {
  fc.assert(finds(repeatedKeys))
})
it('is refuted when the first repetition is the last that is looked for', () => {
  expect(isRefuted(finds((text) => repeatedKeys(text).slice(0, 1)))).toBe(true)
})
