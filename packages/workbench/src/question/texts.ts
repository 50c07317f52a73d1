/**
 * Reads a question from texts, for all platforms: parses the documents, and builds the planner of
 * each platform.
 */
import type { SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { zonesOfMachines } from '../machines/zones.js'
import { platforms } from '../platform/platforms.js'
import { documentsOf } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { parametersOf } from '../text/parameters.js'
import { withUnquoted } from '../text/unquoted.js'
import { withVariables } from '../text/variable.js'
import {
  questionOn,
  zonesNamedIn,
  type ParsedInput,
  type Question,
  type QuestionInput,
} from './question.js'

type QuestionOptions = Parameters<typeof questionOn>[3]

/** Parses the texts, reads them for each platform; the faults of the first stage that fails. */
export const readQuestion = (
  input: QuestionInput,
  options?: QuestionOptions,
): E.Either<Faults, Question> => {
  const documents = documentsOf(input.documents.texts)
  return E.isLeft(documents) ? documents : questionAbout(documents.right, input, options)
}

/** The question about documents that were parsed, whatever the texts of the input are. */
export const questionAbout = (
  documents: readonly SourceDocument[],
  input: QuestionInput,
  options?: QuestionOptions,
): E.Either<Faults, Question> => {
  const parsed = parsedInput(input)
  if (E.isLeft(parsed)) return parsed
  return pipe(
    questionOn(platforms, documents, parsed.right, options),
    E.mapLeft((faults) => withVariables(withUnquoted(faults, input.documents.texts), documents)),
  )
}

/** The input with its parameters read. */
export const parsedInput = (input: QuestionInput): E.Either<Faults, ParsedInput> =>
  pipe(
    parametersOf(input.parameters, input.parameterFiles),
    E.map((parameters) => ({ ...input, parameters })),
  )

/** The zones in which machines can be opened: those of the input, or those that new ones take. */
export const zonesOfQuestion = (input: QuestionInput): readonly string[] => {
  const documents = documentsOf(input.documents.texts)
  return zonesOfMachines(
    input.zones,
    E.isLeft(documents) ? [] : zonesNamedIn(platforms, documents.right),
  )
}
