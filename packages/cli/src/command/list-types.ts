/**
 * Runs `stowage types`: prints the machine types that `--nodes` may name, such as `m5.large`, with
 * their capacity.
 */
import { answerJson, answerSections, listTypes, records } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readFleet, readPriceList, type Request } from './request.js'

/** Lists the types that the subject, a pattern, means; complete when there are any. */
export const answerTypes = async (
  { subject, flags }: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const undone = 'listed'
  const machines = await readFleet(flags, stdin)
  if (E.isLeft(machines)) return E.left({ faults: machines.left, undone })
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone })
  const types = listTypes(machines.right, subject === '' ? undefined : subject, prices.right)
  if (E.isLeft(types)) return E.left({ faults: types.left, undone })
  const view = planViewOf(flags)
  const out = viewText(
    flags.output,
    types.right,
    answerJson,
    (answer) => answerSections(answer, view),
    records.machineTypes,
  )
  return E.right({ out, isComplete: types.right.types.length > 0 })
}
