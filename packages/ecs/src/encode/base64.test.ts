/** Tests the conversion to base64 and back against the runtime's own base64. */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfText, textOfBytes } from './base64.js'

const agrees = (text: typeof textOfBytes) =>
  fc.property(fc.uint8Array(), (bytes) => text(bytes) === Buffer.from(bytes).toString('base64'))

it('writes bytes as the runtime does', () => {
  fc.assert(agrees(textOfBytes))
})
it.each<[string, typeof textOfBytes]>([
  ['the padding is left out', (bytes) => textOfBytes(bytes).replaceAll('=', '')],
  ['the last byte is lost', (bytes) => textOfBytes(bytes.slice(0, -1))],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})

it('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes)
    }),
  )
})
it.each(['A', 'AA', 'AA=', 'AAA', 'AB==', 'AAB=', 'A===', 'AA==AA==', 'AA-_', 'ä==='])(
  '%j is no text of bytes',
  (text) => {
    expect(bytesOfText(text)).toBeUndefined()
  },
)
