/**
 * Damages inputs: changes a parsed document in one or two places (another value, a missing or
 * misspelt field, a part of another document), or cuts and garbles its text. Equal seeds give equal
 * damage.
 */
import { sequence } from '../../bench/world.js'
import { pathsIn, replaceAt, valueAt } from '../../packages/testing/src/damage/damage.js'

/** A whole number from 0 up to `below`, without it. */
export type Random = (below: number) => number

/** Random numbers of a seed. */
export const randomOf = (seed: number): Random => {
  const next = sequence(seed)
  return (below) => Math.floor(next() * below)
}

/** One of a list. */
export const oneOf = <Item>(random: Random, items: readonly Item[]): Item =>
  items[random(items.length)]!

/** Values that readers tend to forget. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, 8, 70_000, 2 ** 31, 2 ** 53, 1e21, -1e-9],
  ...['', ' ', '0', '-1', '1e3', 'NaN', 'x', 'a.b/c', 'A_B', 'é', '\u001b[31m', '\u0000', '\u202e'],
  ...['100m', '10Gi', '999999Ei', '1e-30', '0x1F', '5%', '@every 1s', '2020-01-01T00:00:00Z'],
  ...['__proto__', 'constructor', 'toString', 'default', 'true', 'x'.repeat(300)],
  ...[[], {}, [null], [[]], [{}], { a: 1 }, { '': '' }, { name: 'x' }, [1, 'two', { three: 3 }]],
  ...[{ Ref: 'Nothing' }, { 'Fn::GetAtt': ['A', 'b'] }, { 'Fn::Sub': '${A}${B.C}' }],
  ...[{ 'Fn::ImportValue': 'x' }, { 'Fn::If': ['C', 1, { Ref: 'AWS::NoValue' }] }],
]

/** The parts of values by the key that they are under. */
export type PartsByKey = ReadonlyMap<string, readonly unknown[]>

/** The parts of these values by their keys; list items are under no key. */
export const partsByKey = (values: readonly unknown[]): PartsByKey => {
  const parts = new Map<string, unknown[]>()
  for (const value of values)
    for (const path of pathsIn(value)) {
      const key = keyOf(path)
      const known = parts.get(key)
      if (known === undefined) parts.set(key, [valueAt(value, path)])
      else known.push(valueAt(value, path))
    }
  return parts
}

const keyOf = (path: readonly string[]): string =>
  [...path].reverse().find((step) => !/^\d+$/.test(step)) ?? ''

/** The value with one part changed: every other time gently, so that it can mostly be read. */
export const damagedValue = (random: Random, value: unknown, parts: PartsByKey): unknown =>
  random(2) === 0 ? withOtherLeaf(random, value, parts) : brokenValue(random, value, parts)

/** A number or a text is replaced by another that stands under the same key elsewhere. */
const withOtherLeaf = (random: Random, value: unknown, parts: PartsByKey): unknown => {
  const leaves = pathsIn(value).filter((path) => {
    const part = valueAt(value, path)
    return typeof part !== 'object' || part === null
  })
  if (leaves.length === 0) return value
  const path = oneOf(random, leaves)
  const part = valueAt(value, path)
  const others = (parts.get(keyOf(path)) ?? []).filter((other) => typeof other === typeof part)
  if (typeof part === 'number' && random(2) === 0)
    return replaceAt(value, path, Math.max(0, part + oneOf(random, [-1, 1, 7])))
  return replaceAt(value, path, others.length === 0 ? part : oneOf(random, others))
}

/** One part becomes an odd value, a part under the same key elsewhere, or is changed by hand. */
const brokenValue = (random: Random, value: unknown, parts: PartsByKey): unknown => {
  const path = oneOf(random, pathsIn(value))
  const part = valueAt(value, path)
  switch (random(9)) {
    case 0:
      return replaceAt(value, path, oneOf(random, oddValues))
    case 1:
      return replaceAt(value, path, withoutOne(random, part))
    case 2:
      return replaceAt(value, path, withOneTwice(random, part))
    case 3:
      return replaceAt(value, path, withOneMisspelt(random, part))
    case 4:
      return replaceAt(value, path, nudged(random, part))
    default:
      return replaceAt(value, path, oneOf(random, parts.get(keyOf(path)) ?? oddValues))
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withoutOne = (random: Random, part: unknown): unknown => {
  if (Array.isArray(part)) {
    const gone = random(part.length + 1)
    return part.filter((_, i) => i !== gone)
  }
  if (!isRecord(part)) return undefined
  const entries = Object.entries(part)
  const gone = random(entries.length + 1)
  return Object.fromEntries(entries.filter((_, i) => i !== gone))
}

const withOneTwice = (random: Random, part: unknown): unknown => {
  if (!Array.isArray(part) || part.length === 0) return [part, part]
  const items: readonly unknown[] = part
  return [...items, oneOf(random, items)]
}

const withOneMisspelt = (random: Random, part: unknown): unknown => {
  if (!isRecord(part)) return `${String(part)}x`
  const entries = Object.entries(part)
  const at = random(entries.length + 1)
  return Object.fromEntries(
    entries.map(([key, value], i) => [i === at ? `${key.slice(0, -1)}q` : key, value]),
  )
}

const nudged = (random: Random, part: unknown): unknown => {
  if (typeof part === 'number') return part + oneOf(random, [-1, 1, 0.5, 1e9])
  if (typeof part !== 'string') return String(part)
  const at = random(part.length + 1)
  return `${part.slice(0, at)}${oneOf(random, ['', '-', '0', '/', ' ', '\n', '{', '*'])}${part.slice(at + 1)}`
}

/** The text with a part cut out, moved or garbled. */
export const damagedText = (random: Random, text: string): string => {
  const from = random(text.length + 1)
  const to = Math.min(text.length, from + random(20))
  switch (random(4)) {
    case 0:
      return text.slice(0, from)
    case 1:
      return text.slice(0, from) + text.slice(to)
    case 2:
      return text.slice(0, to) + text.slice(from)
    default:
      return `${text.slice(0, from)}${oneOf(random, garbage)}${text.slice(to)}`
  }
}

const garbage: readonly string[] = [
  ...['\t', '\n', '---\n', '"', "'", '{', '}', '[', ']', ':', '#', '&a ', '*a', '!!x ', '%', '@'],
  ...['\u0000', '\ufeff', '\ud800', '\u2028', '{{ .Values.x }}', '${', 'null', '~', '|', '>', '?'],
]
