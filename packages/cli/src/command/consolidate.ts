/**
 * Runs `stowage consolidate`: prints which machines can be removed or replaced by cheaper ones, and
 * why the other machines must stay.
 */
import {
  answerJson,
  answerSections,
  consolidateMachines,
  defaultDurations,
  readDurations,
  readQuestion,
  records,
  zonesOfQuestion,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import { readTextSet, type Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, readPriceList, type Request } from './request.js'

/** Says which machines can go; complete when none can. */
export const answerConsolidate = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags } = request
  const undone = 'consolidated'
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone })
  const groups = flags.groups === undefined ? undefined : await readTextSet([flags.groups], stdin)
  if (groups !== undefined && E.isLeft(groups)) return E.left({ faults: groups.left, undone })
  const question = readQuestion(input.right, { isOfMachines: true })
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const durations =
    flags.durations === undefined ? E.right(defaultDurations) : readDurations(flags.durations)
  if (E.isLeft(durations)) return E.left({ faults: durations.left, undone })
  const answer = consolidateMachines(question.right, {
    machines: input.right.machines,
    zones: zonesOfQuestion(input.right),
    ...(prices.right === undefined ? {} : { prices: prices.right }),
    types: flags.types ?? [],
    ...(flags.as === undefined ? {} : { minds: flags.as }),
    ...(groups === undefined ? {} : { groups: groups.right }),
    durations: durations.right,
    deletesLocalData: flags.deleteEmptydirData === true,
    workMax: flags.work ?? 0,
    search: {},
  })
  if (E.isLeft(answer)) return E.left({ faults: answer.left, undone })
  const view = planViewOf(flags)
  const out = viewText(
    flags.output,
    answer.right,
    answerJson,
    (one) => answerSections(one, view),
    records.consolidation,
  )
  return E.right({ out, isComplete: answer.right.isNeeded })
}
