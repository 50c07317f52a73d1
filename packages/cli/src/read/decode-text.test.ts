/** Tests the decoding of texts in UTF-8 and UTF-16, with a byte order mark and without. */
import { expect, it } from 'vitest'
import { decodeText, isUnmarked } from './decode-text.js'

const text = 'name: caf\u00e9 \u{1f600}\n'
const little = Buffer.from(text, 'utf16le')

it.each<readonly [string, Uint8Array]>([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, the low byte first', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['UTF-16, the high byte first', Buffer.from([0xfe, 0xff, ...Buffer.from(little).swap16()])],
])('%s is read', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text)
})

it.each<readonly [string, readonly number[]]>([
  ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
  ['half a character of UTF-16', [0xff, 0xfe, 0x61]],
  ['half a pair of UTF-16', [0xff, 0xfe, 0x3d, 0xd8]],
])('%s is refused', (_, bytes) => {
  expect(() => decodeText(Uint8Array.from(bytes))).toThrow()
})

it('tells UTF-16 without a mark from other bytes', () => {
  const big = Buffer.from(little).swap16()
  expect([little, big].map(isUnmarked)).toEqual([true, true])
  const others = [Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le'), Buffer.from('')]
  expect(others.map(isUnmarked)).toEqual([false, false, false])
})
