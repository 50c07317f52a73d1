/**
 * Converts a part of an ECS cluster's state to plain data that JSON can hold: a map becomes a list
 * of its entries, Infinity becomes a text, and a field that is `undefined` is left out.
 */

/** What JSON can hold. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain }

/** The text for Infinity, as JSON has no number for it. */
export const infinityText = 'Infinity'

/** Converts a value to plain data. */
export const plainOf = (value: unknown): Plain => {
  if (value === Infinity) return infinityText
  if (typeof value !== 'object' || value === null) return value as Plain
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(plainOf)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]: [string, unknown]) =>
      field === undefined ? [] : [[key, plainOf(field)]],
    ),
  )
}
