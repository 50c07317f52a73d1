/**
 * Provides combinators that build checks for values of unknown origin: records, lists, pairs,
 * tagged unions. Everything that enters a cluster passes such a check, so the kernel never meets a
 * value that it cannot read.
 */
import { renderValue, type MalformedValue } from '../rule/malformed.js'

/** The path from the root of the checked value. */
export type At = readonly (string | number)[]

/** The texts of one table, by id. */
export type Names = Pick<ReadonlyMap<number, string>, 'get' | 'has'>

/** The interned names of a cluster, by id: an id is known when its name exists. */
export interface Symbols {
  readonly words: Names
  readonly dimensions: Names
  readonly masks: Names
  readonly columns: Names
}

/** A check returns the first thing that is wrong, with its path, or `undefined`. */
export type Check = (value: unknown, at: At, symbols: Symbols) => MalformedValue | undefined

/** The result of a failed check. */
export const malformedValue = (at: At, found: unknown, expected: string): MalformedValue => ({
  at,
  found: renderValue(found),
  expected,
})

/** Accepts a value that passes the test. */
export const fromPredicate =
  (passes: (value: unknown) => boolean, expected: string): Check =>
  (value, at) =>
    passes(value) ? undefined : malformedValue(at, value, expected)

/** Accepts one of these texts. */
export const oneOfTexts = (...texts: readonly string[]): Check =>
  fromPredicate((value) => texts.includes(value as string), `one of ${texts.join(', ')}`)

/** Applies several checks to one value, in order. */
export const allChecks =
  (...checks: readonly Check[]): Check =>
  (value, at, symbols) =>
    firstMalformed(checks, (check) => check(value, at, symbols))

/** Accepts a list of at least `lengthMin` items that all pass. */
export const list =
  (item: Check, lengthMin = 0): Check =>
  (value, at, symbols) => {
    if (!Array.isArray(value) || value.length < lengthMin)
      return malformedValue(
        at,
        value,
        lengthMin === 0 ? 'a list' : `a list of ${lengthMin} or more`,
      )
    return firstMalformed(value as readonly unknown[], (one, i) => item(one, [...at, i], symbols))
  }

/** Accepts a list of two items. */
export const pair =
  (first: Check, second: Check): Check =>
  (value, at, symbols) => {
    if (!Array.isArray(value) || value.length !== 2) return malformedValue(at, value, 'a list of 2')
    return first(value[0], [...at, 0], symbols) ?? second(value[1], [...at, 1], symbols)
  }

/** Accepts a known id of this kind. */
export const among =
  (kind: keyof Symbols, expected: string): Check =>
  (value, at, symbols) =>
    Number.isInteger(value) && symbols[kind].has(value as number)
      ? undefined
      : malformedValue(at, value, expected)

/** Accepts a list of pairs whose first item is a known id that occurs once. */
export const table =
  (kind: keyof Symbols, first: Check, second: Check): Check =>
  (value, at, symbols) => {
    const seen = new Set<unknown>()
    const once: Check = (key, where) => {
      if (seen.has(key))
        return malformedValue(where, symbols[kind].get(key as number), 'each only once')
      seen.add(key)
      return undefined
    }
    return list(pair(allChecks(first, once), second))(value, at, symbols)
  }

/** Accepts a value that may be `undefined`. */
export const optional =
  (check: Check): Check =>
  (value, at, symbols) =>
    value === undefined ? undefined : check(value, at, symbols)

type Fields<Value> = { readonly [Key in Exclude<keyof Value, '_tag'>]-?: Check }

/** Accepts an object with exactly these fields, checked in this order; a `_tag` must be a text. */
export const record = <Value>(fields: Fields<Value>): Check => {
  const entries = Object.entries<Check>(fields)
  return (value, at, symbols) => {
    if (!isObject(value)) return malformedValue(at, value, 'an object')
    for (const key of Object.keys(value))
      if (key === '_tag' ? typeof value[key] !== 'string' : !Object.hasOwn(fields, key))
        return malformedValue([...at, key], value[key], 'no such field')
    for (const [key, check] of entries) {
      const found = check(value[key], [...at, key], symbols)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Accepts a union: the `_tag` selects the check. */
export const taggedUnion =
  <Tag extends string>(cases: { readonly [Name in Tag]: Check }): Check =>
  (value, at, symbols) => {
    if (!isObject(value)) return malformedValue(at, value, 'an object')
    const { _tag: tag } = value as { readonly _tag?: unknown }
    if (typeof tag !== 'string' || !Object.hasOwn(cases, tag))
      return malformedValue([...at, '_tag'], tag, `one of ${Object.keys(cases).join(', ')}`)
    return cases[tag as Tag](value, at, symbols)
  }

/** Whether a value is an object that is no list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const firstMalformed = <Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => MalformedValue | undefined,
): MalformedValue | undefined => {
  for (const [index, item] of items.entries()) {
    const found = check(item, index)
    if (found !== undefined) return found
  }
  return undefined
}
