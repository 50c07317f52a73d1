/**
 * The type for lists of faults (what is wrong with the user's input, and where). They are returned
 * as values: nothing in the workbench throws them, and the shell prints them.
 */
import type { DocumentFault } from '@stowage/documents'

/** Every fault of one stage of reading; never empty in a `Left`. */
export type Faults = readonly DocumentFault[]
