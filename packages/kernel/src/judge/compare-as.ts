/**
 * Compares texts as integers, versions or instants. A text that cannot be parsed as the type is not
 * comparable.
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

/** Nanoseconds since the last day before the year 0. */
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
  return [BigInt(seconds + second!) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))]
}

/** Minutes east of UTC. */
const offsetOf = (zone: string): number | undefined => {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** Days from the first day of the year 0 to the first of this month. */
const daysBefore = (year: number, month: number): number => {
  const years = year * 365 + Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400)
  return Array.from({ length: month - 1 }, (_, i) => daysIn(year, i + 1)).reduce(
    (days, inMonth) => days + inMonth,
    years,
  )
}

const readers: Readonly<Record<ValueType, (text: string) => Comparable>> = {
  int64: readInt64,
  version: readVersion,
  instant: readInstant,
}
