/**
 * Shapes: what a description must look like, field by field, so that nothing is let in that can not
 * be read, from whatever language or wire it comes. A check gives the first thing that is wrong
 * with its place, or nothing.
 */
import { shown, type Malformed } from '../rule/malformed.js'

export type At = readonly (string | number)[]

/**
 * The texts of all words, dimensions, masks and columns that there are: each is known by its number
 * in its list.
 */
export interface Symbols {
  readonly words: readonly string[]
  readonly dimensions: readonly string[]
  readonly masks: readonly string[]
  readonly columns: readonly string[]
}

export type Check = (value: unknown, at: At, symbols: Symbols) => Malformed | undefined

export const malformed = (at: At, found: unknown, expected: string): Malformed => ({
  at,
  found: shown(found),
  expected,
})

/** A value that passes a test of its own. */
export const which =
  (passes: (value: unknown) => boolean, expected: string): Check =>
  (value, at) =>
    passes(value) ? undefined : malformed(at, value, expected)

/** One of these texts. */
export const oneOfTexts = (...texts: readonly string[]): Check =>
  which((value) => texts.includes(value as string), `one of ${texts.join(', ')}`)

/** Several checks of one value, in order. */
export const both =
  (...checks: readonly Check[]): Check =>
  (value, at, symbols) =>
    firstMalformed(checks, (check) => check(value, at, symbols))

/** A list, each item of which passes. */
export const list =
  (item: Check, leastLength = 0): Check =>
  (value, at, symbols) => {
    if (!Array.isArray(value) || value.length < leastLength)
      return malformed(at, value, leastLength === 0 ? 'a list' : `a list of ${leastLength} or more`)
    return firstMalformed(value as readonly unknown[], (one, i) => item(one, [...at, i], symbols))
  }

/** A list of two. */
export const pair =
  (first: Check, second: Check): Check =>
  (value, at, symbols) => {
    if (!Array.isArray(value) || value.length !== 2) return malformed(at, value, 'a list of 2')
    return first(value[0], [...at, 0], symbols) ?? second(value[1], [...at, 1], symbols)
  }

/** What is known by its number. */
export const among =
  (kind: keyof Symbols, expected: string): Check =>
  (value, at, symbols) =>
    Number.isInteger(value) && symbols[kind][value as number] !== undefined
      ? undefined
      : malformed(at, value, expected)

/** A list of pairs, the first of which is known by its number and comes only once. */
export const table =
  (kind: keyof Symbols, first: Check, second: Check): Check =>
  (value, at, symbols) => {
    const seen = new Set<unknown>()
    const once: Check = (key, where) => {
      if (seen.has(key)) return malformed(where, symbols[kind][key as number], 'each only once')
      seen.add(key)
      return undefined
    }
    return list(pair(both(first, once), second))(value, at, symbols)
  }

/** What may be left out. */
export const optional =
  (check: Check): Check =>
  (value, at, symbols) =>
    value === undefined ? undefined : check(value, at, symbols)

type Fields<Described> = { readonly [Key in Exclude<keyof Described, '_tag'>]-?: Check }

/**
 * An object with these fields, checked in their order, and no others but its tag, which is a text.
 */
export const record =
  <Described>(fields: Fields<Described>): Check =>
  (value, at, symbols) => {
    if (!isObject(value)) return malformed(at, value, 'an object')
    const isKnown = (key: string): boolean =>
      key === '_tag' ? typeof value[key] === 'string' : Object.hasOwn(fields, key)
    const unknownField = Object.keys(value).find((key) => !isKnown(key))
    if (unknownField !== undefined)
      return malformed([...at, unknownField], value[unknownField], 'no such field')
    return firstMalformed(Object.entries<Check>(fields), ([key, check]) =>
      check(value[key], [...at, key], symbols),
    )
  }

/** One of several records, told by their tags. */
export const tagged =
  <Tag extends string>(cases: { readonly [Name in Tag]: Check }): Check =>
  (value, at, symbols) => {
    if (!isObject(value)) return malformed(at, value, 'an object')
    const { _tag: tag } = value as { readonly _tag?: unknown }
    if (typeof tag !== 'string' || !Object.hasOwn(cases, tag))
      return malformed([...at, '_tag'], tag, `one of ${Object.keys(cases).join(', ')}`)
    return cases[tag as Tag](value, at, symbols)
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const firstMalformed = <Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => Malformed | undefined,
): Malformed | undefined => {
  for (const [index, item] of items.entries()) {
    const found = check(item, index)
    if (found !== undefined) return found
  }
  return undefined
}
