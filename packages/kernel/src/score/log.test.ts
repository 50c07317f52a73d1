/**
 * Tests logarithms against those of Go, bit for bit (`test/golden/logarithm.json`, recorded by
 * `test/oracle/logarithm`).
 */
import { logarithmTwin } from '../../../testing/src/twin/log.js'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { logarithm } from './log.js'

/** `bits` are of 2 and the numbers after it; the checksum is of all from 2 to `last`. */
interface Golden {
  readonly bits: readonly string[]
  readonly last: number
  readonly checksum: string
}

const golden = JSON.parse(
  readFileSync(new URL('../../../../test/golden/logarithm.json', import.meta.url), 'utf8'),
) as Golden

const bytesOf = (x: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, x)
  return bytes
}
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** FNV-1a, 32 bits, of the logarithms of 2 to `last`. */
const checksum = (of: typeof logarithm, last: number): string => {
  let sum = 0x811c9dc5
  for (let n = 2; n <= last; n++)
    for (const byte of bytesOf(of(n))) sum = Math.imul(sum ^ byte, 0x01000193)
  return (sum >>> 0).toString(16).padStart(8, '0')
}

/** By how little it may be wrong, and is seen to be. */
const oneBitOff: typeof logarithm = (n) => {
  const bytes = new DataView(bytesOf(logarithm(n)).buffer)
  if (n === 4097) bytes.setUint8(7, bytes.getUint8(7) ^ 1)
  return bytes.getFloat64(0)
}

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('the natural logarithm', () => {
  it("is Go's, of each of 2 to 4096", () => {
    expect(golden.bits).toHaveLength(4095)
    expect(golden.bits.map((_, i) => hexOf(bytesOf(logarithm(i + 2))))).toEqual(golden.bits)
  })

  it("is Go's, of all from 2 to 200001", () => {
    expect(golden.last).toBe(200_001)
    expect(checksum(logarithm, golden.last)).toBe(golden.checksum)
  })

  it('is refuted by one bit', () => {
    expect(checksum(oneBitOff, golden.last)).not.toBe(golden.checksum)
  })

  it('is 0 of 1', () => expect(logarithm(1)).toBe(0))

  it('weighs as few replicas as are drawn to the same whole number as the nearest double', () => {
    const weighed = (of: typeof logarithm) =>
      numbers(3, 9).flatMap((n) =>
        numbers(3, 9).flatMap((m) =>
          numbers(0, 24).flatMap((i) =>
            numbers(0, 24).map((j) => Math.round(i * of(n) + j * of(m))),
          ),
        ),
      )
    expect(weighed(logarithm)).toEqual(weighed(logarithmTwin))
  })

  it('is at most one double from the nearest, of each of 2 to 4096', () => {
    for (let n = 2; n <= 4096; n++) {
      const nearest = logarithmTwin(n)
      expect(Math.abs(logarithm(n) - nearest)).toBeLessThanOrEqual(nearest * Number.EPSILON)
    }
  })
})
