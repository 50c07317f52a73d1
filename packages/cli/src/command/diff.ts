/**
 * Runs `stowage diff`: plans two inputs with the same options, or one input before and after a
 * change, and prints how the plans differ.
 */
import { answerJson, answerSections, diffPlans, records, type OtherSide } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import { readTextSet, type Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { isOneInput, planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, readPriceList, type Request } from './request.js'

/** Compares both sides; complete when nothing has lost its place and nothing new lacks one. */
export const answerDiff = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags, paths } = request
  const undone = 'compared'
  const isOne = isOneInput(flags)
  const input = await readInput(
    {
      ...request,
      paths: isOne ? paths : paths.slice(0, 1),
      flags: { ...flags, withoutNode: [] },
    },
    stdin,
  )
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const others = await readTextSet(isOne ? (flags.change ?? []) : paths.slice(1), stdin)
  if (E.isLeft(others)) return E.left({ faults: others.left, undone })
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone })
  const other: OtherSide = isOne
    ? {
        ...(flags.change?.length === 0 ? {} : { change: others.right }),
        withoutNodes: flags.withoutNode ?? [],
      }
    : { documents: others.right }
  const options = { fargate: flags.fargate === true, prices: prices.right }
  const differences = diffPlans(input.right, other, options)
  if (E.isLeft(differences)) return E.left({ faults: differences.left, undone })
  const view = planViewOf(flags)
  const out = viewText(
    flags.output,
    differences.right,
    answerJson,
    (answer) => answerSections(answer, view),
    records.difference,
  )
  return E.right({ out, isComplete: differences.right.isPlaced })
}
