/** Defines codecs and converters of fields that several kinds of recorded cases have. */
import {
  codecOf,
  decodeValue,
  isObject,
  list,
  own,
  text,
  whole,
  type Codec,
  type Path,
} from '@stowage/documents'
import type { MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

/** A finite number. */
export const finite: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined,
)

/** How many of something, or how much of it. */
export const amount = whole('a whole number, 0 or more', 0, Number.MAX_SAFE_INTEGER)

/** How long something lasted, or how long ago it was. */
export const elapsedSeconds = whole('whole seconds', -2_147_483_648)

/** A list of texts. */
export const texts = list('a list of texts', text)

/** The row with texts for the numbers that JSON has no word for. */
export const numbersAsText = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    ]),
  )

/** Keys in order, so that equal objects have equal texts. */
export const sortedKeys = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sortedKeys)
    : isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sortedKeys(own(value, key))]),
        )
      : value

/** Any value; it is read later. */
export const jsonValue = codecOf<unknown>('a value', (value) => value ?? undefined)

/** What is wrong with a value that was read as any, with paths from `at`. */
export const faultsIn = <Value>(
  codec: Codec<Value>,
  at: Path,
  value: unknown,
): readonly MalformedValue[] => {
  const read = decodeValue(codec, value)
  return E.isLeft(read) ? read.left.map((fault) => ({ ...fault, at: [...at, ...fault.at] })) : []
}
