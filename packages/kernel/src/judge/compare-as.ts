/**
 * Compares two texts as integers, versions or instants, for expressions (conditions on a node's
 * attributes). For example, as versions `1.9` is less than `1.10`. A text that cannot be parsed as
 * the type is not comparable.
 */
import type { ValueType } from '../rule/expr.js'

/**
 * A parsed text: numbers that are compared in order, missing ones being 0; `undefined` when it
 * cannot be parsed.
 */
type Comparable = readonly bigint[] | undefined

/**
 * Compares two texts as a type: negative when the first comes first, 0 when they are equal,
 * `undefined` when either cannot be parsed.
 */
export const compareAs = (
  comparison: ValueType,
): ((a: string, b: string) => number | undefined) => {
  const read = readers[comparison]
  return (a, b) => {
    const [one, other] = [read(a), read(b)]
    return one === undefined || other === undefined ? undefined : compareParts(one, other)
  }
}

const compareParts = (one: readonly bigint[], other: readonly bigint[]): number => {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [a, b] = [one[i] ?? 0n, other[i] ?? 0n]
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

/** The longest version that is read, in characters. */
const versionMax = 256

const readInt64 = (text: string): Comparable => {
  if (!/^[+-]?0*[0-9]{1,19}$/.test(text)) return undefined
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? [value] : undefined
}

const readVersion = (text: string): Comparable =>
  text.length > versionMax || !/^[0-9]+(\.[0-9]+)*$/.test(text)
    ? undefined
    : text.split('.').map(BigInt)

const instantShape =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?)?$/

/** Seconds since a fixed day, and nanoseconds. */
const readInstant = (text: string): Comparable => {
  const [found, ...texts] = instantShape.exec(text) ?? []
  if (found === undefined) return undefined
  const [year, month, day, hour, minute, second] = texts.map((part) => Number(part) || 0)
  const [fraction = '', zone = 'Z'] = texts.slice(6)
  const offset = offsetOf(zone)
  if (offset === undefined || month! < 1 || month! > 12) return undefined
  if (day! < 1 || day! > daysIn(year!, month!) || hour! > 23 || minute! > 59 || second! > 59)
    return undefined
  const seconds = (daysBefore(year!, month!) + day!) * 86_400 + (hour! * 60 + minute! - offset) * 60
  return [BigInt(seconds + second!), BigInt(fraction.padEnd(9, '0'))]
}

/** Minutes east of UTC. */
const offsetOf = (zone: string): number | undefined => {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** How many days the month has: the distance to the first of the next one. */
const daysIn = (year: number, month: number): number =>
  daysBefore(year, month + 1) - daysBefore(year, month)

/**
 * Days from a fixed day to the first of this month, in the proleptic Gregorian calendar. Years are
 * counted from March, so that the leap day is the last day of a year and the months before it have
 * a regular pattern: 153 days in each five.
 */
const daysBefore = (year: number, month: number): number => {
  const [from, months] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const leapDays = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400)
  return from * 365 + leapDays + Math.floor((153 * months + 2) / 5)
}

const readers: Readonly<Record<ValueType, (text: string) => Comparable>> = {
  int64: readInt64,
  version: readVersion,
  instant: readInstant,
}
