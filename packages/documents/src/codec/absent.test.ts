/** Tests what absent and `null` mean to each codec of a field that may be left out. */
import { left, right } from 'fp-ts/lib/Either.js'
import type { Decoder } from 'io-ts'
import { expect, it } from 'vitest'
import { decodeValue } from '../decode/decode.js'
import { omittable, optional, withDefault } from './absent.js'
import { text } from './scalar.js'

const refusal = (found: string) => left([{ at: [], found, expected: 'a string' }])

it.each<readonly [string, Decoder<unknown, unknown>, unknown, unknown]>([
  ['optional', optional(text), undefined, right(undefined)],
  ['optional', optional(text), null, right(undefined)],
  ['optional', optional(text), 'a', right('a')],
  ['optional', optional(text), 7, refusal('7')],
  ['omittable', omittable(text), undefined, right(undefined)],
  ['omittable', omittable(text), null, refusal('null')],
  ['omittable', omittable(text), 'a', right('a')],
  ['withDefault', withDefault(text, 'b'), undefined, right('b')],
  ['withDefault', withDefault(text, 'b'), null, right('b')],
  ['withDefault', withDefault(text, 'b'), 'a', right('a')],
  ['withDefault', withDefault(text, 'b'), 7, refusal('7')],
])('%s: %o of %j', (_, codec, value, expected) => {
  expect(decodeValue(codec, value)).toEqual(expected)
})
