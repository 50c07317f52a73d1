/**
 * Implements the functions and methods of CEL (Common Expression Language) that device selectors
 * may call, such as `quantity("1Gi")` and `.isGreaterThan()`. Tables map each name to its
 * implementation. The parser has already checked the number of arguments.
 *
 * Source: Kubernetes documentation, "Common Expression Language in Kubernetes" (quantity, semver),
 * and the Common Expression Language specification (standard functions, optional values).
 */
import { parseQuantity, type Quantity } from '../words/quantity.js'
import { checkedInt } from './number.js'
import { parseSemver, semverOrder } from './semver.js'
import { textFunctions } from './text-function.js'
import { celError, noOverload, type CelFunction, type CelResult, type CelValue } from './value.js'

/** The result of a call. */
export const callFunction: (name: string, args: readonly CelValue[]) => CelResult = (
  name,
  args,
) => {
  const [first] = args
  if (typeof first === 'string' || (isTagged(first) && first._tag === 'List')) {
    const ofText = textFunctions.get(name)
    if (ofText !== undefined) return ofText(args)
  }
  return (functions.get(name) ?? (() => noOverload))(args)
}

type TaggedValue = Extract<CelValue, { readonly _tag: string }>

const isTagged = (value: CelValue | undefined): value is TaggedValue =>
  typeof value === 'object' && value !== null

const mapSize: CelFunction = ([value]) =>
  isTagged(value) && value._tag === 'Map' ? BigInt(value.entries.size) : noOverload

/** Parses as the API server does, without the white space that it refuses. */
const quantityArgument = (value: CelValue | undefined): Quantity | undefined =>
  typeof value === 'string' ? parseQuantity(value) : undefined

const toQuantity: CelFunction = ([value]) => {
  if (typeof value !== 'string') return noOverload
  const quantity = quantityArgument(value)
  return quantity === undefined
    ? celError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    : { _tag: 'Quantity', quantity }
}

const toSemver: CelFunction = ([value]) => {
  if (typeof value !== 'string') return noOverload
  const version = parseSemver(value)
  return version === undefined ? celError(whyNoSemver(value)) : { _tag: 'Semver', version }
}

const whyNoSemver = (text: string): string => {
  if (text === '') return 'Version string empty'
  const parts = text.split('.')
  if (parts.length < 3) return 'No Major.Minor.Patch elements found'
  return /^\d+$/.test(parts[0]!)
    ? `${JSON.stringify(text)} is no semantic version`
    : `Invalid character(s) found in major number ${JSON.stringify(parts[0])}`
}

/** The order of two quantities or of two versions. */
const orderIn = ([one, other]: readonly CelValue[]): number | undefined => {
  if (!isTagged(one) || !isTagged(other)) return undefined
  if (one._tag === 'Quantity' && other._tag === 'Quantity')
    return one.quantity < other.quantity ? -1 : one.quantity > other.quantity ? 1 : 0
  if (one._tag === 'Semver' && other._tag === 'Semver')
    return Math.sign(semverOrder(one.version, other.version))
  return undefined
}

const orderFunctions =
  (answer: (order: number) => CelValue): CelFunction =>
  (args) => {
    const order = orderIn(args)
    return order === undefined ? noOverload : answer(order)
  }

const nano = 1_000_000_000n

const ofQuantity =
  (answer: (quantity: Quantity) => CelResult): CelFunction =>
  ([value]) =>
    isTagged(value) && value._tag === 'Quantity' ? answer(value.quantity) : noOverload

/** `add` and `sub` take a quantity or a whole number. */
const quantitySum =
  (sign: 1n | -1n): CelFunction =>
  ([one, other]) => {
    if (!isTagged(one) || one._tag !== 'Quantity') return noOverload
    const change =
      typeof other === 'bigint'
        ? other * nano
        : isTagged(other) && other._tag === 'Quantity'
          ? other.quantity
          : undefined
    return change === undefined
      ? noOverload
      : { _tag: 'Quantity', quantity: (one.quantity + sign * change) as Quantity }
  }

const isWhole = (quantity: Quantity): boolean =>
  quantity % nano === 0n && BigInt.asIntN(64, quantity / nano) === quantity / nano

const ofVersion =
  (part: 0 | 1 | 2): CelFunction =>
  ([value]) =>
    isTagged(value) && value._tag === 'Semver'
      ? checkedInt(value.version.numbers[part])
      : noOverload

const ofOptional =
  (answer: (value: CelValue | undefined, other: CelValue | undefined) => CelResult): CelFunction =>
  ([value, other]) =>
    isTagged(value) && value._tag === 'Optional' ? answer(value.value, other) : noOverload

/** Whether a value is what its type has by default. */
const isZero = (value: CelValue | undefined): boolean => {
  if (!isTagged(value))
    return value === null || value === false || value === '' || Number(value) === 0
  switch (value._tag) {
    case 'List':
      return value.items.length === 0
    case 'Map':
      return value.entries.size === 0
    default:
      return value._tag === 'Optional' && value.value === undefined
  }
}

const toInt: CelFunction = ([value]) => {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number')
    return Math.abs(value) < 9_223_372_036_854_775_808
      ? checkedInt(BigInt(Math.trunc(value)))
      : celError('integer overflow')
  if (typeof value !== 'string') return noOverload
  return /^[+-]?\d+$/.test(value)
    ? checkedInt(BigInt(value.replace(/^\+/, '')))
    : celError(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`)
}

const toDouble: CelFunction = ([value]) => {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value)
  if (typeof value !== 'string') return noOverload
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)
    ? Number(value)
    : celError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`)
}

const toText: CelFunction = ([value]) =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : typeof value === 'number'
      ? doubleText(value)
      : noOverload

/** The shortest text of a double, with an exponent below -4 or above 5, as `%g` of Go has it. */
const doubleText = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return Object.is(value, -0) ? '-0' : String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** The first argument of a method is the value that it is called on. */
const functions: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size', mapSize],
  ['int', toInt],
  ['double', toDouble],
  ['string', toText],
  ['dyn', ([value]) => value ?? noOverload],
  ['quantity', toQuantity],
  [
    'isQuantity',
    ([value]) => (typeof value === 'string' ? quantityArgument(value) !== undefined : noOverload),
  ],
  ['semver', toSemver],
  [
    'isSemver',
    ([value]) => (typeof value === 'string' ? parseSemver(value) !== undefined : noOverload),
  ],
  ['compareTo', orderFunctions(BigInt)],
  ['isGreaterThan', orderFunctions((order) => order > 0)],
  ['isLessThan', orderFunctions((order) => order < 0)],
  ['sign', ofQuantity((quantity) => (quantity > 0n ? 1n : quantity < 0n ? -1n : 0n))],
  ['isInteger', ofQuantity(isWhole)],
  [
    'asInteger',
    ofQuantity((quantity) =>
      isWhole(quantity) ? quantity / nano : celError('cannot convert value to integer'),
    ),
  ],
  ['asApproximateFloat', ofQuantity((quantity) => Number(quantity) / Number(nano))],
  ['add', quantitySum(1n)],
  ['sub', quantitySum(-1n)],
  ['major', ofVersion(0)],
  ['minor', ofVersion(1)],
  ['patch', ofVersion(2)],
  ['optional.of', ([value]) => ({ _tag: 'Optional', value })],
  [
    'optional.ofNonZeroValue',
    ([value]) => ({ _tag: 'Optional', value: isZero(value) ? undefined : value }),
  ],
  ['optional.none', () => ({ _tag: 'Optional', value: undefined })],
  ['hasValue', ofOptional((value) => value !== undefined)],
  ['value', ofOptional((value) => value ?? celError('optional.none() dereference'))],
  ['orValue', ofOptional((value, other) => value ?? other ?? noOverload)],
  [
    'or',
    ofOptional((value, other) =>
      value === undefined ? (other ?? noOverload) : { _tag: 'Optional', value },
    ),
  ],
])
