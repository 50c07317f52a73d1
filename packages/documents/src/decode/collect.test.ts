/**
 * Tests that `collectAll` returns the same values and errors as the validation applicative of
 * fp-ts.
 */
import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { collectAll } from './collect.js'

type Reading = E.Either<readonly string[], number>
const anyReading: fc.Arbitrary<Reading> = fc.oneof(
  fc.nat(9).map((value) => E.right(value)),
  fc.array(fc.string({ maxLength: 2 }), { maxLength: 3 }).map((faults) => E.left(faults)),
)

const bySequence = (readings: readonly Reading[]) =>
  RA.sequence(E.getApplicativeValidation(RA.getSemigroup<string>()))(readings)

const agrees = (collect: typeof bySequence) =>
  fc.property(fc.array(anyReading, { maxLength: 6 }), (readings) =>
    isDeepStrictEqual(collect(readings), bySequence(readings)),
  )

it('returns every value or every fault', () => {
  fc.assert(agrees(collectAll))
})
it('is refuted when the first fault ends it', () => {
  const hasty: typeof bySequence = (readings) => {
    const failed = readings.find(E.isLeft)
    return failed ?? collectAll(readings)
  }
  expect(isRefuted(agrees(hasty))).toBe(true)
})
