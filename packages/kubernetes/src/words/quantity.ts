/**
 * A resource quantity such as `100m` or `1.5Gi`, read as the API server reads it: the same texts
 * are accepted, and the value is the same to the last nano-unit.
 *
 * Nothing finer than a nano-unit is kept: what is finer is rounded away from zero, so that asking
 * for very little never means asking for nothing. Quantities are therefore exact whole numbers,
 * their sums are exact, and the only other rounding is the last one, to milli-units or to units.
 *
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ for the
 * format, and `test/oracle` for everything that the page leaves out.
 */

/** Billionths of the resource's own unit: of a CPU, of a byte, of a device. */
export type Quantity = bigint & { readonly unit: 'n' }

/** What a suffix multiplies by: a power of ten times a power of two. */
interface Scale {
  readonly ten: number
  readonly two: bigint
}

/** Undefined when the API server would refuse the text. White space around it is refused too. */
export const parseQuantity = (text: string): Quantity | undefined => {
  const [, sign, whole = '', fraction = '', suffix = ''] = shape.exec(text) ?? []
  const scale = scaleOf(suffix)
  const digits = whole + fraction
  if (scale === undefined || text === '') return undefined
  if (digits === '' && needsDigits(scale)) return undefined
  const size = scaledValue(digits, fraction.length, scale)
  return (sign === '-' ? -size : size) as Quantity
}

/** Whole units, rounded away from zero. Doubles above 2^53, and never more than 2^63 - 1. */
export const wholeOf = (quantity: Quantity): number => unitsIn(quantity, 1_000_000_000n)

/** Milli-units, rounded away from zero. Doubles above 2^53, and never more than 2^63 - 1. */
export const milliOf = (quantity: Quantity): number => unitsIn(quantity, 1_000_000n)

/** To whole milli-units, rounded away from zero: all that the API server keeps of an amount. */
export const inMilli = (quantity: Quantity): Quantity => {
  const size = roundedUp(quantity < 0n ? -quantity : quantity, 1_000_000n) * 1_000_000n
  return (quantity < 0n ? -size : size) as Quantity
}

export const zero = 0n as Quantity

export const add = (one: Quantity, other: Quantity): Quantity => (one + other) as Quantity

export const larger = (one: Quantity, other: Quantity): Quantity => (one < other ? other : one)

/** It matches every text: what is not a number is left to the suffix, which is then unknown. */
const shape = /^([+-]?)(\d*)\.?(\d*)(.*)$/s

const scaleOf = (suffix: string): Scale | undefined => suffixes.get(suffix) ?? exponentOf(suffix)

/** Upstream reads the exponent as 64 bits and keeps the low 32: `1e4294967296` is 1. */
const exponentOf = (suffix: string): Scale | undefined => {
  const text = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1]
  if (text === undefined) return undefined
  const exponent = BigInt(text)
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined
  return decimal(Number(BigInt.asIntN(32, exponent)))
}

/**
 * Upstream takes a missing number for 0, so that `Ki` alone is a quantity, except where its fast
 * path does not reach.
 */
const needsDigits = ({ ten, two }: Scale): boolean => ten < -9 || two >= 50n

/** The size in nano-units. Only a binary suffix brings the limit of 64 bits. */
const scaledValue = (digits: string, fractionLength: number, { ten, two }: Scale): bigint => {
  const power = (ten - fractionLength) | 0 // Upstream adds in 32 bits too.
  const shift = Math.min(Math.max(power + 9, -digits.length), shiftMax)
  const shifted = BigInt(digits + '0'.repeat(Math.max(shift, 0)))
  const size = roundedUp(shifted << two, BigInt(`1${'0'.repeat(Math.max(-shift, 0))}`))
  return two > 0n && size > sizeMax ? sizeMax : size
}

/**
 * No number in JSON is so large that this would cut it, and an exponent of a billion must not cost
 * a gigabyte. At the other end a shift by all the digits there are leaves one nano-unit already.
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
