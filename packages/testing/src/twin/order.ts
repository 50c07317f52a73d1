/**
 * The slow twin of comparing texts as something: which of two comes first, as the kernel's
 * `rule/expr.ts` says.
 */
import type { ValueType } from '@stowage/kernel'
import { digits, isDigits } from './digits.js'
import { instantOf } from './instant.js'

/**
 * Less than 0 when the first text comes first, more when the second does, 0 when neither; nothing
 * when one does not read so.
 */
export const orderTwin = (as: ValueType, one: string, other: string): number | undefined => {
  switch (as) {
    case 'int64':
      return inOrder(integerOf(one), integerOf(other))
    case 'version':
      return inOrder(...versionsOf(one, other))
    case 'instant':
      return inOrder(instantOf(one), instantOf(other))
  }
}

const inOrder = <Read extends bigint | string>(
  one: Read | undefined,
  other: Read | undefined,
): number | undefined =>
  one === undefined || other === undefined ? undefined : one < other ? -1 : one > other ? 1 : 0

/** A sign or none, then digits; and the same number when it is kept in 64 bits. */
const integerOf = (text: string): bigint | undefined => {
  const unsigned = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (!isDigits(unsigned)) return undefined
  const size = [...unsigned].reduce((sum, digit) => sum * 10n + BigInt(digits.indexOf(digit)), 0n)
  const value = text.startsWith('-') ? -size : size
  return BigInt.asIntN(64, value) === value ? value : undefined
}

/**
 * Two versions as texts of one length each, with as many numbers, that stand in the order of the
 * versions.
 */
const versionsOf = (
  one: string,
  other: string,
): readonly [string | undefined, string | undefined] => {
  const [numbers, others] = [one.split('.'), other.split('.')]
  const written = (text: string, parts: readonly string[]): string | undefined =>
    text.length <= 256 && parts.every(isDigits)
      ? Array.from({ length: Math.max(numbers.length, others.length) }, (_, i) =>
          (parts[i] ?? '0').padStart(256, '0'),
        ).join('.')
      : undefined
  return [written(one, numbers), written(other, others)]
}
