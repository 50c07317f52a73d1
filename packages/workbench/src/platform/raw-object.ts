/**
 * Defines the types of the objects of a document before they are decoded: where each object is, and
 * the keys by which the same object is found in another document.
 */
import type { Path, SourceDocument } from '@stowage/documents'
import type { Either } from 'fp-ts/lib/Either.js'

/** One object of a document. */
export interface RawObject {
  readonly document: SourceDocument
  readonly at: Path
  readonly value: unknown
  /** Such as `Deployment shop/web`. */
  readonly title: string
  /** Objects with a key in common may be one. Without any an object is always another one. */
  readonly keys: readonly string[]
  /** What tells objects of one key apart where both have it, such as a cluster. */
  readonly scope?: string | undefined
  /** What the object needs to have keys and lacks. */
  readonly lack?: string
}

/** How a platform tells which objects are the same. */
export interface RawObjects {
  /** The objects of a document, the items of lists one by one. */
  readonly objectsIn: (document: SourceDocument) => readonly RawObject[]
  /**
   * Which of the objects that share a key with a changed one it replaces; `isOnly`: no other
   * of the `changes` has its key. A `Left` says what would tell them apart.
   */
  readonly replacedBy: (
    changed: RawObject,
    alike: readonly RawObject[],
    among: { readonly isOnly: boolean; readonly changes: readonly RawObject[] },
  ) => Either<string, readonly RawObject[]>
  /** The value of a changed object, with what it takes over from the one that it replaces. */
  readonly inPlaceOf: (changed: RawObject, before: RawObject) => unknown
  /** The value of several objects that are one object of a cluster; `undefined` otherwise. */
  readonly valueOfAll?: (alike: readonly RawObject[]) => unknown
  /** Whether a changed object is evaluated in the file of the one that it replaces. */
  readonly keepsFile: (changed: RawObject) => boolean
}
