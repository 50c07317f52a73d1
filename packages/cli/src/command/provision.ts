/** Runs `stowage provision`: prints the cheapest machines for what finds no place. */
import {
  answerJson,
  answerSections,
  provisionMachines,
  readQuestion,
  zonesOfQuestion,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, readPriceList, type Request } from './request.js'

/** Chooses machines; complete when everything has a place then. */
export const answerProvision = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags } = request
  const undone = 'provisioned'
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone })
  const question = readQuestion(input.right)
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const answer = provisionMachines(question.right, {
    machines: input.right.machines,
    zones: zonesOfQuestion(input.right),
    prices: prices.right!,
    types: flags.types ?? [],
  })
  if (E.isLeft(answer)) return E.left({ faults: answer.left, undone })
  const view = planViewOf(flags)
  const out = viewText(flags.output, answer.right, answerJson, (one) => answerSections(one, view))
  return E.right({ out, isComplete: answer.right.isPlaced })
}
