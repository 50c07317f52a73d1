/**
 * Tests the codecs of objects with fixed fields: `record` ignores unknown fields, `closedRecord`
 * refuses them, and inherited properties do not count.
 */
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decodeValue } from '../decode/decode.js'
import { optional } from './absent.js'
import type { Codec } from './codec.js'
import { list } from './collection.js'
import { closedRecord, record } from './record.js'
import { nonEmptyText, whole } from './scalar.js'

interface Box {
  readonly name: string
  readonly count?: number | undefined
  readonly inside?: readonly Box[] | undefined
}
const name = nonEmptyText('a name')
const count = optional(whole('a whole number, 0 or more', 0))
const inner: Codec<Box> = record<Box>('a box', {
  ...{ name, count },
  inside: optional(list('no box', nonEmptyText('nothing') as unknown as Codec<Box>)),
})
const Box = record<Box>('a box', {
  ...{ name, count },
  inside: optional(list('a list of boxes', inner, 1)),
})

describe('a record', () => {
  it('takes null for absent, and ignores unknown fields', () => {
    const read = decodeValue(Box, { name: 'a', count: null, colour: 'red' })
    expect(read).toStrictEqual(right({ name: 'a', count: undefined, inside: undefined }))
  })
  it('reads the own fields of a value and no others', () => {
    const value: unknown = JSON.parse('{ "name": "a", "__proto__": { "count": 3 } }')
    expect(decodeValue(Box, value)).toEqual(
      right({ name: 'a', count: undefined, inside: undefined }),
    )
  })
  it.each([
    [7, [], 'a box'],
    [[], [], 'a box'],
    [{}, ['name'], 'a name'],
    [{ name: '' }, ['name'], 'a name'],
    [{ name: 'a', count: 1.5 }, ['count'], 'a whole number, 0 or more'],
    [{ name: 'a', inside: [] }, ['inside'], 'a list of boxes'],
    [{ name: 'a', inside: { 0: 1 } }, ['inside'], 'a list of boxes'],
    [{ name: 'a', inside: [{ name: 'b' }, 7] }, ['inside', 1], 'a box'],
    [{ name: 'a', inside: [{ name: 7 }] }, ['inside', 0, 'name'], 'a name'],
  ])('finds in %j where it is wrong, and what was expected', (value, at, expected) => {
    expect(decodeValue(Box, value)).toMatchObject({ _tag: 'Left', left: [{ at, expected }] })
  })
})

describe('a closed record', () => {
  const Closed = closedRecord<Pick<Box, 'name' | 'count'>>('a closed box', { name, count })
  it('takes its own fields', () => {
    expect(decodeValue(Closed, { name: 'a' })).toEqual(right({ name: 'a' }))
  })
  it('refuses any other field, after the faults of its own', () => {
    expect(decodeValue(Closed, { nam: 7, count: -1, toString: 1 })).toEqual(
      left([
        { at: ['name'], found: 'nothing', expected: 'a name' },
        { at: ['count'], found: '-1', expected: 'a whole number, 0 or more' },
        { at: ['nam'], found: '7', expected: 'no field of this name, but name, count' },
        { at: ['toString'], found: '1', expected: 'no field of this name, but name, count' },
      ]),
    )
  })
  it('refuses what is no object', () => {
    expect(decodeValue(Closed, [])).toEqual(
      left([{ at: [], found: 'an empty list', expected: 'a closed box' }]),
    )
  })
  it('words an unknown field as it is asked to', () => {
    const worded = closedRecord<Pick<Box, 'count'>>('a box', { count }, (key, _, names) => ({
      value: key,
      expected: `one of ${names.join(', ')}`,
    }))
    expect(decodeValue(worded, { cuont: 1 })).toEqual(
      left([{ at: ['cuont'], found: '"cuont"', expected: 'one of count' }]),
    )
  })
})
