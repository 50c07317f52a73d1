/** Looks fields up in the table of types: whether a type has a field, and what the field holds. */
import { fieldsOfType } from './table.js'

/** What a field is: a single value, a list, or a map whose keys are data. */
export type Form = 'single' | 'list' | 'map'

/** A field of a type. `type` is that of what it holds; `undefined` when that has no fields. */
export interface Field {
  readonly form: Form
  readonly type: string | undefined
}

/** The fields of a type by name. */
export type Fields = ReadonlyMap<string, Field>

const fieldOf = (text: string): readonly [string, Field] => {
  const [left = '', type] = text.split(':')
  if (left.endsWith('[]')) return [left.slice(0, -2), { form: 'list', type }]
  if (left.endsWith('{}')) return [left.slice(0, -2), { form: 'map', type }]
  return [left, { form: 'single', type }]
}

const types: ReadonlyMap<string, Fields> = new Map(
  Object.entries(fieldsOfType).map(([name, text]) => [name, new Map(text.split(' ').map(fieldOf))]),
)

/** The fields of a type; the type must be one of the table. */
export const fieldsOf = (type: string): Fields => types.get(type)!

/** How many types have a field of this name. */
export const typesWith = (name: string): number =>
  [...types.values()].filter((fields) => fields.has(name)).length
