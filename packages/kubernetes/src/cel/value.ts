/**
 * Defines the values of CEL expressions, with their equality and order. A failed evaluation results
 * in an error value. `&&` and `||` may absorb an error: `true || error` is true.
 *
 * Source: the Common Expression Language specification, "Values" and "Equality"; errors are worded
 * as Kubernetes words them.
 */
import type { Quantity } from '../words/quantity.js'
import { semverOrder, type Semver } from './semver.js'

/** A value: int is a bigint, double a number. */
export type CelValue =
  | boolean
  | bigint
  | number
  | string
  | null
  | CelList
  | CelMap
  | { readonly _tag: 'Quantity'; readonly quantity: Quantity }
  | { readonly _tag: 'Semver'; readonly version: Semver }
  | { readonly _tag: 'Optional'; readonly value: CelValue | undefined }

/** A list of values of any types. */
export interface CelList {
  readonly _tag: 'List'
  readonly items: readonly CelValue[]
}

/** A key of a map; a whole number of any type is the same key. */
export type CelKey = string | bigint | boolean

/** The key that a value is; `undefined` for one that cannot be a key. */
export const mapKeyOf = (value: CelValue): CelKey | undefined => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean'
    ? value
    : undefined
}

/**
 * A map by its keys. An `isOpen` map has an empty map under every key that it lacks, as the
 * attributes of a device have for every domain.
 */
export interface CelMap {
  readonly _tag: 'Map'
  readonly entries: ReadonlyMap<CelKey, CelValue>
  readonly isOpen: boolean
}

/** An error, with its text. */
export interface CelError {
  readonly _tag: 'Error'
  readonly text: string
}

/** The result of an evaluation. */
export type CelResult = CelValue | CelError

/** A function of CEL on the values of its arguments. */
export type CelFunction = (args: readonly CelValue[]) => CelResult

export const celError = (text: string): CelError => ({ _tag: 'Error', text })

/** An operator or a function does not take values of these types. */
export const noOverload: CelError = celError('no such overload')

export const isCelError = (result: CelResult): result is CelError =>
  typeof result === 'object' && result !== null && result._tag === 'Error'

export const celList = (items: readonly CelValue[]): CelList => ({ _tag: 'List', items })

export const emptyMap: CelMap = { _tag: 'Map', entries: new Map(), isOpen: false }

/** The value under a key of a map; `undefined` when the map lacks it. */
export const mapEntry = ({ entries, isOpen }: CelMap, key: CelKey): CelValue | undefined =>
  entries.get(key) ?? (isOpen ? emptyMap : undefined)

/** Values of different types are unequal, except that numbers compare by their size. */
export const areEqual = (one: CelValue, other: CelValue): boolean => {
  if (isNumber(one) && isNumber(other)) return orderOf(one, other) === 0
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other
  switch (one._tag) {
    case 'List':
      return other._tag === 'List' && areListsEqual(one.items, other.items)
    case 'Map':
      return other._tag === 'Map' && areMapsEqual(one.entries, other.entries)
    case 'Quantity':
      return other._tag === 'Quantity' && one.quantity === other.quantity
    case 'Semver':
      return other._tag === 'Semver' && semverOrder(one.version, other.version) === 0
    case 'Optional':
      return other._tag === 'Optional' && areOptionalsEqual(one.value, other.value)
  }
}

const areListsEqual = (one: readonly CelValue[], other: readonly CelValue[]): boolean =>
  one.length === other.length && one.every((item, i) => areEqual(item, other[i]!))

const areMapsEqual = (
  one: ReadonlyMap<CelKey, CelValue>,
  other: ReadonlyMap<CelKey, CelValue>,
): boolean =>
  one.size === other.size &&
  [...one].every(([key, value]) => {
    const same = other.get(key)
    return same !== undefined && areEqual(value, same)
  })

const areOptionalsEqual = (one: CelValue | undefined, other: CelValue | undefined): boolean =>
  one === undefined || other === undefined ? one === other : areEqual(one, other)

export const isNumber = (value: CelValue): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number'

/** Negative, 0 or positive; `undefined` for values that have no order, NaN among them. */
export const orderOf = (one: CelValue, other: CelValue): number | undefined => {
  if (isNumber(one) && isNumber(other))
    return one < other ? -1 : one > other ? 1 : one >= other ? 0 : undefined
  if (typeof one === 'string' && typeof other === 'string') return codePointOrder(one, other)
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other)
  return undefined
}

/** By code points: a surrogate pair comes after every other character. */
const codePointOrder = (one: string, other: string): number => {
  const [left, right] = [Array.from(one), Array.from(other)]
  const differs = left.findIndex((character, i) => character !== right[i])
  if (differs < 0) return left.length - right.length
  const next = right[differs]
  return next === undefined ? 1 : left[differs]!.codePointAt(0)! - next.codePointAt(0)!
}
