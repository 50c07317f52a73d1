/**
 * Defines two types: `Answer`, which a command computes, and `Outcome`, the texts that the process
 * prints with its exit status. Also defines all exit statuses, 0 to 3.
 */
import type { DocumentFault } from '@stowage/documents'
import type { Undone } from '../show/faults-text.js'
import type { View } from '../show/view.js'

/** What the process prints and how it exits. */
export interface Outcome {
  readonly out: string
  readonly error: string
  /**
   * 0: everything has a place. 1: something has none, or differs. 2: the input is bad. 3: the
   * program itself is.
   */
  readonly status: 0 | 1 | 2 | 3
  /** Files to write. */
  readonly files?: readonly OutputFile[]
}

/** A file and its whole text. */
export interface OutputFile {
  readonly path: string
  readonly text: string
}

/** The answer to a question: a view to lay out, or text without a last line break. */
export interface Answer {
  readonly out?: string | View
  readonly error?: string
  /** Whether everything has a place, or agrees. */
  readonly isComplete: boolean
  readonly files?: readonly OutputFile[]
}

/** Bad input: nothing was done. */
export interface Rejection {
  readonly faults: readonly DocumentFault[]
  readonly undone: Undone
}

/** Status 2, and this text on standard error. */
export const misuseOutcome = (error: string): Outcome => ({
  out: '',
  error: endLine(error),
  status: 2,
})

/** A text that is not there is empty. */
export const endLine = (text: string | undefined): string => (text === undefined ? '' : `${text}\n`)
