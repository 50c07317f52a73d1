/**
 * Finds the first difference between two JSON values. Absent, null, false and empty values count as
 * equal, because the API does not store them.
 */

/** The path of a difference, and what is there in either value. */
export interface JsonDifference {
  readonly at: string
  readonly theirs: unknown
  readonly ours: unknown
}

/** The first difference; `undefined` when there is none. */
export const differenceOf = (
  theirs: unknown,
  ours: unknown,
  at = '',
): JsonDifference | undefined => {
  if (isNothing(theirs) && isNothing(ours)) return undefined
  const [a, b] = [childrenOf(theirs), childrenOf(ours)]
  const isOther =
    a === undefined || b === undefined || Array.isArray(theirs) !== Array.isArray(ours)
  if (isOther) return theirs === ours ? undefined : { at, theirs, ours }
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const step = Array.isArray(theirs) ? `[${key}]` : `${at === '' ? '' : '.'}${key}`
    const inside = differenceOf(a.get(key), b.get(key), `${at}${step}`)
    if (inside !== undefined) return inside
  }
  return undefined
}

const childrenOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined

const isNothing = (value: unknown): boolean => {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? value.length === 0 : Object.values(value).every(isNothing)
  return value === undefined || value === null || value === '' || value === false
}
