/**
 * Implements the functions of CEL on strings and lists. Positions count code points.
 *
 * Source: Kubernetes documentation, "Common Expression Language in Kubernetes" (extended strings
 * library), and cel-go for the texts of errors.
 */
import * as E from 'fp-ts/lib/Either.js'
import { matchesRegex } from './regex.js'
import {
  celError,
  celList,
  noOverload,
  type CelFunction,
  type CelResult,
  type CelValue,
} from './value.js'

type OnText = (text: string, args: readonly CelValue[]) => CelResult

const onText =
  (answer: OnText): CelFunction =>
  ([text, ...args]) =>
    typeof text === 'string' ? answer(text, args) : noOverload

const withText = (answer: (text: string, other: string) => CelResult): CelFunction =>
  onText((text, [other]) => (typeof other === 'string' ? answer(text, other) : noOverload))

const characters = (text: string): readonly string[] => Array.from(text)

const textSize: CelFunction = ([value]) => {
  if (typeof value === 'string') return BigInt(characters(value).length)
  return typeof value === 'object' && value !== null && value._tag === 'List'
    ? BigInt(value.items.length)
    : noOverload
}

/** The position among code points of a position in the string; -1 stays -1. */
const pointsBefore = (text: string, at: number): bigint =>
  at < 0 ? -1n : BigInt(characters(text.slice(0, at)).length)

const isPosition = (value: CelValue | undefined): value is bigint => typeof value === 'bigint'

const outOfRange = (at: bigint): CelResult => celError(`index out of range: ${at}`)

const charAt = onText((text, [at]) => {
  if (!isPosition(at)) return noOverload
  const all = characters(text)
  if (at < 0n || at > BigInt(all.length)) return outOfRange(at)
  return all[Number(at)] ?? ''
})

const indexOfText = onText((text, [other, from = 0n]) => {
  if (typeof other !== 'string' || !isPosition(from)) return noOverload
  if (other === '') return from
  const all = characters(text)
  if (from < 0n || from >= BigInt(all.length)) return from === 0n ? -1n : outOfRange(from)
  const skipped = all.slice(0, Number(from)).join('').length
  return pointsBefore(text, text.indexOf(other, skipped))
})

const lastIndexOf = onText((text, [other, upTo]) => {
  const all = characters(text)
  if (typeof other !== 'string') return noOverload
  const from = upTo ?? BigInt(all.length)
  if (!isPosition(from)) return noOverload
  if (other === '') return from
  if (from < 0n || (upTo !== undefined && from >= BigInt(all.length))) return outOfRange(from)
  const skipped = all.slice(0, Number(from)).join('').length
  return pointsBefore(text, text.lastIndexOf(other, skipped))
})

const substring = onText((text, [from, to]) => {
  const all = characters(text)
  const end = to ?? BigInt(all.length)
  if (!isPosition(from) || !isPosition(end)) return noOverload
  const length = BigInt(all.length)
  if (from < 0n || from > length) return outOfRange(from)
  if (end < 0n || end > length) return outOfRange(end)
  if (from > end) return celError(`invalid substring range. start: ${from}, end: ${end}`)
  return all.slice(Number(from), Number(end)).join('')
})

const replaceText = onText((text, [from, to, limit = -1n]) => {
  if (typeof from !== 'string' || typeof to !== 'string' || !isPosition(limit)) return noOverload
  const parts = pieces(text, from)
  const count = limit < 0n ? parts.length - 1 : Math.min(parts.length - 1, Number(limit))
  return parts
    .slice(1)
    .reduce((whole, part, i) => whole + (i < count ? to : from) + part, parts[0] ?? '')
})

/** The text between separators; an empty separator stands around every character. */
const pieces = (text: string, separator: string): readonly string[] =>
  separator === '' ? ['', ...characters(text), ''] : text.split(separator)

const splitText = onText((text, [separator, limit = -1n]) => {
  if (typeof separator !== 'string' || !isPosition(limit)) return noOverload
  if (limit === 0n) return celList([])
  const parts = separator === '' ? characters(text) : text.split(separator)
  if (limit < 0n || BigInt(parts.length) <= limit) return celList(parts)
  const count = Number(limit) - 1
  return celList([...parts.slice(0, count), parts.slice(count).join(separator)])
})

const joinedTexts: CelFunction = ([list, separator = '']) => {
  if (typeof list !== 'object' || list?._tag !== 'List' || typeof separator !== 'string')
    return noOverload
  return list.items.every((item) => typeof item === 'string')
    ? list.items.join(separator)
    : noOverload
}

/** The functions by name. */
export const textFunctions: ReadonlyMap<string, CelFunction> = new Map([
  ['size', textSize],
  ['contains', withText((text, other) => text.includes(other))],
  ['startsWith', withText((text, other) => text.startsWith(other))],
  ['endsWith', withText((text, other) => text.endsWith(other))],
  ['matches', withText((text, regex) => E.getOrElseW(celError)(matchesRegex(text, regex)))],
  ['lowerAscii', onText((text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))],
  ['upperAscii', onText((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()))],
  ['trim', onText((text) => text.trim())],
  ['charAt', charAt],
  ['indexOf', indexOfText],
  ['lastIndexOf', lastIndexOf],
  ['substring', substring],
  ['replace', replaceText],
  ['split', splitText],
  ['join', joinedTexts],
])
