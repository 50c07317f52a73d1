/**
 * Runs `stowage drain`: simulates `kubectl drain` of the named nodes on the cluster that the input
 * files describe. Prints for each node whether it is drained or what blocks the drain, and where
 * its pods go.
 */
import {
  answerJson,
  answerSections,
  defaultDurations,
  drainMachines,
  readDuration,
  readDurations,
  readQuestion,
  records,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, type Request } from './request.js'

/** Drains the nodes; the answer is complete when all are drained and every new pod has a place. */
export const answerDrain = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { subject, flags } = request
  const undone = 'drained'
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const question = readQuestion(input.right, { isOfMachines: true })
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const durations =
    flags.durations === undefined ? E.right(defaultDurations) : readDurations(flags.durations)
  if (E.isLeft(durations)) return E.left({ faults: durations.left, undone })
  const timeout = flags.timeout === undefined ? undefined : readDuration(flags.timeout)
  const answer = drainMachines(question.right, {
    nodes: [...new Set(subject.split(',').filter((name) => name !== ''))],
    ignoreDaemonsets: flags.ignoreDaemonsets === true,
    force: flags.force === true,
    deleteEmptydirData: flags.deleteEmptydirData === true,
    disableEviction: flags.disableEviction === true,
    ...(flags.podSelector === undefined ? {} : { podSelector: flags.podSelector }),
    ...(timeout === undefined || timeout === 0 ? {} : { timeout }),
    durations: durations.right,
  })
  if (E.isLeft(answer)) return E.left({ faults: answer.left, undone })
  const out = viewText(flags.output, answer.right, answerJson, answerSections, records.drain)
  return E.right({ out, isComplete: answer.right.isDone })
}
