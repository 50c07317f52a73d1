/**
 * Compares and merges JSON values as the API server stores them: absent, null, false and empty
 * values are equal, because the stored form leaves them out.
 */
import { isObject } from '@stowage/documents'

type Json = Readonly<Record<string, unknown>>

const isEmptyJson = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.values(value).every(isEmptyJson))

/** Whether two values are equal, apart from what is empty and the order of keys. */
export const isEqualJson = (one: unknown, other: unknown): boolean => {
  if (isEmptyJson(one) && isEmptyJson(other)) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, i) => isEqualJson(item, other[i]))
  if (!isObject(one) || !isObject(other)) return one === other
  const [a, b] = [one as Json, other as Json]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys.every((key) => isEqualJson(ownOf(a, key), ownOf(b, key)))
}

const ownOf = (value: Json, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined

/** Merges a patch into a value: null removes a field, and a list replaces another (RFC 7386). */
export const mergePatch = (value: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch
  const before = isObject(value) ? (value as Json) : {}
  const changes = patch as Json
  const remaining = Object.entries(before).filter(([key]) => !Object.hasOwn(changes, key))
  const changed = Object.entries(changes).flatMap(([key, part]) =>
    part === null ? [] : [[key, mergePatch(ownOf(before, key), part)] as const],
  )
  return Object.fromEntries([...remaining, ...changed])
}
