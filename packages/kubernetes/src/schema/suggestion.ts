/**
 * Suggests a correction for an unknown field, the first of these that exists:
 *
 * 1. a field of a similar name in the same object;
 * 2. a field of the same name nearby: in an object that contains this one, or up to two levels
 *    inside one of these objects;
 * 3. a key of a map in the same object, if the object has few fields. For example, the correction
 *    of `app` in a label selector is `matchLabels.app`.
 */
import { isMisspelling, isObject, nearestNames, own, type Path } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import { schemaFields, typesWith, type SchemaField } from './fields.js'

/** An object on the way to the unknown field: its path, its type and its value. */
export interface Level {
  readonly at: Path
  readonly type: string
  readonly value: object
}

/**
 * The path of what was meant; `undefined` without a suggestion. The levels start at the root.
 *
 * A suggestion takes values of the same form. Where something is set already, nothing is suggested.
 */
export const suggestionFor = (
  name: string,
  value: unknown,
  levels: readonly Level[],
): string | undefined => {
  const level = levels[levels.length - 1]!
  const at =
    likeName(name, value, level) ?? sameName(name, value, levels) ?? keyOfMap(name, value, level)
  return at === undefined ? undefined : pathOf(at)
}

const fits = (value: unknown, { form, type }: SchemaField): boolean => {
  if (value === null) return true
  if (Array.isArray(value)) return form === 'list'
  if (isObject(value)) return form === 'map' || (form === 'single' && type !== undefined)
  return form === 'single' && type === undefined
}

const isVacant = (value: object, name: string): boolean => (own(value, name) ?? null) === null

const likeName = (name: string, value: unknown, level: Level): Path | undefined => {
  const fields = schemaFields(level.type)
  const free = [...fields].flatMap(([each, field]) =>
    fits(value, field) && isVacant(level.value, each) ? [each] : [],
  )
  const like = free.filter((each) => hasLikeName(name.toLowerCase(), each.toLowerCase()))
  const [nearest] = nearestNames(name, like)
  return nearest === undefined ? undefined : [...level.at, nearest]
}

/** Names are alike when one begins the other, or may be the other, misspelt. */
const hasLikeName = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return (long.startsWith(short) && 2 * short.length >= long.length) || isMisspelling(short, long)
}

/** A place for the field, how far away it is, and whether nothing is there yet. */
interface FieldPlace {
  readonly at: Path
  readonly steps: number
  readonly vacant: boolean
}

/** A field that so many types have says little about where it belongs: `name`, for example. */
const commonMin = 12
/** How far inside an object places are looked for, and how far away in all. */
const levelsMax = 2
const distanceMax = 3

const sameName = (name: string, value: unknown, levels: readonly Level[]): Path | undefined => {
  const isCommon = typesWith(name) >= commonMin
  const places = [...levels].reverse().flatMap((level, up): readonly FieldPlace[] => {
    const field = schemaFields(level.type).get(name)
    if (field !== undefined && fits(value, field))
      return [{ at: [...level.at, name], steps: up, vacant: isVacant(level.value, name) }]
    return isCommon
      ? []
      : placesBelow(name, value, level, Math.min(levelsMax, distanceMax - up), up)
  })
  const nearest = places.reduce<FieldPlace | undefined>(
    (best, place) => (best === undefined || place.steps < best.steps ? place : best),
    undefined,
  )
  return nearest?.vacant === true ? nearest.at : undefined
}

/** The places in objects that this one holds; one that is in the document is nearer. */
const placesBelow = (
  name: string,
  value: unknown,
  { at, type, value: around }: Level,
  depth: number,
  before: number,
): readonly FieldPlace[] =>
  depth <= 0
    ? []
    : [...schemaFields(type)].flatMap(([step, field]): readonly FieldPlace[] => {
        if (field.type === undefined || field.form === 'map') return []
        const inner = own(around, step)
        const item: unknown = Array.isArray(inner) ? inner[0] : inner
        const level: Level = {
          at: field.form === 'list' ? [...at, step, 0] : [...at, step],
          type: field.type,
          value: isObject(item) ? item : {},
        }
        const cost =
          before + 1 + (field.form === 'list' ? 0.5 : 0) + (Object.hasOwn(around, step) ? 0 : 0.25)
        const found = schemaFields(field.type).get(name)
        return found !== undefined && fits(value, found)
          ? [{ at: [...level.at, name], steps: cost, vacant: isVacant(level.value, name) }]
          : placesBelow(name, value, level, depth - 1, cost)
      })

/** A type with more fields than these is no wrapper of its maps. */
const wrapperFieldsMax = 4

const keyOfMap = (
  name: string,
  value: unknown,
  { at, type, value: around }: Level,
): Path | undefined => {
  const fields = schemaFields(type)
  if (typeof value === 'object' || fields.size > wrapperFieldsMax) return undefined
  const maps = [...fields].flatMap(([each, field]) =>
    field.form === 'map' && field.type === undefined ? [each] : [],
  )
  const map = maps.find((each) => Object.hasOwn(around, each)) ?? maps[0]
  return map === undefined ? undefined : [...at, map, name]
}
