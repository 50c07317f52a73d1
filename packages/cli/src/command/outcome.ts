/**
 * Converts the result of a command to what the process prints, and to its exit status. The result
 * is an answer, or a rejection of bad input.
 */
import type { Faults } from '@stowage/workbench'
import { faultsText, type Undone } from '../show/faults-text.js'

/** What the process prints and how it exits. */
export interface Outcome {
  readonly out: string
  readonly error: string
  /** 0: everything has a place. 1: something has none, or differs. 2: the input is bad. */
  readonly status: 0 | 1 | 2
}

/** The answer to a question, as text without a last line break. */
export interface Answer {
  readonly out?: string
  readonly error?: string
  /** Whether everything has a place, or agrees. */
  readonly isComplete: boolean
}

/** Bad input: nothing was done. */
export interface Rejection {
  readonly faults: Faults
  readonly undone: Undone
}

/** Status 0 or 1. */
export const answered = ({ out, error, isComplete }: Answer): Outcome => ({
  out: endLine(out),
  error: endLine(error),
  status: isComplete ? 0 : 1,
})

/** Status 2, and the faults on standard error. */
export const rejected = ({ faults, undone }: Rejection): Outcome =>
  misused(faultsText(faults, undone))

/** Status 2, and this text on standard error. */
export const misused = (error: string): Outcome => ({ out: '', error: endLine(error), status: 2 })

const endLine = (text: string | undefined): string => (text === undefined ? '' : `${text}\n`)
