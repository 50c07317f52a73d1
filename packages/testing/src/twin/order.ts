/**
 * Reads two texts as integers, versions or instants, and compares them. This is the slow reference
 * implementation (twin) of the comparisons in the kernel's `rule/expr.ts`.
 */
import type { ValueType } from '@stowage/kernel'
import { digits, isDigits } from './digits.js'
import { instantTwin } from './instant.js'

/**
 * Negative when the first text is less, positive when it is greater, 0 when they are equal.
 * `undefined` when one of them does not parse.
 */
export const orderTwin = (as: ValueType, one: string, other: string): number | undefined => {
  switch (as) {
    case 'int64':
      return compareReadings(integerOf(one), integerOf(other))
    case 'version':
      return compareReadings(...versionsOf(one, other))
    case 'instant':
      return compareReadings(instantTwin(one), instantTwin(other))
  }
}

const compareReadings = <Read extends bigint | string>(
  one: Read | undefined,
  other: Read | undefined,
): number | undefined =>
  one === undefined || other === undefined ? undefined : one < other ? -1 : one > other ? 1 : 0

/** An optional sign and digits, within 64 bits. */
const integerOf = (text: string): bigint | undefined => {
  const unsigned = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (!isDigits(unsigned)) return undefined
  const size = [...unsigned].reduce((sum, digit) => sum * 10n + BigInt(digits.indexOf(digit)), 0n)
  const value = text.startsWith('-') ? -size : size
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/** Two versions as texts of equal length and equal number of parts, so that text order applies. */
const versionsOf = (
  one: string,
  other: string,
): readonly [string | undefined, string | undefined] => {
  const [numbers, others] = [one.split('.'), other.split('.')]
  const padded = (text: string, parts: readonly string[]): string | undefined =>
    text.length <= 256 && parts.every(isDigits)
      ? Array.from({ length: Math.max(numbers.length, others.length) }, (_, i) =>
          (parts[i] ?? '0').padStart(256, '0'),
        ).join('.')
      : undefined
  return [padded(one, numbers), padded(other, others)]
}
