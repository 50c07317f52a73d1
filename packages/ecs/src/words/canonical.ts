/**
 * Writes a value as canonical JSON: equal values give the same text, whatever the order of their
 * keys.
 */
import { byCodeUnit } from '@stowage/kernel'

/** The value as JSON with keys sorted by code unit; `undefined` fields are left out. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => byCodeUnit(a, b))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
}
