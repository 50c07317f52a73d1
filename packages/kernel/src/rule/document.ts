/**
 * Values that came from outside, and what is said of them. `from` is a label of the caller's, such
 * as a file and a document in it; it is repeated in everything that is said of the value.
 */
import type { Malformed } from './malformed.js'
import { byCodeUnit } from './text-order.js'

export interface Document {
  readonly from: string
  readonly value: unknown
}

/** A document that can not be taken as it is. */
export interface BadDocument extends Malformed {
  readonly from: string
}

/**
 * Something that was read and is not honoured, or not as written. `subject` is the object that it
 * concerns; what is said of many alike is in `text`, what is particular to this one in `detail`.
 */
export interface Warning {
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly detail?: string
}

/** A document, or a part of one, whose kind an adapter does not know. */
export interface Ignored {
  readonly from: string
  readonly kind: string
}

/** In an order that has nothing to do with that of the documents: by what is said, then of whom. */
export const inOrderOfText = (warnings: readonly Warning[]): readonly Warning[] =>
  inOrder(warnings, ({ text, subject, detail = '', from }) => [text, subject, detail, from])

/** In an order that has nothing to do with that of the documents: by kind. */
export const inOrderOfKind = (ignored: readonly Ignored[]): readonly Ignored[] =>
  inOrder(ignored, ({ kind, from }) => [kind, from])

const inOrder = <Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): readonly Item[] =>
  items
    .map((item) => [JSON.stringify(keysOf(item)), item] as const)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, item]) => item)
