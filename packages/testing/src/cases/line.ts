/**
 * Defines the types of the lines of case files. A line is one JSON value: a call of one function of
 * an upstream controller (name and input), and the output of this call.
 */

/** A call: `kind` names the function, `output` is what the original returned. */
export interface CaseLine {
  readonly id: string
  readonly kind: string
  readonly input: unknown
  readonly output?: unknown
}

/** Our output for a case. */
export interface CaseAnswerLine {
  readonly id: string
  readonly output: unknown
}

/** The function of a kind: the output for an input. Throws on an input of another form. */
export type CaseFunction = (input: never) => unknown

/** The functions by kind. */
export type CaseFunctions = Readonly<Record<string, CaseFunction>>
