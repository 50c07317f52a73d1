/** Faults: what is wrong with the input, as values. A shell prints them; nothing here throws. */
import type { DocumentFault } from '@stowage/documents'

/** Every fault of one stage of reading; never empty in a `Left`. */
export type Faults = readonly DocumentFault[]
