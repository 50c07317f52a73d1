/**
 * Defines the types of two lists that are returned when documents are read: warnings, and documents
 * that are ignored because their kind is unknown. Both lists are sorted by their texts, so that the
 * order of the documents does not matter.
 */
import * as Ord from 'fp-ts/lib/Ord.js'
import * as string from 'fp-ts/lib/string.js'

/**
 * A value that was read and is ignored, or not honoured as written. `code` names the kind of
 * warning and never changes; `text` is the same for all warnings that are alike; `subject` is the
 * object that it concerns; `detail` is particular to this object.
 */
export interface Warning<Code extends string = string> {
  readonly code: Code
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly detail?: string
}

/** What a table of warnings has for each code: when it is given, and what to do about it. */
export interface WarningHelp {
  readonly cause: string
  readonly remedy: string
}

/** A document, or a part of one, of a kind that the reader does not know. */
export interface IgnoredDocument {
  readonly from: string
  readonly kind: string
}

/** By the JSON of a list of fields; strings of fp-ts order by code unit. */
const byFields = <Item>(fieldsOf: (item: Item) => readonly string[]): Ord.Ord<Item> =>
  Ord.contramap((item: Item) => JSON.stringify(fieldsOf(item)))(string.Ord)

/** Warnings by text, then subject, detail and document. */
export const warningOrder: Ord.Ord<Warning> = byFields(
  ({ text, subject, detail = '', from, code }) => [text, subject, detail, from, code],
)

/** Ignored documents by kind, then by document. */
export const ignoredOrder: Ord.Ord<IgnoredDocument> = byFields(({ kind, from }) => [kind, from])
