/** Runs `stowage schema`: prints the JSON Schema of a command's JSON output. */
import { answerSchemas } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Answer, Rejection } from './outcome.js'

/** The schema of that name, which the arguments have checked. */
export const answerSchema = (name: string): E.Either<Rejection, Answer> =>
  E.right({ out: JSON.stringify(answerSchemas[name], null, 2), isComplete: true })
