/**
 * Defines the type of lists of faults (what is wrong with the user's input, and where). Faults are
 * returned as values: nothing in the workbench throws them, and the user interface prints them.
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
