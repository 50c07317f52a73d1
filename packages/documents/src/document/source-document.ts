/**
 * Defines the types of (1) a parsed document with a label that names its origin, and (2) an error
 * in a document: the path to the wrong part, what was found and what was expected.
 */
import type { MalformedValue } from '@stowage/kernel'

/**
 * A parsed value and a label of where it is from, such as `shop.yaml, document 2`. Faults, warnings
 * and ignored kinds repeat the label.
 */
export interface SourceDocument {
  readonly from: string
  readonly value: unknown
}

/**
 * Why a document cannot be read: in which document, where in it, what was found and what was
 * expected.
 */
export interface DocumentFault extends MalformedValue {
  readonly from: string
  /** The exception that the platform's API throws for it; absent when the API never sees it. */
  readonly exception?: string
}
