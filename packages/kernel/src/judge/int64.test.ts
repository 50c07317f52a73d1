import fc from 'fast-check'
import { refuted } from '@stowage/testing'
import { expect, it } from 'vitest'
import { readInt64 } from './int64.js'

const range = 1n << 63n
const nearTheEnds = fc.oneof(
  fc.bigInt({ min: -range - 5n, max: -range + 5n }),
  fc.bigInt({ min: range - 5n, max: range + 5n }),
  fc.bigInt({ min: -10n, max: 10n }),
  fc.bigInt(),
)
const readsBack = (read: typeof readInt64) =>
  fc.property(nearTheEnds, fc.constantFrom('', '+', '0', '+00'), (value, front) => {
    const text = value < 0n ? `${value}` : `${front}${value}`
    return read(text) === (BigInt.asIntN(64, value) === value ? value : undefined)
  })

it('reads what 64 bits hold, and nothing more', () => fc.assert(readsBack(readInt64)))

it('is refuted when the sign of the least is not thought of', () => {
  const symmetric: typeof readInt64 = (text) => (text === `${-range}` ? undefined : readInt64(text))
  expect(refuted(readsBack(symmetric))).toBe(true)
})
