/**
 * Defines the error for a malformed value from a caller: its path (such as `filters[0].parts`),
 * what was found there and what was expected. Also renders values and paths for such messages.
 */
/** The path of the first wrong place, what was found there, and what was expected. */
export interface MalformedValue {
  readonly at: readonly (string | number)[]
  readonly found: string
  readonly expected: string
}

/**
 * A short rendering of any value for a message: at most 60 characters; lists and objects are named,
 * not printed.
 */
export const renderValue = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/**
 * A path as messages show it, such as `spec.containers[0].name`; a key that is no plain word is
 * quoted.
 */
export const pathOf = (at: readonly (string | number)[]): string =>
  at.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) return `${path}[${JSON.stringify(step)}]`
    return path === '' ? step : `${path}.${step}`
  }, '')
