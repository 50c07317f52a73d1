/**
 * Decodes an object by the table of types (`schema/table.ts`), as the API server does. A value of
 * the wrong type is an error. An unknown field is dropped, and its path is returned.
 */
import type { Path } from '@stowage/documents'
import { isObject } from '@stowage/documents'
import { renderValue, type MalformedValue } from '@stowage/kernel'
import { inMilli, parseQuantity } from '../words/quantity.js'
import { canonicalQuantity, quantityLike } from './canonical.js'
import { schemaFields, typeOfObject, type SchemaFields } from '../schema/fields.js'

/** A decoded object, values of a wrong type, and the paths of fields that do not exist. */
export interface DecodedObject {
  readonly value: unknown
  readonly malformed: readonly MalformedValue[]
  readonly unknown: readonly Path[]
}

/**
 * Decodes an object by its `apiVersion` and kind. Quantities become canonical, and amounts by
 * resource name are rounded up to thousandths.
 */
export const decodeShape = (object: unknown): DecodedObject => {
  const found: ShapeFindings = { malformed: [], unknown: [] }
  const type = isObject(object) ? typeOfObject(object) : undefined
  return { value: read(type ?? '', object, [], found), ...found }
}

interface ShapeFindings {
  readonly malformed: MalformedValue[]
  readonly unknown: Path[]
}

/** Types that no rule reads, which are taken as they are. */
const opaque: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'any',
  'autoscalingV1HorizontalPodAutoscalerStatus',
  'autoscalingV2HorizontalPodAutoscalerStatus',
  'ManagedFieldsEntry',
  'NamespaceStatus',
  'NodeStatus',
  'PersistentVolumeStatus',
  'PodStatus',
  'ResourceQuotaStatus',
  'ServiceStatus',
])

/** What is absent or null is `undefined`. */
const read = (type: string, value: unknown, at: Path, found: ShapeFindings): unknown => {
  if (value === undefined || value === null || opaque.has(type)) return value ?? undefined
  if (type.startsWith('[')) return readItems(type.slice(1, -1), value, at, found)
  if (type.startsWith('{')) return readMap(type.slice(1, -1), value, at, found)
  const scalar = scalars[type]
  if (scalar !== undefined) {
    const text = scalar.read(value)
    if (text === undefined) found.malformed.push(shapeFault(at, value, scalar.expected))
    return text
  }
  return readFields(schemaFields(type), value, at, found)
}

const readItems = (type: string, value: unknown, at: Path, found: ShapeFindings): unknown => {
  if (Array.isArray(value))
    return value.map((item, i) => read(type, item, [...at, i], found) ?? emptyOf(type))
  found.malformed.push(shapeFault(at, value, 'a list'))
  return undefined
}

/** What is absent in a list is stored as the empty value of its type. */
const emptyOf = (type: string): unknown =>
  scalars[type] === undefined ? {} : type === 'string' ? '' : 0

const readMap = (type: string, value: unknown, at: Path, found: ShapeFindings): unknown => {
  if (!isObject(value)) {
    found.malformed.push(shapeFault(at, value, 'an object'))
    return undefined
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      const part = inner === null ? emptyIn[type] : readEntry(type, inner, [...at, key], found)
      return part === undefined ? [] : [[key, part]]
    }),
  )
}

const readEntry = (type: string, value: unknown, at: Path, found: ShapeFindings): unknown =>
  read(type === 'quantity' ? 'amount' : type, value, at, found)

/** What a null in a map is stored as. */
const emptyIn: Readonly<Record<string, string | undefined>> = { string: '', quantity: '0' }

const readFields = (
  fields: SchemaFields,
  value: unknown,
  at: Path,
  found: ShapeFindings,
): unknown => {
  if (!isObject(value)) {
    found.malformed.push(shapeFault(at, value, 'an object'))
    return undefined
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      const field = fields.get(key)
      if (field === undefined) {
        found.unknown.push([...at, key])
        return []
      }
      const part = read(field.text, inner, [...at, key], found)
      return part === undefined ? [] : [[key, part]]
    }),
  )
}

const shapeFault = (at: Path, value: unknown, expected: string): MalformedValue => ({
  at,
  found: renderValue(value),
  expected,
})

interface Scalar {
  readonly read: (value: unknown) => unknown
  readonly expected: string
}

const int32End = 0x8000_0000
const int64End = int32End * int32End * 2

const integer =
  (end: number) =>
  (value: unknown): unknown =>
    typeof value === 'number' && Number.isInteger(value) && value >= -end && value < end
      ? value
      : undefined

const readQuantity = (value: unknown): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return canonicalQuantity(String(value).trim())
}

/** An amount of a resource: nothing finer than a thousandth is stored. */
const readAmountText = (value: unknown): string | undefined => {
  const text = readQuantity(value)
  const quantity = text === undefined ? undefined : parseQuantity(text)
  if (text === undefined || quantity === undefined) return undefined
  const rounded = inMilli(quantity)
  return rounded === quantity ? text : quantityLike(rounded, text)
}

const expectedQuantity = 'a quantity, such as 500m, 2 or 1.5Gi'
const scalars: Readonly<Record<string, Scalar | undefined>> = {
  string: { read: (value) => (typeof value === 'string' ? value : undefined), expected: 'a text' },
  bool: {
    read: (value) => (typeof value === 'boolean' ? value : undefined),
    expected: 'true or false',
  },
  int: { read: integer(int32End), expected: 'a whole number of 32 bits' },
  long: { read: integer(int64End), expected: 'a whole number' },
  number: {
    read: (value) => (typeof value === 'number' ? value : undefined),
    expected: 'a number',
  },
  intstr: {
    read: (value) => (typeof value === 'string' ? value : integer(int32End)(value)),
    expected: 'a whole number or a text',
  },
  quantity: { read: readQuantity, expected: expectedQuantity },
  amount: { read: readAmountText, expected: expectedQuantity },
}
