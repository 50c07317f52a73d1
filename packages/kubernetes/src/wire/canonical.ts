/**
 * Formats a quantity in the canonical form that the API server stores: `0.5` as `500m`, `1024Mi` as
 * `1Gi`, `1e-1` as `100e-3`. The result has the same kind of suffix as the input: decimal (`m`),
 * binary (`Gi`) or exponent (`e-3`).
 *
 * Source: Kubernetes API reference, Quantity ("canonical form").
 */
import { parseQuantity, type Quantity } from '../words/quantity.js'

/** How a quantity is scaled: by powers of 1024 or of ten, or with an exponent. */
export type Format = 'binary' | 'decimal' | 'exponent'

/** The canonical text of a quantity's text, or `undefined` when it is no quantity. */
export const canonicalQuantity = (text: string): string | undefined => {
  const quantity = parseQuantity(text)
  if (quantity === undefined) return undefined
  const canonical = quantityText(quantity, formatOf(text))
  // A text that is canonical already is kept, with its capital E.
  return canonical.toLowerCase() === text.toLowerCase() ? text : canonical
}

/** The canonical text in the format of another text of the same resource. */
export const quantityLike = (quantity: Quantity, like: string): string =>
  quantityText(quantity, formatOf(like))

/** The format of a quantity's text. */
export const formatOf = (text: string): Format =>
  text.endsWith('i') ? 'binary' : /[eE][+-]?\d+$/.test(text) ? 'exponent' : 'decimal'

/** Quantities count billionths of a unit. */
export const unit = 1_000_000_000n

/** The canonical text of a quantity. */
export const quantityText = (quantity: bigint, format: Format): string => {
  if (quantity === 0n) return '0'
  const size = quantity < 0n ? -quantity : quantity
  // Without a binary suffix, the text is decimal when it is read again.
  const isBinary = format === 'binary' && size % (1024n * unit) === 0n
  const text = isBinary
    ? scaledText(size / unit, 1024n, 0, (power) => binarySuffixes[power])
    : scaledText(size, 1000n, -3, (power) => suffixOf(power, format))
  return quantity < 0n ? `-${text}` : text
}

/** Divides by the base as often as nothing remains and a suffix exists. */
const scaledText = (
  size: bigint,
  base: bigint,
  power: number,
  suffix: (power: number) => string | undefined,
): string =>
  size % base === 0n && suffix(power + 1) !== undefined
    ? scaledText(size / base, base, power + 1, suffix)
    : `${size}${suffix(power) ?? ''}`

/** The suffixes of 1024 to the power 0, 1, and so on. */
export const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** The suffixes of 1000 to the power -3, -2, and so on. */
export const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']

const suffixOf = (power: number, format: Format): string | undefined => {
  if (format !== 'exponent') return decimalSuffixes[power + 3]
  return power === 0 ? '' : `e${3 * power}`
}
