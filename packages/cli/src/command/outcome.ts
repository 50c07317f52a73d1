/** What a command comes to: what is printed where, and the exit status. */
import { problemsText, type Undone } from '../show/problems-text.js'
import type { Problem } from '../vocabulary/vocabulary.js'

export interface Outcome {
  readonly out: string
  readonly error: string
  /** 0: everything has a place. 1: something has none, or does not agree. 2: the input is bad. */
  readonly status: 0 | 1 | 2
}

export const answer = (out: string, placed: boolean): Outcome => ({
  out: `${out}\n`,
  error: '',
  status: placed ? 0 : 1,
})

export const bad = (problems: readonly Problem[], undone: Undone): Outcome => ({
  out: '',
  error: `${problemsText(problems, undone)}\n`,
  status: 2,
})
