/**
 * Limits the number of objects in the documents, because each object takes memory while it is read
 * and planned.
 */
import { isObject, own, type DocumentFault, type SourceDocument } from '@stowage/documents'

/** Twice as many as the pods of the largest clusters that Kubernetes is tested with. */
export const objectsMax = 300_000

/**
 * Counts the objects of documents, call by call; lists count by their items. The answer is the
 * fault of the document with which the objects of all become too many.
 */
export const objectCounter = (): ((
  documents: readonly SourceDocument[],
) => DocumentFault | undefined) => {
  let count = 0
  return (documents) => {
    for (const { from, value } of documents) {
      count += objectsIn(value)
      if (count > objectsMax) return tooManyObjects(from, count)
    }
    return undefined
  }
}

const objectsIn = (value: unknown): number => {
  const items = isObject(value) ? own(value, 'items') : value
  return Array.isArray(items) ? items.length : 1
}

/** The fault of so many objects. */
export const tooManyObjects = (from: string, count: number): DocumentFault => ({
  ...{ from, at: [], found: `${count} objects in all` },
  expected: `at most ${objectsMax}: leave out what does not matter, or ask about each cluster apart`,
})
