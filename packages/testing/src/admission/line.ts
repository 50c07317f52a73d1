/**
 * Defines the types of the lines of admission files, each one JSON value: (1) a question, which is
 * a list of objects to submit to an API server one after the other; (2) the answers of an API
 * server.
 */

/** Objects to submit in order; one of a kind and name that was there before is merged into it. */
export interface AdmissionLine {
  readonly id: string
  /** How strictly fields are checked. Default: `Strict`. */
  readonly validation?: 'Strict' | 'Warn' | 'Ignore' | ''
  readonly objects: readonly unknown[]
}

/** What became of one object: `object` as it is stored, or `error`. */
export interface AdmissionResult {
  readonly kind: string
  readonly name: string
  readonly update?: boolean
  readonly object?: unknown
  readonly error?: AdmissionError
}

/** A refusal. `causes` start with the field, a colon and a space. */
export interface AdmissionError {
  /** Missing when the API server broke off. */
  readonly code?: number
  readonly reason?: string
  readonly message: string
  readonly causes?: readonly string[]
}

/** A result for each object, in order. */
export interface AdmissionAnswerLine {
  readonly id: string
  readonly results: readonly AdmissionResult[]
}
