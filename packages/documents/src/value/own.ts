/**
 * Reads a field of a value of unknown type, or the part at a path such as
 * `['spec', 'containers', 0]`. Only own properties count, so `__proto__` is a field like any other.
 */

/** The steps from a value to a part of it: field names, and indexes from 0. */
export type Path = readonly (string | number)[]

/** An object that is no list. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own property, or `undefined` when the value has none of this name. */
export const own = (value: object, key: string | number): unknown =>
  Object.hasOwn(value, key) ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined

/** The part that a path leads to, or `undefined` when the path leaves the value. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null ? own(inside, step) : undefined,
    value,
  )
