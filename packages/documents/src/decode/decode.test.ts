/** Tests that decoding reports every fault, with its path. */
import { isDeepStrictEqual } from 'node:util'
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { optional } from '../codec/absent.js'
import type { Codec } from '../codec/codec.js'
import { dictionary, list } from '../codec/collection.js'
import { record } from '../codec/record.js'
import { flag, nonEmptyText, whole } from '../codec/scalar.js'
import { valueAt } from '../value/own.js'
import { decodeDocument, decodeValue } from './decode.js'

interface Crate {
  readonly name: string
  readonly count: number | undefined
  readonly flags: readonly boolean[]
  readonly labels: ReadonlyMap<string, string>
}
const fields = {
  name: nonEmptyText('a name'),
  count: optional(whole('a count', 0)),
  flags: list('a list of flags', flag),
  labels: dictionary(nonEmptyText('a label')),
}
const Crate: Codec<Crate> = record<Crate>('a crate', fields)

/** Every field is right or wrong, whatever the others are. */
const anyCrate = fc.record({
  name: fc.constantFrom('a', '', 7),
  count: fc.constantFrom(undefined, null, 3, -1),
  flags: fc.array(fc.constantFrom(true, false, 'yes'), { maxLength: 4 }),
  labels: fc.dictionary(fc.string({ maxLength: 3 }), fc.constantFrom('a', ''), { maxKeys: 4 }),
})

type Decide = (value: Readonly<Record<string, unknown>>) => readonly MalformedValue[]

const faultsOf: Decide = (value) => {
  const read = decodeValue(Crate, value)
  return E.isLeft(read) ? read.left : []
}

/** A fault for each field by itself, in the order of the fields. */
const fieldByField: Decide = (value) =>
  Object.entries(fields).flatMap(([key, codec]) => {
    const read = decodeValue(codec as Codec<unknown>, value[key])
    return E.isLeft(read) ? read.left.map((fault) => ({ ...fault, at: [key, ...fault.at] })) : []
  })

const decidesFieldByField = (decide: Decide) =>
  fc.property(anyCrate, (value) => isDeepStrictEqual(decide(value), fieldByField(value)))

const leadsToTheValue = (decide: Decide) =>
  fc.property(anyCrate, (value) =>
    decide(value).every(({ at, found }) => renderValue(valueAt(value, at)) === found),
  )

describe('all that is wrong', () => {
  it('equals what is wrong with each field by itself', () => {
    fc.assert(decidesFieldByField(faultsOf))
  })
  it('is refuted when decoding stops at the first fault', () => {
    const hasty: Decide = (value) => faultsOf(value).slice(0, 1)
    expect(isRefuted(decidesFieldByField(hasty))).toBe(true)
  })
  it('comes with a path to the value that was found', () => {
    fc.assert(leadsToTheValue(faultsOf))
  })
  it('is refuted when the items of a list are not told apart', () => {
    const first = (step: string | number) => (typeof step === 'number' ? 0 : step)
    const careless: Decide = (value) =>
      faultsOf(value).map((fault) => ({ ...fault, at: fault.at.map(first) }))
    expect(isRefuted(leadsToTheValue(careless))).toBe(true)
  })
})

it('writes an index as a number, also of a key that looks like one', () => {
  const codec = dictionary(list('a list', flag))
  expect(decodeValue(codec, { 0: [true, 7] })).toMatchObject({ left: [{ at: ['0', 1] }] })
})

it.each([
  [t.type({ a: flag }), 'an object'],
  [t.type({ a: flag }, 'a named object'), 'a named object'],
])('expects by the name of the codec, or an object when it has none: %o', (codec, expected) => {
  expect(decodeValue(codec, 7)).toEqual(E.left([{ at: [], found: '7', expected }]))
})

it('adds the document, and the path of the part that was decoded', () => {
  const read = decodeDocument(Crate, { from: 'a.json', value: { name: 'a', flags: [0] } }, ['x', 1])
  expect(read).toEqual(
    E.left([{ from: 'a.json', at: ['x', 1, 'flags', 0], found: '0', expected: 'true or false' }]),
  )
})
