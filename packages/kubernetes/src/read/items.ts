/** Lists the objects of a document, which may be a list of any depth. */
import { isObject, own } from '@stowage/documents'

/** The objects of a list of any depth. */
export const itemsIn = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(itemsIn)
  const items = isObject(value) ? own(value, 'items') : undefined
  return Array.isArray(items) ? items.flatMap(itemsIn) : [value]
}
