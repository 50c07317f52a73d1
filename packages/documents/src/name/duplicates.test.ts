/** Tests the search for duplicates against a quadratic twin (slow reference implementation). */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { duplicates } from './duplicates.js'

interface Item {
  readonly name: string | undefined
  readonly id: number
}
type Find = (items: readonly Item[]) => ReturnType<typeof duplicates<Item>>

const anyItems = fc
  .array(fc.constantFrom(undefined, '', 'a', '__proto__'), { maxLength: 8 })
  .map((names) => names.map((name, id): Item => ({ name, id })))

const slowly: Find = (items) =>
  items.flatMap((item, index) => {
    const first = items.find(({ name }) => name === item.name)!
    return item.name === undefined || first === item ? [] : [{ item, index, first }]
  })

const agrees = (find: Find) =>
  fc.property(anyItems, (items) => isDeepStrictEqual(find(items), slowly(items)))

it('finds all but the first of each name', () => {
  fc.assert(agrees((items) => duplicates(items, ({ name }) => name)))
})
it('is refuted when no name is a name', () => {
  expect(isRefuted(agrees((items) => duplicates(items, ({ name }) => String(name))))).toBe(true)
})
