/** Tests the codecs of lists, required or optional, and of objects whose keys are data. */
import { left, right } from 'fp-ts/lib/Either.js'
import type { Decoder } from 'io-ts'
import { expect, it } from 'vitest'
import { decodeValue } from '../decode/decode.js'
import { dictionary, list, listOrEmpty } from './collection.js'
import { text } from './scalar.js'

const names = list('a list of names', text, 1)

it.each<readonly [Decoder<unknown, unknown>, unknown, unknown]>([
  [names, ['a', ''], ['a', '']],
  [list('a list', text), [], []],
  [listOrEmpty(text), undefined, []],
  [listOrEmpty(text), null, []],
  [listOrEmpty(text), ['a'], ['a']],
  [dictionary(text), undefined, new Map()],
  [dictionary(text), null, new Map()],
  [
    dictionary(text),
    { b: '2', a: '1' },
    new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
  ],
])('%o takes %j', (codec, value, expected) => {
  expect(decodeValue(codec, value)).toEqual(right(expected))
})

it('keeps the keys of a dictionary in code-unit order, __proto__ among them', () => {
  const value: unknown = JSON.parse('{ "b": "", "__proto__": "", "B": "" }')
  const read = decodeValue(dictionary(text), value)
  expect(read).toMatchObject({ _tag: 'Right' })
  expect(read._tag === 'Right' && [...read.right.keys()]).toEqual(['B', '__proto__', 'b'])
})

it.each<
  readonly [Decoder<unknown, unknown>, unknown, readonly (string | number)[], string, string]
>([
  [names, undefined, [], 'nothing', 'a list of names'],
  [names, null, [], 'null', 'a list of names'],
  [names, [], [], 'an empty list', 'a list of names'],
  [names, { 0: 'a' }, [], 'an object', 'a list of names'],
  [names, ['a', 7], [1], '7', 'a string'],
  [listOrEmpty(text), 'a', [], '"a"', 'a list'],
  [listOrEmpty(text), [[]], [0], 'an empty list', 'a string'],
  [dictionary(text), ['a'], [], 'a list of 1', 'an object'],
  [dictionary(text), 'a', [], '"a"', 'an object'],
  [dictionary(text), { a: 'x', b: 7 }, ['b'], '7', 'a string'],
])('%o refuses %j', (codec, value, at, found, expected) => {
  expect(decodeValue(codec, value)).toEqual(left([{ at, found, expected }]))
})
