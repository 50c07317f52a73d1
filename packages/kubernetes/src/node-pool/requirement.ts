/**
 * Implements requirements on the values of one label as an algebra of sets:
 * 1. In is a set of values, and NotIn is its complement.
 * 2. DoesNotExist is the empty set, and Exists is its complement.
 * 3. Gt, Lt, Gte and Lte are bounds.
 *
 * The intersection of two requirements is a requirement.
 *
 * Source: Karpenter documentation, "Scheduling" and "NodePools" (requirements, minValues), and
 * recorded answers of Karpenter 1.15.
 */
import { normalLabels } from './well-known.js'

/** What the value of a label must be. */
export interface KeyRequirement {
  readonly key: string
  /** Whether all values but these are allowed, and not these alone. */
  readonly isComplement: boolean
  readonly values: ReadonlySet<string>
  readonly gte: bigint | undefined
  readonly lte: bigint | undefined
  /** So many values the types of a node must offer. */
  readonly minValues: number | undefined
}

/** The operator of a requirement; one with bounds counts as Exists or NotIn. */
export type SetOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'

/** A requirement as it is written. */
export interface WrittenRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
  readonly minValues?: number | undefined
}

/** The requirement that was written; the older names of labels become the present ones. */
export const keyRequirement = (written: WrittenRequirement): KeyRequirement => {
  const { operator, values, minValues } = written
  const key = normalLabels.get(written.key) ?? written.key
  const bound = integerOf(values[0] ?? '') ?? 0n
  const all = {
    key,
    isComplement: true,
    values: noValues,
    gte: undefined,
    lte: undefined,
    minValues,
  }
  switch (operator) {
    case 'In':
      return { ...all, isComplement: false, values: new Set(values) }
    case 'NotIn':
      return { ...all, values: new Set(values) }
    case 'DoesNotExist':
      return { ...all, isComplement: false }
    case 'Gt':
      return bound >= int64Limit
        ? { ...all, isComplement: false, minValues: undefined }
        : { ...all, gte: bound + 1n }
    case 'Lt':
      return { ...all, lte: bound - 1n }
    case 'Gte':
      return { ...all, gte: bound }
    case 'Lte':
      return { ...all, lte: bound }
    default:
      return all
  }
}

const noValues: ReadonlySet<string> = new Set()
const int64Limit = (1n << 63n) - 1n

/** The requirement that a label has one of these values. */
export const requireIn = (key: string, values: Iterable<string>): KeyRequirement =>
  keyRequirement({ key, operator: 'In', values: [...values] })

/** The requirement that any value meets. */
export const requireExists = (key: string): KeyRequirement =>
  keyRequirement({ key, operator: 'Exists', values: [] })

/** The requirement that no value meets. */
export const requireAbsence = (key: string): KeyRequirement =>
  keyRequirement({ key, operator: 'DoesNotExist', values: [] })

/** The operator that a requirement amounts to. */
export const setOperatorOf = ({ isComplement, values }: KeyRequirement): SetOperator =>
  isComplement ? (values.size > 0 ? 'NotIn' : 'Exists') : values.size > 0 ? 'In' : 'DoesNotExist'

/** Whether the operator is one that the absence of the label meets. */
export const allowsAbsence = (requirement: KeyRequirement): boolean => {
  const operator = setOperatorOf(requirement)
  return operator === 'NotIn' || operator === 'DoesNotExist'
}

/** Whether a value meets the requirement. */
export const meetsRequirement = (requirement: KeyRequirement, value: string): boolean =>
  requirement.values.has(value) !== requirement.isComplement && isWithin(value, requirement)

type Bounds = Pick<KeyRequirement, 'gte' | 'lte'>

const commonBounds = (one: KeyRequirement, other: KeyRequirement): Bounds => ({
  gte:
    one.gte === undefined || (other.gte !== undefined && other.gte >= one.gte)
      ? other.gte
      : one.gte,
  lte:
    one.lte === undefined || (other.lte !== undefined && other.lte <= one.lte)
      ? other.lte
      : one.lte,
})

const isEmptyRange = ({ gte, lte }: Bounds): boolean =>
  gte !== undefined && lte !== undefined && gte > lte

/** The requirement that both make together. */
export const intersection = (one: KeyRequirement, other: KeyRequirement): KeyRequirement => {
  const { key } = one
  const bounds = commonBounds(one, other)
  const minValues =
    one.minValues === undefined || other.minValues === undefined
      ? (one.minValues ?? other.minValues)
      : Math.max(one.minValues, other.minValues)
  if (isEmptyRange(bounds)) return { ...requireAbsence(key), minValues }
  const isComplement = one.isComplement && other.isComplement
  const values = new Set([...valuesOfBoth(one, other)].filter((value) => isWithin(value, bounds)))
  const none: Bounds = { gte: undefined, lte: undefined }
  return { key, isComplement, values, ...(isComplement ? bounds : none), minValues }
}

/** Those that both exclude, where both do; else those that both allow. */
const valuesOfBoth = (one: KeyRequirement, other: KeyRequirement): Iterable<string> => {
  if (one.isComplement && other.isComplement) return new Set([...one.values, ...other.values])
  const [finite, beside] = one.isComplement ? [other, one] : [one, other]
  return [...finite.values].filter((value) => beside.values.has(value) !== beside.isComplement)
}

/** Whether some value meets both. */
export const hasIntersection = (one: KeyRequirement, other: KeyRequirement): boolean => {
  const bounds = commonBounds(one, other)
  if (isEmptyRange(bounds)) return false
  if (one.isComplement && other.isComplement) return true
  const [finite, beside] = one.isComplement ? [other, one] : [one, other]
  for (const value of finite.values)
    if (beside.values.has(value) !== beside.isComplement && isWithin(value, bounds)) return true
  return false
}

/** A value that is no integer is within no bounds. */
const isWithin = (value: string, { gte, lte }: Bounds): boolean => {
  if (gte === undefined && lte === undefined) return true
  const number = integerOf(value)
  if (number === undefined) return false
  return (gte === undefined || number >= gte) && (lte === undefined || number <= lte)
}

const integerOf = (text: string): bigint | undefined =>
  /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined

const valuesShownMax = 5

/** The requirement as messages write it, with five values at most. */
export const requirementText = (requirement: KeyRequirement): string => {
  const { key, gte, lte, minValues } = requirement
  const operator = setOperatorOf(requirement)
  const values = [...requirement.values].sort()
  const more = values.length - valuesShownMax
  const shown = more > 0 ? [...values.slice(0, valuesShownMax), `and ${more} others`] : values
  return [
    `${key} ${operator}`,
    ...(operator === 'In' || operator === 'NotIn' ? [`[${shown.join(' ')}]`] : []),
    ...(gte === undefined ? [] : [`>=${gte}`]),
    ...(lte === undefined ? [] : [`<=${lte}`]),
    ...(minValues === undefined ? [] : [`minValues ${minValues}`]),
  ].join(' ')
}
