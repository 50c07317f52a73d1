/**
 * Runs `stowage explain`: prints where one replica of a workload would run, and why each node was
 * chosen, not chosen or refused.
 */
import {
  answerJson,
  answerSections,
  explainWorkload,
  readQuestion,
  records,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, type Request } from './request.js'

/** Explains the workload that the subject names. */
export const answerExplain = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { subject, flags } = request
  const undone = 'explained'
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const question = readQuestion(input.right)
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const fargate = flags.fargate === true
  const explanations = explainWorkload(question.right, subject, { fargate })
  if (E.isLeft(explanations)) return E.left({ faults: explanations.left, undone })
  const out = viewText(
    flags.output,
    explanations.right,
    answerJson,
    answerSections,
    records.explanation,
  )
  return E.right({ out, isComplete: explanations.right.isPlaced })
}
