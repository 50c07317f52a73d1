/**
 * Prints a pod template as controllers print it to compute its hash. The print has all fields in
 * the order of the API's declaration, each with its type, and the API server's defaults. Equal
 * prints mean equal templates.
 *
 * Source: the observable hashes of Kubernetes 1.37 (label `pod-template-hash`).
 */
import { isObject, own } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import { withTypeDefaults, type Raw } from './defaults.js'
import { templateFields } from './fields.js'
import { printQuantity } from './quantity.js'

/**
 * The print of a raw template.
 *
 * Fields that the API does not have are left out, as the API server does.
 */
export const printTemplate = (template: unknown): string =>
  `(v1.PodTemplateSpec)${printValue(template, 'PodTemplateSpec')}`

const printValue = (value: unknown, type: string): string => {
  if (type.startsWith('*'))
    return value === undefined || value === null ? nil : printValue(value, type.slice(1))
  if (type.startsWith('[]')) return printList(value, type.slice(2))
  switch (type) {
    case 'map[string]string':
      return printMap(value, (inner) => printValue(inner, 'string'))
    case 'ResourceList':
      return printMap(value, (inner) => printQuantity(textOf(inner).trim(), true))
    case 'resource.Quantity':
      return printQuantity(textOf(value).trim(), false)
    case 'intstr.IntOrString':
      return printNumberOrText(value)
    case 'Time':
      return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}'
    case 'bool':
      return String(value === true)
    case 'int32':
    case 'int64':
      return typeof value === 'number' ? String(value) : '0'
    default: {
      const fields = fieldsByType.get(type)
      return fields === undefined ? textOf(value) : printObject(value, type, fields)
    }
  }
}

const nil = '<nil>'

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Nothing tells an empty list or map from none after it was stored. */
const printList = (value: unknown, type: string): string =>
  Array.isArray(value) && value.length > 0
    ? `[${value.map((item: unknown) => printValue(item, type)).join(' ')}]`
    : nil

const printMap = (value: unknown, print: (inner: unknown) => string): string => {
  const entries = isObject(value) ? Object.entries(value) : []
  if (entries.length === 0) return nil
  const sorted = [...entries].sort(([a], [b]) => byCodeUnit(a, b))
  return `map[${sorted.map(([key, inner]) => `${key}:${print(inner)}`).join(' ')}]`
}

const printNumberOrText = (value: unknown): string =>
  typeof value === 'string'
    ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
    : `{Type:(intstr.Type)0 IntVal:(int32)${typeof value === 'number' ? value : 0} StrVal:(string)}`

const printObject = (value: unknown, type: string, fields: readonly Field[]): string => {
  const filled = withTypeDefaults(type, isObject(value) ? (value as Raw) : {})
  const parts = fields.map(({ name, json, type: inner }) => {
    const part = json === '' ? filled : own(filled, json)
    return `${name}:(${goName(inner)})${printValue(part, inner)}`
  })
  return `{${parts.join(' ')}}`
}

interface Field {
  readonly name: string
  /** Empty when the fields of the value stand in the outer object. */
  readonly json: string
  readonly type: string
}

const parsedFields = (text: string): readonly Field[] =>
  text.split(' ').map((field) => {
    const [names = '', type = 'string'] = field.split(/:(.*)/)
    const [name = '', json = lowerInitials(name)] = names.split('/')
    return { name, json, type }
  })

/** `dnsPolicy` for `DNSPolicy`, `name` for `Name`, `tty` for `TTY`. */
const lowerInitials = (name: string): string => {
  const initials = /^[A-Z]+(?![a-z])|^[A-Z]/.exec(name)?.[0] ?? ''
  return initials.toLowerCase() + name.slice(initials.length)
}

const plainTypes: readonly string[] = ['string', 'bool', 'int32', 'int64']

/** The name of a type with its package. */
const goName = (type: string): string => {
  if (type.startsWith('*')) return `*${goName(type.slice(1))}`
  if (type.startsWith('[]')) return `[]${goName(type.slice(2))}`
  return plainTypes.includes(type) || type.includes('.') || type.startsWith('map[')
    ? type
    : `v1.${type}`
}

const fieldsByType: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(templateFields).map(([type, text]) => [type, parsedFields(text)]),
)
