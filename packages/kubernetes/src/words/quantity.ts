/**
 * Parses, adds, compares and rounds resource quantities such as `100m` or `1.5Gi`. A quantity is
 * stored as a whole number of nano-units (billionths). Parsing and rounding give the same values as
 * the Kubernetes API server.
 *
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/;
 * recorded answers of Kubernetes' own parser (`test/oracle/quantity`).
 */

/**
 * Nano-units: billionths of the resource's own unit, which is a CPU, a byte or a device.
 *
 * Anything finer than a nano-unit is rounded away from zero, so that a tiny request never becomes
 * 0. Sums are exact; only a final conversion to milli-units or to whole units rounds again.
 */
export type Quantity = bigint & { readonly unit: 'n' }

/** The factor of a suffix: a power of ten times a power of two. */
interface Scale {
  readonly ten: number
  readonly two: bigint
}

/**
 * Parses a quantity; `undefined` when the API server would refuse the text. It also refuses
 * surrounding white space.
 */
export const parseQuantity = (text: string): Quantity | undefined => {
  const [number = '', sign, whole = '', fraction = ''] = shape.exec(text) ?? []
  const suffix = text.slice(number.length)
  const scale = scaleOf(suffix)
  const digits = whole + fraction
  if (scale === undefined || text === '') return undefined
  if (digits === '' && needsDigits(scale)) return undefined
  const size = scaledValue(digits, fraction.length, scale)
  return (sign === '-' ? -size : size) as Quantity
}

/** Whole units, rounded away from zero, at most 2^63 - 1. Above 2^53 the number is inexact. */
export const wholeOf = (quantity: Quantity): number => unitsIn(quantity, 1_000_000_000n)

/** Milli-units, rounded away from zero, at most 2^63 - 1. Above 2^53 the number is inexact. */
export const milliOf = (quantity: Quantity): number => unitsIn(quantity, 1_000_000n)

/** Rounds to whole milli-units, away from zero; the API server keeps nothing finer of an amount. */
export const inMilli = (quantity: Quantity): Quantity => {
  const size = roundedUp(quantity < 0n ? -quantity : quantity, 1_000_000n) * 1_000_000n
  return (quantity < 0n ? -size : size) as Quantity
}

export const zero = 0n as Quantity

export const add = (one: Quantity, other: Quantity): Quantity => (one + other) as Quantity

export const larger = (one: Quantity, other: Quantity): Quantity => (one < other ? other : one)

/** Matches every text: whatever is not a number becomes the suffix, which is then unknown. */
const shape = /^([+-]?)(\d*)(?:\.(\d*))?/

const scaleOf = (suffix: string): Scale | undefined => suffixes.get(suffix) ?? exponentOf(suffix)

/** The API server reads the exponent as 64 bits and keeps the low 32: `1e4294967296` is 1. */
const exponentOf = (suffix: string): Scale | undefined => {
  const text = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1]
  if (text === undefined) return undefined
  const exponent = BigInt(text)
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined
  return decimal(Number(BigInt.asIntN(32, exponent)))
}

/**
 * The API server reads a missing number as 0, so that `Ki` alone is a quantity, except where its
 * fast path does not apply.
 */
const needsDigits = ({ ten, two }: Scale): boolean => ten < -9 || two >= 50n

/** The size in nano-units. Only a binary suffix caps it, at 2^63 - 1 units. */
const scaledValue = (digits: string, fractionLength: number, { ten, two }: Scale): bigint => {
  const power = (ten - fractionLength) | 0 // Upstream adds in 32 bits too.
  const shift = Math.min(Math.max(power + 9, -digits.length), shiftMax)
  const shifted = BigInt(digits + '0'.repeat(Math.max(shift, 0)))
  const size = roundedUp(shifted << two, BigInt(`1${'0'.repeat(Math.max(-shift, 0))}`))
  return two > 0n && size > sizeMax ? sizeMax : size
}

/**
 * Bounds the shift, so that an exponent of a billion does not cost a gigabyte; no number in JSON is
 * large enough to be cut. In the other direction, a shift by all digits already leaves one
 * nano-unit.
 */
const shiftMax = 400

const countMax = (1n << 63n) - 1n
const sizeMax = countMax * 1_000_000_000n

const unitsIn = (quantity: bigint, unit: bigint): number => {
  const count = roundedUp(quantity < 0n ? -quantity : quantity, unit)
  const capped = Number(count < countMax ? count : countMax)
  return quantity < 0n ? -capped : capped
}

const roundedUp = (size: bigint, unit: bigint): bigint => (size + unit - 1n) / unit

const decimal = (ten: number): Scale => ({ ten, two: 0n })
const binary = (two: bigint): Scale => ({ ten: 0, two })

const suffixes: ReadonlyMap<string, Scale> = new Map([
  ['n', decimal(-9)],
  ['u', decimal(-6)],
  ['m', decimal(-3)],
  ['', decimal(0)],
  ['k', decimal(3)],
  ['M', decimal(6)],
  ['G', decimal(9)],
  ['T', decimal(12)],
  ['P', decimal(15)],
  ['E', decimal(18)],
  ['Ki', binary(10n)],
  ['Mi', binary(20n)],
  ['Gi', binary(30n)],
  ['Ti', binary(40n)],
  ['Pi', binary(50n)],
  ['Ei', binary(60n)],
])
