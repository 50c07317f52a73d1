/**
 * Looks up fields of Kubernetes objects in the table of types (`table.ts`): whether a type has a
 * field, and of which type the values of the field are.
 */
import { own } from '@stowage/documents'
import { fieldsOfType, typeOfKind } from './table.js'

/** What a field is: a single value, a list, or a map whose keys are data. */
export type Form = 'single' | 'list' | 'map'

/** A field of a type. */
export interface SchemaField {
  readonly form: Form
  /** The type of what it holds; `undefined` when that has no fields. */
  readonly type: string | undefined
  /** The whole type as the table has it: `int`, `[Container]`, `{quantity}`. */
  readonly text: string
}

/** The fields of a type by name. */
export type SchemaFields = ReadonlyMap<string, SchemaField>

/** Types by name, each parsed when it is read for the first time. */
const parsedTypes = /* @__PURE__ */ new Map<string, SchemaFields>()

const noFields: SchemaFields = /* @__PURE__ */ new Map()

/** The fields of a type; none for a type that is not in the table. */
export const schemaFields = (type: string): SchemaFields => {
  const known = parsedTypes.get(type)
  if (known !== undefined) return known
  const text = own(fieldsOfType, type)
  if (typeof text !== 'string') return noFields
  const fields = new Map(text.split(' ').map(schemaField))
  parsedTypes.set(type, fields)
  return fields
}

const schemaField = (field: string): readonly [string, SchemaField] => {
  const [name = '', text = 'string'] = field.split(':')
  const inner = text.replace(/[[\]{}]/g, '')
  const type = Object.hasOwn(fieldsOfType, inner) ? inner : undefined
  const form = text.startsWith('[') ? 'list' : text.startsWith('{') ? 'map' : 'single'
  // Any value of JSON is mostly a map, such as the parameters of a driver.
  return [name, { form: text === 'any' ? 'map' : form, type, text }]
}

/** How many types have a field of this name. */
export const typesWith = (name: string): number =>
  Object.keys(fieldsOfType).filter((type) => schemaFields(type).has(name)).length

/** The type of an object; `undefined` when the table lacks its `apiVersion` and kind. */
export const typeOfObject = (object: object): string | undefined => {
  const type = own(
    typeOfKind,
    `${String(own(object, 'apiVersion'))} ${String(own(object, 'kind'))}`,
  )
  return typeof type === 'string' ? type : undefined
}
