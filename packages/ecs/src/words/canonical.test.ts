/** Tests that equal values give the same canonical JSON, whatever the order of their keys. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { canonical } from './canonical.js'

/** The same value with the keys of every object in the opposite order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, field]) => [key, turned(field)] as const)
  return Object.fromEntries(fields.reverse())
}
const sameWhicheverOrder = (text: (value: unknown) => string) =>
  fc.property(fc.jsonValue(), (value) => text(value) === text(turned(value)))

describe('canonical JSON', () => {
  it('is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('is the same in whichever order the keys are', () => fc.assert(sameWhicheverOrder(canonical)))

  it('is refuted when keys are left as they are', () => {
    expect(isRefuted(sameWhicheverOrder(JSON.stringify))).toBe(true)
  })
})
