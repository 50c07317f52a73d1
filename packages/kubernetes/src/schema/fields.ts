/** Looks fields up in the table of types: whether a type has a field, and what the field holds. */
import { fieldsOfType } from './table.js'

/** What a field is: a single value, a list, or a map whose keys are data. */
export type Form = 'single' | 'list' | 'map'

/** A field of a type. `type` is that of what it holds; `undefined` when that has no fields. */
export interface SchemaField {
  readonly form: Form
  readonly type: string | undefined
}

/** The fields of a type by name. */
export type SchemaFields = ReadonlyMap<string, SchemaField>

const schemaField = (text: string): readonly [string, SchemaField] => {
  const [left = '', type] = text.split(':')
  if (left.endsWith('[]')) return [left.slice(0, -2), { form: 'list', type }]
  if (left.endsWith('{}')) return [left.slice(0, -2), { form: 'map', type }]
  return [left, { form: 'single', type }]
}

const types: ReadonlyMap<string, SchemaFields> = new Map(
  Object.entries(fieldsOfType).map(([name, text]) => [
    name,
    new Map(text.split(' ').map(schemaField)),
  ]),
)

/** The fields of a type; the type must be one of the table. */
export const schemaFields = (type: string): SchemaFields => types.get(type)!

/** How many types have a field of this name. */
export const typesWith = (name: string): number =>
  [...types.values()].filter((fields) => fields.has(name)).length
