/** Tests that documents of up to 250 levels are accepted, and deeper ones refused with a path. */
import { expect, it } from 'vitest'
import { nestingFaults } from './nesting.js'

const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [0, value] : { a: value }
  return value
}
const faultsOf = (value: unknown) => nestingFaults({ from: 'f', value })

it('lets 250 levels through', () => {
  expect(faultsOf(nested(250))).toEqual([])
  expect(faultsOf(1)).toEqual([])
})
it.each([251, 100_000])('refuses %s', (levels) => {
  expect(faultsOf({ a: 0, b: nested(levels - 1) })).toEqual([
    {
      from: 'f',
      at: ['b', ...(levels % 2 === 0 ? [1, 'a', 1, 'a'] : ['a', 1, 'a', 1])],
      found: 'more levels',
      expected: 'at most 250 levels of nesting',
    },
  ])
})
it('counts from the outermost list', () => {
  expect(faultsOf([nested(250)])).toHaveLength(1)
})
