/**
 * Runs `stowage provision`: prints the cheapest machines to launch for replicas that find no node.
 */
import {
  answerJson,
  answerSections,
  planPictures,
  provisionMachines,
  readQuestion,
  zonesOfQuestion,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { packingSolver } from '@stowage/optimizer'
import { createRequire } from 'node:module'
import { planPage } from '../page/plan-page.js'
import { readTextSet, type Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import { planViewOf } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, readPriceList, type Request } from './request.js'

type LoadHighs = () => Promise<Parameters<typeof packingSolver>[0]>

/**
 * The library for linear programming is loaded only when it is needed, and as CommonJS: its types
 * name a type of browsers.
 */
const loadSolver = async () => {
  const { packingSolver: solverBy } = await import('@stowage/optimizer')
  const loadHighs = createRequire(import.meta.url)('highs') as LoadHighs
  return solverBy(await loadHighs())
}

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
  const groups = flags.groups === undefined ? undefined : await readTextSet([flags.groups], stdin)
  if (groups !== undefined && E.isLeft(groups)) return E.left({ faults: groups.left, undone })
  const question = readQuestion(input.right)
  if (E.isLeft(question)) return E.left({ faults: question.left, undone })
  const { work: workMax = 0 } = flags
  const solver = workMax === 0 ? undefined : await loadSolver()
  const answer = provisionMachines(question.right, {
    machines: input.right.machines,
    zones: zonesOfQuestion(input.right),
    prices: prices.right!,
    types: flags.types ?? [],
    ...(flags.as === undefined ? {} : { minds: flags.as }),
    ...(groups === undefined ? {} : { groups: groups.right }),
    ...(flags.expander === undefined ? {} : { expander: flags.expander }),
    balancesGroups: flags.balanceSimilarNodeGroups === true,
    search: solver === undefined ? {} : { solver, workMax },
  })
  if (E.isLeft(answer)) return E.left({ faults: answer.left, undone })
  const view = planViewOf(flags)
  const out = viewText(flags.output, answer.right, answerJson, (one) => answerSections(one, view))
  const files =
    flags.html === undefined
      ? []
      : [{ path: flags.html, text: planPage(planPictures(answer.right), request.paths.join(', ')) }]
  return E.right({ out, isComplete: answer.right.isPlaced, files })
}
