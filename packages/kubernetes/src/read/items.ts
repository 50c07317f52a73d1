/**
 * Reads objects of any kind without a codec: lists the objects of a document, and reads the text or
 * the list at a path.
 */
import { isObject, own, valueAt, type Path } from '@stowage/documents'

/**
 * The objects of a document, which may be a list, or lists in lists, in their order. Without
 * recursion, as a document may be nested deeper than calls can be.
 */
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

/** The text at a path; empty where there is none. */
export const textField = (value: unknown, path: Path): string => {
  const text = valueAt(value, path)
  return typeof text === 'string' ? text : ''
}

/** The list at a path; empty where there is none. */
export const listField = (value: unknown, path: Path): readonly unknown[] => {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list : []
}
