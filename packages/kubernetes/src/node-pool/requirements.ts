/**
 * Implements requirements on several labels, by key, and decides whether the requirements of a pod
 * are compatible with those of a future node:
 * 1. A key that both have must have a value in common.
 * 2. A key that only the pod has must be well known or allowed to be absent.
 */
import {
  allowsAbsence,
  hasIntersection,
  intersection,
  keyRequirement,
  requireExists,
  requireIn,
  requirementText,
  type KeyRequirement,
  type WrittenRequirement,
} from './requirement.js'
import { hostKey } from './well-known.js'

/** Requirements by key. */
export type Requirements = ReadonlyMap<string, KeyRequirement>

/** No requirement. */
export const noRequirements: Requirements = new Map()

/** The requirements with more of them; those on the same key intersect. */
export const addRequirements = (
  requirements: Requirements,
  more: Iterable<KeyRequirement>,
): Requirements => {
  const sum = new Map(requirements)
  for (const one of more) {
    const before = sum.get(one.key)
    sum.set(one.key, before === undefined ? one : intersection(one, before))
  }
  return sum
}

/** The requirements that were written. */
export const requirementsFrom = (written: readonly WrittenRequirement[]): Requirements =>
  addRequirements(noRequirements, written.map(keyRequirement))

/** The requirements that labels are: each has this one value. */
export const labelRequirements = (labels: ReadonlyMap<string, string>): Requirements =>
  addRequirements(
    noRequirements,
    [...labels].map(([key, value]) => requireIn(key, [value])),
  )

/** The requirement on a key; any value where there is none. */
export const requirementOn = (requirements: Requirements, key: string): KeyRequirement =>
  requirements.get(key) ?? requireExists(key)

/** Keys that may be unknown: those that are well known, or none. */
export type UndefinedKeys = ReadonlySet<string>

/** No key may be unknown. */
export const noUndefinedKeys: UndefinedKeys = new Set()

/** Whether the requirements, of a node, can loosely meet others, of a pod. */
export const areCompatible = (
  own: Requirements,
  others: Requirements,
  undefinedKeys: UndefinedKeys,
): boolean => {
  for (const [key, other] of others)
    if (!own.has(key) && !undefinedKeys.has(key) && !allowsAbsence(other)) return false
  return doIntersect(own, others)
}

/** Why they cannot, or `undefined`. Of several unknown keys the first is named. */
export const incompatibility = (
  own: Requirements,
  others: Requirements,
  undefinedKeys: UndefinedKeys,
): string | undefined => {
  for (const key of sortedKeysOf(others))
    if (!own.has(key) && !undefinedKeys.has(key) && !allowsAbsence(others.get(key)!))
      return `label "${key}" does not have known values${labelHint(own, key, undefinedKeys)}`
  if (doIntersect(own, others)) return undefined
  return sortedKeysOf(others)
    .filter((key) => own.has(key) && !keysIntersect(own.get(key)!, others.get(key)!))
    .map((key) => {
      const [existing, incoming] = [own.get(key)!, others.get(key)!]
      return `key ${key}, ${requirementText(incoming)} not in ${requirementText(existing)}`
    })
    .join('; ')
}

/** Whether every key that both name has a value in common. */
export const doIntersect = (own: Requirements, others: Requirements): boolean => {
  const [few, many] = own.size > others.size ? [others, own] : [own, others]
  for (const key of few.keys())
    if (many.has(key) && !keysIntersect(own.get(key)!, others.get(key)!)) return false
  return true
}

/** Two requirements that both allow absence agree on a node without the label. */
const keysIntersect = (existing: KeyRequirement, incoming: KeyRequirement): boolean =>
  hasIntersection(existing, incoming) || (allowsAbsence(incoming) && allowsAbsence(existing))

const sortedKeysOf = (requirements: Requirements): readonly string[] =>
  [...requirements.keys()].sort()

/** A well-known key, or one of the node, that looks like the unknown one. */
const labelHint = (own: Requirements, key: string, undefinedKeys: UndefinedKeys): string => {
  const suffix = key.includes('/') ? key.slice(key.indexOf('/') + 1) : key
  const like = [...[...undefinedKeys].sort(), ...sortedKeysOf(own)].find(
    (known) => known.includes(key) || known.endsWith(suffix),
  )
  return like === undefined ? '' : ` (typo of "${like}"?)`
}

/** Whether some requirement asks for several values. */
export const hasMinValues = (requirements: Requirements): boolean => {
  for (const { minValues } of requirements.values()) if (minValues !== undefined) return true
  return false
}

/** All requirements as messages write them, in order, without that on the name of a node. */
export const requirementLines = (requirements: Requirements): readonly string[] =>
  [...requirements.values()]
    .filter(({ key }) => key !== hostKey)
    .map(requirementText)
    .sort()
