/** Runs `stowage completion`: prints a completion script for a command shell. */
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { completionScript, shells } from '../usage/completion.js'
import type { Answer, Rejection } from './outcome.js'

/** The script for the shell of that name, which the arguments have checked. */
export const answerCompletion = (name: string, program: Command): E.Either<Rejection, Answer> => {
  const shell = shells.find((one) => one === name) ?? 'bash'
  return E.right({ out: completionScript(shell, program), isComplete: true })
}
