/**
 * Runs `stowage plan`: prints where every replica goes. With `--compare`, prints three plans of the
 * same workloads side by side: all on EC2, all on Fargate, and each where it asks to run.
 */
import {
  answerJson,
  answerSections,
  compareWorlds,
  planPictures,
  planSections,
  plansJson,
  planWorkloads,
  readQuestion,
  records,
  type Plans,
  type Question,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { planPage } from '../page/plan-page.js'
import { viewText } from '../show/view.js'
import { planViewOf, type Flags } from './flags.js'
import type { Answer, OutputFile, Rejection } from './outcome.js'
import { readInput, readPriceList, type Request } from './request.js'

type Result = Promise<E.Either<Rejection, Answer>>

/** Plans the documents of the paths. */
export const answerPlan = async (request: Request, stdin: Stdin): Result => {
  const { flags } = request
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone: 'planned' })
  const question = readQuestion(input.right)
  if (E.isLeft(question)) return E.left({ faults: question.left, undone: 'planned' })
  if (flags.compare === true) return compare(question.right, flags, stdin)
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone: 'planned' })
  const plans = planWorkloads(question.right, {
    fargate: flags.fargate === true,
    prices: prices.right,
    ...(flags.namespace === undefined ? {} : { namespaces: flags.namespace }),
  })
  if (E.isLeft(plans)) return E.left({ faults: plans.left, undone: 'planned' })
  const view = planViewOf(flags)
  const out = viewText(
    flags.output,
    plans.right,
    (answer) => plansJson(answer, view),
    (answer) => planSections(answer, view),
    flags.summary === true ? records.planSum : (answer) => records.plan(answer, view),
  )
  const files =
    flags.html === undefined ? [] : [pageOf(plans.right, flags.html, request.paths, view)]
  return E.right({ out, isComplete: plans.right.isPlaced, files })
}

const pageOf = (
  plans: Plans,
  path: string,
  paths: readonly string[],
  view: Parameters<typeof planPictures>[1],
): OutputFile => ({ path, text: planPage(planPictures(plans, view), paths.join(', ')) })

const compare = async (question: Question, flags: Flags, stdin: Stdin): Result => {
  const prices = await readPriceList(flags, stdin)
  if (E.isLeft(prices)) return E.left({ faults: prices.left, undone: 'compared' })
  const comparisons = compareWorlds(question, prices.right)
  if (E.isLeft(comparisons)) return E.left({ faults: comparisons.left, undone: 'compared' })
  const out = viewText(
    flags.output,
    comparisons.right,
    answerJson,
    answerSections,
    records.comparison,
  )
  return E.right({ out, isComplete: comparisons.right.isPlaced })
}
