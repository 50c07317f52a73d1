import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { list, optional, text, wholeNumber, type Codec } from './codec.js'
import { decode } from './complaint.js'
import { record } from './record.js'

interface Box {
  readonly name: string
  readonly count?: number | undefined
  readonly inside?: readonly Box[] | undefined
}
const inner: Codec<Box> = record<Box>('a box', {
  name: text('a name'),
  count: optional(wholeNumber('a whole number, 0 or more', 0)),
  inside: optional(list('no box', text('nothing') as unknown as Codec<Box>)),
})
const Box = record<Box>('a box', {
  name: text('a name'),
  count: optional(wholeNumber('a whole number, 0 or more', 0)),
  inside: optional(list('a list of boxes', inner, 1)),
})

describe('a record', () => {
  it('takes null for absent, and lets unknown fields be', () => {
    const read = decode(Box, { name: 'a', count: null, colour: 'red' })
    expect(read).toEqual(right({ name: 'a', count: undefined, inside: undefined }))
  })

  it('reads the own fields of a value and no others', () => {
    const value: unknown = JSON.parse('{ "name": "a", "__proto__": { "count": 3 } }')
    expect(decode(Box, value)).toEqual(right({ name: 'a', count: undefined, inside: undefined }))
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
  ])('says of %j where it is wrong, and what was expected', (value, at, expected) => {
    expect(decode(Box, value)).toMatchObject({ _tag: 'Left', left: [{ at, expected }] })
  })

  it('says everything that is wrong', () => {
    expect(decode(Box, { count: -1, inside: [{}] })).toMatchObject({
      left: [{ at: ['name'] }, { at: ['count'] }, { at: ['inside', 0, 'name'] }],
    })
  })
})
