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
  type QuestionInput,
  type Section,
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
  const options = {
    fargate: flags.fargate === true,
    prices: prices.right,
    ...(flags.namespace === undefined ? {} : { namespaces: flags.namespace }),
  }
  const plans = planWorkloads(question.right, options)
  if (E.isLeft(plans)) return E.left({ faults: plans.left, undone: 'planned' })
  const rollouts = stuckRollouts(input.right, plans.right, options)
  const view = planViewOf(flags)
  const out = viewText(
    flags.output,
    plans.right,
    (answer) => plansJson(answer, view),
    (answer) => [...rollouts.map(stuckSection), ...planSections(answer, view)],
    flags.summary === true ? records.planSum : (answer) => records.plan(answer, view),
  )
  const files =
    flags.html === undefined ? [] : [pageOf(plans.right, flags.html, request.paths, view)]
  return E.right({ out, isComplete: plans.right.isPlaced && rollouts.length === 0, files })
}

/**
 * How many pods have no place more when the rollouts are played that wait; none when the input says
 * whether they are, or when none waits. The cluster is about to play them, so pods without a place
 * in one count for the exit status.
 */
const stuckRollouts = (
  input: QuestionInput,
  plans: Plans,
  options: Parameters<typeof planWorkloads>[1],
): readonly number[] => {
  if (input.rollouts !== undefined || !hasPendingRollout(plans)) return []
  const question = readQuestion({ ...input, rollouts: true })
  const played = E.isLeft(question) ? question : planWorkloads(question.right, options)
  if (E.isLeft(played)) return []
  const more = unplacedIn(played.right) - unplacedIn(plans)
  return more > 0 ? [more] : []
}

const supplyPlans = ({ plans }: Plans) =>
  plans.flatMap(({ machines, fargate }) => [machines ?? [], fargate ?? []].flat())

const hasPendingRollout = (plans: Plans): boolean =>
  supplyPlans(plans).some(({ warnings }) => warnings.some(({ code }) => code === 'RolloutPending'))

const unplacedIn = (plans: Plans): number =>
  supplyPlans(plans)
    .flatMap(({ plan, refused, held }) => [...plan.unplaced, ...refused, ...held])
    .reduce((sum, { count }) => sum + count, 0)

const stuckSection = (count: number): Section => [
  {
    _tag: 'Lines',
    lines: [
      `A rollout that waits gets stuck: no place for ${count} new ${count === 1 ? 'pod' : 'pods'}; --rollouts shows it`,
    ],
  },
]

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
