/**
 * Defines the type of a case rule: for one kind of recorded case (a call of one upstream function),
 * a codec that checks the input, and a function that computes our output.
 */
import { decodeValue, type Codec } from '@stowage/documents'
import type { MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as R from 'fp-ts/lib/ReadonlyRecord.js'
import type { CaseLine } from './line.js'

/** The rule of a kind. */
export interface CaseRule {
  /** What is wrong with an input, with paths from it. */
  readonly faults: (input: unknown) => readonly MalformedValue[]
  /** The output for an input; throws on one with faults. */
  readonly answer: (input: unknown) => unknown
}

/** The rules of a set of cases, by kind. */
export type CaseRules = Readonly<Record<string, CaseRule>>

/** A rule on inputs of the codec. `check` says what a codec of each field cannot. */
export const caseRule = <Input>(
  codec: Codec<Input>,
  answer: (input: Input) => unknown,
  check: (input: Input) => readonly MalformedValue[] = () => [],
): CaseRule => {
  const read = (input: unknown): E.Either<readonly MalformedValue[], Input> =>
    pipe(
      decodeValue(codec, input),
      E.chain((value) => {
        const wrong = check(value)
        return wrong.length > 0 ? E.left(wrong) : E.right(value)
      }),
    )
  return {
    faults: (input) => {
      const found = read(input)
      return E.isLeft(found) ? found.left : []
    },
    answer: (input) => {
      const found = read(input)
      if (E.isLeft(found))
        throw new Error(`an input that cannot be read: ${JSON.stringify(found.left)}`)
      return answer(found.right)
    },
  }
}

/** The functions of the rules. */
export const functionsOf: (rules: CaseRules) => Readonly<Record<string, CaseRule['answer']>> =
  R.map(({ answer }) => answer)

/** What is wrong with the input of a case of a known kind, with paths from the line. */
export const caseFaults =
  (rules: CaseRules) =>
  ({ kind, input }: CaseLine): readonly MalformedValue[] =>
    (R.has(kind, rules) ? rules[kind]!.faults(input) : []).map((fault) => ({
      ...fault,
      at: ['input', ...fault.at],
    }))
