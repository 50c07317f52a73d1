/**
 * Finds fields of a document or of a template's resource that its type does not have, and names the
 * nearest field of the type. So a misspelt field is never ignored silently.
 */
import { isObject, nearestNames, own, type Path } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import type { EcsWarning } from '../words/warning.js'
import { ecsFieldsOfType } from './table.js'

/** The fields of a type: by name, the type of what a field holds, if that has fields itself. */
type TypeFields = ReadonlyMap<string, string | undefined>

/** A field that the type around it does not have. */
export interface UnknownField {
  readonly at: Path
  /** The nearest name that the type has. */
  readonly nearest: string
}

/** Types by name, each parsed when it is read for the first time. */
const parsedTypes = /* @__PURE__ */ new Map<string, TypeFields>()

const noFields: TypeFields = /* @__PURE__ */ new Map()

/** The fields of a type; none for a type that is not in the table. */
export const typeFields = (type: string): TypeFields => {
  const known = parsedTypes.get(type)
  if (known !== undefined) return known
  const text = own(ecsFieldsOfType, type)
  if (typeof text !== 'string') return noFields
  const fields = new Map(
    text.split(' ').map((field): readonly [string, string | undefined] => {
      const [name = '', inner] = field.split(':')
      return [name, inner]
    }),
  )
  parsedTypes.set(type, fields)
  return fields
}

/**
 * The unknown fields of a value in its order; none when the table lacks its type. `isOpen` tells of
 * an object whether it only stands for a value that is not known.
 */
export const unknownFields = (
  type: string,
  value: unknown,
  isOpen: (value: object) => boolean = () => false,
): readonly UnknownField[] => {
  const inside = (fields: TypeFields, part: unknown, at: Path): readonly UnknownField[] => {
    if (Array.isArray(part)) return part.flatMap((item, i) => inside(fields, item, [...at, i]))
    // A value of another form is a fault of its codec.
    if (fields.size === 0 || !isObject(part) || isOpen(part)) return []
    return Object.entries(part).flatMap(([name, member]): readonly UnknownField[] => {
      const here = [...at, name]
      if (!fields.has(name)) return [{ at: here, nearest: nearestNames(name, fields.keys())[0]! }]
      const inner = fields.get(name)
      return inner === undefined ? [] : inside(typeFields(inner), member, here)
    })
  }
  return inside(typeFields(type), value, [])
}

/** The warning about an unknown field of an object. */
export const unknownFieldWarning = (
  from: string,
  subject: string,
  { at, nearest }: UnknownField,
): EcsWarning => ({
  ...{ code: 'UnknownField', from, subject },
  text: `unknown field ${JSON.stringify(pathOf(at))} is ignored; the nearest name is ${nearest}`,
})
