/**
 * Determines whether a pod was made from a given template: the pod must have every label and field
 * of the template. It may have more fields, because admission and controllers add some.
 */
import { isObject, own } from '@stowage/documents'
import { parseQuantity } from '../words/quantity.js'

/**
 * Whether the pod has every label and every field of the template, as both were read.
 *
 * This is weaker than a comparison of two templates: a field that was removed from the template is
 * not noticed.
 */
export const isMadeFrom = (pod: unknown, template: unknown): boolean =>
  entriesOf(template).every(([name, part]) =>
    name === 'spec' || name === 'metadata' ? hasPart(fieldValue(pod, name), part, name) : true,
  )

const fieldValue = (value: unknown, name: string): unknown =>
  isObject(value) ? own(value, name) : undefined

const entriesOf = (value: unknown): readonly (readonly [name: string, part: unknown])[] =>
  isObject(value) ? Object.entries(value) : []

/** Whether `whole` has all of `part`, the value of a field with this name. */
const hasPart = (whole: unknown, part: unknown, name: string): boolean => {
  if (isUnset(part)) return true
  if (Array.isArray(part))
    return part.every((item) => Array.isArray(whole) && whole.some((one) => hasItem(one, item)))
  if (isObject(part)) return isSetByController(whole, name) || hasFields(whole, part, name)
  return whole === part || String(whole) === String(part)
}

const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0)

const hasFields = (whole: unknown, part: object, name: string): boolean =>
  Object.entries(part).every(([field, inner]) =>
    quantityFields.includes(name)
      ? isSameQuantity(fieldValue(whole, field), inner)
      : hasPart(fieldValue(whole, field), inner, field),
  )

/** Items with names are compared with the item of the same name. */
const hasItem = (whole: unknown, part: unknown): boolean => {
  const name = fieldValue(part, 'name')
  return (name === undefined || fieldValue(whole, 'name') === name) && hasPart(whole, part, '')
}

const quantityFields: readonly string[] = ['requests', 'limits', 'overhead']

const isSameQuantity = (one: unknown, other: unknown): boolean =>
  one !== undefined && parseQuantity(String(one)) === parseQuantity(String(other))

/** A daemon pod has the affinity to its node in the place of the template's. */
const isSetByController = (whole: unknown, name: string): boolean =>
  name === 'nodeAffinity' && JSON.stringify(whole ?? null).includes('"matchFields"')
