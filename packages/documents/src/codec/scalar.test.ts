/**
 * Tests which values the codecs of texts, flags and numbers accept, and what they say of others.
 */
import { left, right } from 'fp-ts/lib/Either.js'
import type { Decoder } from 'io-ts'
import { expect, it } from 'vitest'
import { decodeValue } from '../decode/decode.js'
import { codecOf } from './codec.js'
import { flag, int32Max, nonEmptyText, oneOf, text, whole } from './scalar.js'

const name = nonEmptyText('a name')
const count = whole('a count', 1)
const share = whole('a share', -2, 2)
const mode = oneOf(['host', 'none'])
const even = codecOf('an even number', (value) =>
  typeof value === 'number' && value % 2 === 0 ? value / 2 : undefined,
)

it.each<readonly [Decoder<unknown, unknown>, unknown, unknown]>([
  [text, '', ''],
  [text, 'a', 'a'],
  [name, 'a', 'a'],
  [flag, false, false],
  [count, 1, 1],
  [count, int32Max, int32Max],
  [share, -2, -2],
  [mode, 'none', 'none'],
  [even, 6, 3],
])('%o takes %j', (codec, value, expected) => {
  expect(decodeValue(codec, value)).toEqual(right(expected))
})

it.each<readonly [Decoder<unknown, unknown>, unknown, string, string]>([
  [text, 7, '7', 'a string'],
  [text, null, 'null', 'a string'],
  [text, undefined, 'nothing', 'a string'],
  [name, '', '""', 'a name'],
  [flag, 'true', '"true"', 'true or false'],
  [count, 0, '0', 'a count'],
  [count, int32Max + 1, '2147483648', 'a count'],
  [count, 1.5, '1.5', 'a count'],
  [share, 3, '3', 'a share'],
  [share, NaN, 'NaN', 'a share'],
  [mode, 'bridge', '"bridge"', 'one of host, none'],
  [even, 7, '7', 'an even number'],
])('%o refuses %j', (codec, value, found, expected) => {
  expect(decodeValue(codec, value)).toEqual(left([{ at: [], found, expected }]))
})
