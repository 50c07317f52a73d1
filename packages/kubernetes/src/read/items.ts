/**
 * Lists the objects of a document, which may be a list, or lists in lists. It uses no recursion, as
 * a document may be nested deeper than calls can be.
 */
import { isObject, own } from '@stowage/documents'

/** The objects of a list of any depth, in their order. */
export const itemsIn = (document: unknown): readonly unknown[] => {
  const objects: unknown[] = []
  const open: unknown[] = [document]
  while (open.length > 0) {
    const value = open.pop()
    const items = isObject(value) ? own(value, 'items') : value
    if (!Array.isArray(items)) objects.push(value)
    else for (let i = items.length - 1; i >= 0; i--) open.push(items[i])
  }
  return objects
}
