/**
 * Converts floating-point numbers to integers of 32 and 64 bits as Go does on amd64. The fraction
 * is cut off, and a number out of range becomes the smallest integer of the type.
 */
import { int32Max } from '@stowage/documents'

const int32Min = -int32Max - 1
const signedEnd = 1n << 63n

/** The largest number of 64 bits. */
export const int64Max = signedEnd - 1n

/** A whole number of 32 bits; the fraction is cut off. */
export const toInt32 = (value: number): number => {
  const whole = Math.trunc(value)
  return whole >= int32Min && whole <= int32Max ? whole + 0 : int32Min
}

/** A whole number of 64 bits; the fraction is cut off. */
export const toInt64 = (value: number): bigint =>
  value >= -Number(signedEnd) && value < Number(signedEnd) ? BigInt(Math.trunc(value)) : -signedEnd

/** A sum or a product of 64 bits, which wraps around. */
export const inInt64 = (value: bigint): bigint => BigInt.asIntN(64, value)
