/**
 * Runs `stowage query`: lists the ECS container instances that satisfy an expression of Amazon
 * ECS's cluster query language.
 */
import { answerJson, answerSections, queryInstances } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, type Request } from './request.js'

/** Lists the instances that the subject, an expression, selects; complete when there are any. */
export const answerQuery = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone: 'listed' })
  const instances = queryInstances(input.right, request.subject)
  if (E.isLeft(instances)) return E.left({ faults: instances.left, undone: 'listed' })
  const out = viewText(request.flags.output, instances.right, answerJson, answerSections)
  return E.right({ out, isComplete: instances.right.length > 0 })
}
