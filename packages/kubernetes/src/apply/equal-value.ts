/** Compares two values of JSON; the order of the fields of an object does not matter. */
import { isObject, own } from '@stowage/documents'

/** Whether two values of JSON are equal. */
export const isEqualValue = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one))
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, i) => isEqualValue(item, other[i]))
    )
  if (!isObject(one) || !isObject(other)) return Object.is(one, other)
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqualValue(own(one, key), own(other, key)))
  )
}
