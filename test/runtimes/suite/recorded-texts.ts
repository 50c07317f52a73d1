/**
 * Defines the type of the conformance suite's inputs: recorded questions with their answers, and
 * example documents.
 */

/** Lines of JSON: what was asked, and what the original answered. */
export interface RecordedPair {
  readonly questions: string
  readonly answers: string
}

/** A file of the examples. */
export interface ExampleText {
  readonly file: string
  readonly text: string
}

/** Everything that is read from files, so that a runtime without files has it too. */
export interface RecordedTexts {
  readonly scheduler: readonly (RecordedPair & { readonly name: string })[]
  readonly admission: RecordedPair
  /** Calls of the rules of the Horizontal Pod Autoscaler, with their outputs. */
  readonly autoscaler: string
  /** Documents of both platforms. */
  readonly shop: readonly ExampleText[]
  /** Documents of one, and a change of them. */
  readonly rollout: { readonly before: ExampleText; readonly change: ExampleText }
  /** A log of steps, which ends with the hash of its last state. */
  readonly stepLog: string
  /** What HiGHS answered to the optimizer, as JSON. */
  readonly optimizer: string
}
