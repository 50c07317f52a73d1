/**
 * Resolves plain scalars of YAML as kubectl does: by YAML 1.1, as the library go-yaml implements
 * it. `on`, `yes` and `y` are true; `010` and `0o10` are 8; `1_000` is 1000; a date is a text.
 * Recorded answers of upstream are in `test/golden/yaml-scalars.jsonl`.
 *
 * Source: YAML 1.1, "Language-Independent Types"; Kubernetes reads manifests by sigs.k8s.io/yaml.
 */
import { isMap, isSeq, visit, type Document, type Node } from 'yaml'

/**
 * Whether a document is an object of the Kubernetes API, or a list of such objects: its fields
 * `apiVersion` and `kind` say so.
 */
export const isManifest = (contents: unknown): boolean =>
  isSeq(contents)
    ? contents.items.length > 0 && contents.items.every(isManifest)
    : isMap(contents) && contents.has('apiVersion') && contents.has('kind')

/** Resolves all plain scalars of the document again, in place. */
export const resolvePlainScalars = (document: Document<Node>): void => {
  visit(document, {
    Scalar: (role, node) => {
      const { source, type, tag, value } = node
      // A merge key has a symbol for a value.
      if (type !== 'PLAIN' || source === undefined || tag !== undefined) return
      if (typeof value === 'symbol') return
      const resolved = resolvePlain(source)
      node.value = role === 'key' ? keyText(resolved, source) : jsonValue(resolved)
    },
  })
}

/** What a plain scalar is; 64 bits of a whole number are kept for keys. */
export type ResolvedScalar = string | number | bigint | boolean | null

const words: ReadonlyMap<string, boolean | number | null> = new Map(
  (
    [
      [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']],
      [false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']],
      [null, ['', '~', 'null', 'Null', 'NULL']],
      [NaN, ['.nan', '.NaN', '.NAN']],
      [Infinity, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']],
      [-Infinity, ['-.inf', '-.Inf', '-.INF']],
    ] as const
  ).flatMap(([value, texts]) => texts.map((text) => [text, value] as const)),
)

/** The value of a plain scalar. */
export const resolvePlain = (text: string): ResolvedScalar => {
  const word = words.get(text)
  if (word !== undefined) return word
  if (text.startsWith('.')) return finite(text, pointFirst.test(text)) ?? text
  if (!/^[-+0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  return wholeNumber(digits) ?? finite(digits, decimal.test(digits)) ?? binary(digits) ?? text
}

/** As Go's `ParseFloat` reads it: an underscore may stand between two digits. */
const pointFirst = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

/** A number that a double holds; a larger one stays a text. */
const finite = (text: string, isNumber: boolean): number | undefined => {
  const value = isNumber ? Number(text.replaceAll('_', '')) : NaN
  return Number.isFinite(value) ? value : undefined
}

const literal = /^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|[1-9][0-9]*|0)$/i

/** A whole number of 64 bits, in the base that its prefix says; 0 alone is a prefix of octal. */
const wholeNumber = (text: string): bigint | undefined => {
  const [, sign = '', magnitude = ''] = /^([-+]?)(.*)$/.exec(text) ?? []
  const prefixed = magnitude.replace(/^0(?=[0-7]+$)/, '0o')
  if (!literal.test(prefixed)) return undefined
  const value = BigInt(prefixed) * (sign === '-' ? -1n : 1n)
  const max = sign === '' ? uint64Max : int64Max
  return value <= max && value >= -int64Max - 1n ? value : undefined
}
const int64Max = (1n << 63n) - 1n
const uint64Max = (1n << 64n) - 1n

/** A sign after the prefix, which go-yaml lets through. */
const binary = (text: string): bigint | undefined => {
  const [, sign, digits] = /^0b([-+])([01]+)$/.exec(text) ?? []
  return digits === undefined ? undefined : BigInt(`0b${digits}`) * (sign === '-' ? -1n : 1n)
}

/** The value in JSON, whose numbers are doubles here. */
export const jsonValue = (resolved: ResolvedScalar): string | number | boolean | null =>
  typeof resolved === 'bigint' ? Number(resolved) : resolved

/** The key in JSON, where every key is a text. */
export const keyText = (resolved: ResolvedScalar, source: string): string => {
  if (resolved === null) return source
  return typeof resolved === 'number' ? floatText(resolved) : String(resolved)
}

/** A number as Go prints it by `%g` of 32 bits. */
const floatText = (value: number): string => {
  if (Number.isNaN(value)) return '.nan'
  const single = Math.fround(value)
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (single === 0) return Object.is(value, -0) || value < 0 ? '-0' : '0'
  const [digits = '', power = ''] = shortest(single).split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < exponentMax) return String(Number(shortest(single)))
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits}e${exponent < 0 ? '-' : '+'}${size}`
}
const exponentMax = 6

/** The fewest digits that give the same number of 32 bits. */
const shortest = (single: number): string => {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8].find(
    (count) => Math.fround(Number(single.toExponential(count))) === single,
  )
  return single.toExponential(digits)
}
