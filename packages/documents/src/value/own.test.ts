/**
 * Tests the reading of fields and paths of unknown values: inherited properties do not count, and a
 * path that leads nowhere gives `undefined`.
 */
import { describe, expect, it } from 'vitest'
import { isObject, own, valueAt } from './own.js'

it.each([
  [{}, true],
  [[], false],
  [null, false],
  ['a', false],
])('tells whether %j is an object', (value, expected) => {
  expect(isObject(value)).toBe(expected)
})

describe('an own property', () => {
  it('is read by its name or its index', () => {
    expect(own({ a: 1 }, 'a')).toBe(1)
    expect(own(['x'], 0)).toBe('x')
  })
  it.each(['toString', '__proto__', 'b'])('is undefined when the object has none: %s', (key) => {
    expect(own({ a: 1 }, key)).toBeUndefined()
  })
  it('may be called __proto__', () => {
    expect(own(JSON.parse('{ "__proto__": 7 }') as object, '__proto__')).toBe(7)
  })
})

it.each([
  [['a', 1, 'b'], 7],
  [[], { a: [0, { b: 7 }] }],
  [['a', 2], undefined],
  [['a', 1, 'b', 'c'], undefined],
  [['a', 'length', 'x'], undefined],
])('follows the path %j', (path, expected) => {
  expect(valueAt({ a: [0, { b: 7 }] }, path)).toEqual(expected)
})
