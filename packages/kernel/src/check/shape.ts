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
export interface Known {
  readonly words: readonly string[]
  readonly dimensions: readonly string[]
  readonly masks: readonly string[]
  readonly columns: readonly string[]
}

export type Check = (value: unknown, at: At, known: Known) => Malformed | undefined

export const wrong = (at: At, found: unknown, expected: string): Malformed => ({
  at,
  found: shown(found),
  expected,
})

/** A value that passes a test of its own. */
export const which =
  (passes: (value: unknown) => boolean, expected: string): Check =>
  (value, at) =>
    passes(value) ? undefined : wrong(at, value, expected)

/** One of these texts. */
export const oneOf = (...texts: readonly string[]): Check =>
  which((value) => texts.includes(value as string), `one of ${texts.join(', ')}`)

/** Several checks of one value, in order. */
export const both =
  (...checks: readonly Check[]): Check =>
  (value, at, known) =>
    firstOf(checks, (check) => check(value, at, known))

/** A list, each item of which passes. */
export const list =
  (item: Check, leastLength = 0): Check =>
  (value, at, known) => {
    if (!Array.isArray(value) || value.length < leastLength)
      return wrong(at, value, leastLength === 0 ? 'a list' : `a list of ${leastLength} or more`)
    return firstOf(value as readonly unknown[], (one, i) => item(one, [...at, i], known))
  }

/** A list of two. */
export const pair =
  (first: Check, second: Check): Check =>
  (value, at, known) => {
    if (!Array.isArray(value) || value.length !== 2) return wrong(at, value, 'a list of 2')
    return first(value[0], [...at, 0], known) ?? second(value[1], [...at, 1], known)
  }

/** What is known by its number. */
export const among =
  (kind: keyof Known, expected: string): Check =>
  (value, at, known) =>
    Number.isInteger(value) && known[kind][value as number] !== undefined
      ? undefined
      : wrong(at, value, expected)

/** A list of pairs, the first of which is known by its number and comes only once. */
export const table =
  (kind: keyof Known, first: Check, second: Check): Check =>
  (value, at, known) => {
    const seen = new Set<unknown>()
    const once: Check = (key, where) => {
      if (seen.has(key)) return wrong(where, known[kind][key as number], 'each only once')
      seen.add(key)
      return undefined
    }
    return list(pair(both(first, once), second))(value, at, known)
  }

/** What may be left out. */
export const optional =
  (check: Check): Check =>
  (value, at, known) =>
    value === undefined ? undefined : check(value, at, known)

type Fields<Described> = { readonly [Key in Exclude<keyof Described, '_tag'>]-?: Check }

/**
 * An object with these fields, checked in their order, and no others but its tag, which is a text.
 */
export const record =
  <Described>(fields: Fields<Described>): Check =>
  (value, at, known) => {
    if (!isObject(value)) return wrong(at, value, 'an object')
    const isKnown = (key: string): boolean =>
      key === '_tag' ? typeof value[key] === 'string' : Object.hasOwn(fields, key)
    const stranger = Object.keys(value).find((key) => !isKnown(key))
    if (stranger !== undefined) return wrong([...at, stranger], value[stranger], 'no such field')
    return firstOf(Object.entries<Check>(fields), ([key, check]) =>
      check(value[key], [...at, key], known),
    )
  }

/** One of several records, told by their tags. */
export const tagged =
  <Tag extends string>(cases: { readonly [Name in Tag]: Check }): Check =>
  (value, at, known) => {
    if (!isObject(value)) return wrong(at, value, 'an object')
    const { _tag: tag } = value as { readonly _tag?: unknown }
    if (typeof tag !== 'string' || !Object.hasOwn(cases, tag))
      return wrong([...at, '_tag'], tag, `one of ${Object.keys(cases).join(', ')}`)
    return cases[tag as Tag](value, at, known)
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const firstOf = <Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => Malformed | undefined,
): Malformed | undefined => {
  for (const [index, item] of items.entries()) {
    const found = check(item, index)
    if (found !== undefined) return found
  }
  return undefined
}
