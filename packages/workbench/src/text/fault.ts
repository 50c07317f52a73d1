/**
 * Defines the type of lists of errors in the user's input (faults): where each is, and what is
 * wrong. Errors are returned as values, never thrown, and the user interface prints them.
 */
import type { DocumentFault } from '@stowage/documents'

/** Every fault of one stage of reading; never empty in a `Left`. */
export type Faults = readonly DocumentFault[]

/** The file of a document: its other documents have the same name then. */
export const fileOf = (from: string): string => from.replace(/, document \d+$/s, '')

/** What is wrong with a text that overflows the stack of its parser. */
export const tooManyLevels: Pick<DocumentFault, 'found' | 'expected'> = {
  found: 'more levels',
  expected: 'at most 250 levels of nesting',
}
