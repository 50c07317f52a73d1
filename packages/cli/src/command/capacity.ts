/**
 * Runs `stowage capacity`: prints what every machine has and uses, or, with `--of`, how many more
 * replicas of a workload would fit.
 */
import {
  answerJson,
  answerSections,
  measureCapacity,
  readQuestion,
  records,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, type Request } from './request.js'

/** Measures the machines; with `--of` the answer is complete when one more fits. */
export const answerCapacity = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags } = request
  const undone = 'counted'
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const question = readQuestion(input.right, { isOfMachines: true })
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const view = planViewOf(flags)
  const answer = measureCapacity(question.right, { sort: flags.sort, of: flags.of })
  if (E.isLeft(answer)) return E.left({ faults: answer.left, undone })
  const out = viewText(
    flags.output,
    answer.right,
    answerJson,
    (one) => answerSections(one, view),
    (one) => ('headrooms' in one ? records.headroom(one) : records.capacity(one)),
  )
  return E.right({ out, isComplete: !('headrooms' in answer.right) || answer.right.isPlaced })
}
