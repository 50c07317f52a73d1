/**
 * Plain values as texts: equal texts for equal values, in whatever order their keys were given. 0
 * and -0 are written alike.
 */
export const written = (value: unknown): string => JSON.stringify(value, keysInOrder)

const keysInOrder = (_: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return `the number ${value}`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
