/**
 * Finds fields of an object that its kind does not have, which kubectl refuses by strict field
 * validation. For each field it says where the field may belong.
 *
 * Source: Kubernetes documentation, "Kubernetes API Concepts" (field validation).
 */
import { isObject, type Path } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import { suggestionFor, type Level } from './suggestion.js'
import { schemaFields, typeOfObject, type SchemaField } from './fields.js'

/** A field that the type around it does not have. */
export interface UnknownField {
  /** From the object, as kubectl writes it: `spec.template.spec.containers[0].requests`. */
  readonly path: string
  /** The path of the field that was probably meant. */
  readonly nearest: string | undefined
}

/**
 * The unknown fields of an object, in its order; none when the table lacks its `apiVersion` and
 * kind.
 */
export const unknownFields = (object: unknown): readonly UnknownField[] => {
  if (!isObject(object)) return []
  const type = typeOfObject(object)
  return type === undefined ? [] : inObject(object, type, [], [])
}

const inObject = (
  value: unknown,
  type: string,
  at: Path,
  above: readonly Level[],
): readonly UnknownField[] => {
  // A value of another form is a fault of its codec.
  if (!isObject(value)) return []
  const fields = schemaFields(type)
  const levels = [...above, { at, type, value }]
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields.get(name)
    const path = [...at, name]
    return field === undefined
      ? [{ path: pathOf(path), nearest: suggestionFor(name, inner, levels) }]
      : inField(inner, field, path, levels)
  })
}

const inField = (
  value: unknown,
  { form, type }: SchemaField,
  at: Path,
  above: readonly Level[],
): readonly UnknownField[] => {
  if (type === undefined || value === undefined || value === null) return []
  if (form === 'single') return inObject(value, type, at, above)
  if (form === 'list')
    return Array.isArray(value)
      ? value.flatMap((item: unknown, i) => inObject(item, type, [...at, i], above))
      : []
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => inObject(item, type, [...at, key], above))
    : []
}
