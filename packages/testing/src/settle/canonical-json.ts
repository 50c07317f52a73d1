/** Formats a value as JSON with sorted keys, so that equal values have equal texts. */
import { byCodeUnit } from '@stowage/kernel'
import { isObject } from '@stowage/documents'

/** The text of a value. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isObject(part) && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodeUnit(a, b)))
      : part,
  )
