/**
 * Prints a resource quantity in the form in which it is hashed in a pod template. The hash uses the
 * canonical form, such as `1536Mi` for `1.5Gi`. Quantities of more than 18 digits, which have
 * another form, are not supported.
 *
 * Source: API reference of Quantity (canonical form).
 */
import { binarySuffixes, decimalSuffixes, formatOf, unit, type Format } from '../wire/canonical.js'
import { inMilli, parseQuantity } from '../words/quantity.js'

type FormatName = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

const formatNames: Readonly<Record<Format, FormatName>> = {
  binary: 'BinarySI',
  decimal: 'DecimalSI',
  exponent: 'DecimalExponent',
}

/** The print of a quantity; of one in a list of resources, nothing finer than 1m is stored. */
export const printQuantity = (text: string, isResource: boolean): string => {
  const parsed = parseQuantity(text)
  if (parsed === undefined) return text
  return printParts(
    canonicalParts(isResource ? inMilli(parsed) : parsed, formatNames[formatOf(text)]),
  )
}

/** A canonical number: `digits` in `format`, which stand for `value` times ten to the `scale`. */
interface CanonicalNumber {
  readonly digits: bigint
  readonly suffix: string
  readonly value: bigint
  readonly scale: number
  readonly format: FormatName
}

const canonicalParts = (nano: bigint, format: FormatName): CanonicalNumber => {
  if (nano === 0n) return { digits: 0n, suffix: '', value: 0n, scale: 0, format: 'DecimalSI' }
  const isWhole = nano % unit === 0n
  const isSmall = nano < 1024n * unit && nano > -1024n * unit
  return format === 'BinarySI' && isWhole && !isSmall
    ? binaryParts(nano / unit)
    : decimalParts(nano, format === 'BinarySI' ? 'DecimalSI' : format)
}

const binaryParts = (value: bigint): CanonicalNumber => {
  let digits = value
  let power = 0
  while (digits % 1024n === 0n && power < binarySuffixes.length - 1) {
    digits /= 1024n
    power += 1
  }
  const suffix = binarySuffixes[power]!
  // Without a suffix it is read again as a decimal number.
  const format = suffix === '' ? 'DecimalSI' : 'BinarySI'
  return { digits, suffix, value, scale: 0, format }
}

const decimalParts = (nano: bigint, format: FormatName): CanonicalNumber => {
  let digits = nano
  let power = 0
  while (digits % 1000n === 0n && power < decimalSuffixes.length - 1) {
    digits /= 1000n
    power += 1
  }
  const scale = 3 * power - 9
  const suffix = format === 'DecimalSI' ? decimalSuffixes[power]! : exponentSuffix(scale)
  return {
    ...{ digits, suffix, value: digits, scale },
    format: suffix === '' ? 'DecimalSI' : format,
  }
}

const exponentSuffix = (scale: number): string => (scale === 0 ? '' : `e${scale}`)

const printParts = ({ digits, suffix, value, scale, format }: CanonicalNumber): string =>
  `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} ` +
  `d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} ` +
  `s:(string)${isCached(digits, format) ? `${digits}${suffix}` : ''} ` +
  `Format:(resource.Format)${format}}`

/** Whether a reader keeps the text, as it is sure that it is canonical. */
const isCached = (digits: bigint, format: FormatName): boolean =>
  format === 'BinarySI' ? digits % 8n !== 0n : digits === 0n || digits % 1000n !== 0n
