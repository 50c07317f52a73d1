/** Converts a plain value to a text, so that equal values have equal texts. */
import { byCodeUnit } from '@stowage/kernel'

/** Keys are sorted; 0 and -0 have the same text; numbers that are not finite become texts. */
export const canonicalText = (value: unknown): string => JSON.stringify(value, sortKeys)

const sortKeys = (_: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return `the number ${value}`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b)))
}
