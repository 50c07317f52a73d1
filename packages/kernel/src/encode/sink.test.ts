/**
 * Tests that a source (the reader) returns exactly what was written to a sink (the writer), in the
 * fewest bytes that the format allows.
 */
import { isRefuted } from '@stowage/testing'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksumOf } from './checksum.js'
import { newSink, putNumber, putText, putUnsigned, bytesOf, type Sink } from './sink.js'
import { getNumber, getText, getUnsigned, isSound, sourceOf, type Source } from './source.js'

const comesBack = <Value>(
  any: Arbitrary<Value>,
  put: (sink: Sink, value: Value) => void,
  get: (source: Source) => Value,
) =>
  fc.property(fc.array(any), (values) => {
    const sink = newSink()
    for (const value of values) put(sink, value)
    const source = sourceOf(bytesOf(sink), sink.length)
    expect(values.map(() => get(source))).toEqual(values)
    expect([isSound(source), source.at]).toEqual([true, sink.length])
  })

const unsigned = fc.oneof(fc.nat(300), fc.maxSafeNat())
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.string({ minLength: 1000, maxLength: 3000 }),
)

describe('what is written', () => {
  it('comes back: unsigned numbers', () => fc.assert(comesBack(unsigned, putUnsigned, getUnsigned)))
  it('comes back: numbers', () =>
    fc.assert(comesBack(fc.oneof(fc.double(), fc.maxSafeInteger()), putNumber, getNumber)))
  it('comes back: texts', () => fc.assert(comesBack(text, putText, getText)))

  it('is refuted when numbers pass through 32 bits', () =>
    expect(
      isRefuted(comesBack(unsigned, (sink, value) => putUnsigned(sink, value >>> 0), getUnsigned)),
    ).toBe(true))
  it('is refuted when texts are cut into characters', () => {
    const wellFormed = (sink: Sink, value: string) =>
      putText(sink, value.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
    expect(isRefuted(comesBack(text, wellFormed, getText))).toBe(true)
  })
  it('is refuted when the sign of 0 is lost', () =>
    expect(
      isRefuted(comesBack(fc.double(), (sink, value) => putNumber(sink, value + 0), getNumber)),
    ).toBe(true))

  it.each([
    [0, 1],
    [127, 1],
    [128, 2],
    [2 ** 53 - 1, 8],
  ])('takes few bytes: %d', (number, length) => {
    const sink = newSink()
    putUnsigned(sink, number)
    expect(sink.length).toBe(length)
  })
})

it('sums bytes as FNV-1a does', () => {
  const ascii = (value: string) => Uint8Array.from(value, (unit) => unit.charCodeAt(0))
  expect(checksumOf(ascii(''), 0)).toBe(0x811c9dc5)
  expect(checksumOf(ascii('foobar'), 6)).toBe(0xbf9cf968)
})
