/**
 * Runs `stowage autoscale`: simulates autoscalers and scaling policies on the recorded history of a
 * metric, and prints the replica counts that result.
 */
import {
  answerJson,
  answerSections,
  autoscaleWorkloads,
  defaultDurations,
  readDurations,
  records,
} from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import { readTexts, readTextSet, type Stdin } from '../read/files.js'
import { timeZonesIn } from '../read/time-zones.js'
import { viewText } from '../show/view.js'
import type { Answer, Rejection } from './outcome.js'
import type { Request } from './request.js'
import { isWhole } from './rollout.js'

/** Plays the history; the answer is complete when no workload wanted more than its maximum. */
export const answerAutoscale = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags, paths } = request
  const undone = 'played'
  const documents = await readTextSet(paths, stdin)
  if (E.isLeft(documents)) return E.left({ faults: documents.left, undone })
  const files = await readTexts(flags.parameterFile, stdin)
  if (E.isLeft(files)) return E.left({ faults: files.left, undone })
  const metrics = await readTextSet(flags.metric ?? [], stdin)
  if (E.isLeft(metrics)) return E.left({ faults: metrics.left, undone })
  const durations =
    flags.durations === undefined ? E.right(defaultDurations) : readDurations(flags.durations)
  if (E.isLeft(durations)) return E.left({ faults: durations.left, undone })
  const { start, ready } = durations.right
  const played = autoscaleWorkloads({
    documents: documents.right,
    metrics: metrics.right,
    parameters: flags.parameter,
    parameterFiles: files.right,
    values: flags.values ?? 'total',
    durations: { start, ready },
    count: flags.count,
    zones: timeZonesIn(documents.right.texts.map(({ text }) => text)),
  })
  if (E.isLeft(played)) return E.left({ faults: played.left, undone })
  const out = viewText(
    flags.output,
    played.right,
    answerJson,
    (answer, view) => answerSections(answer, { ...view, allNodes: isWhole(request) }),
    records.autoscale,
  )
  return E.right({ out, isComplete: played.right.isWithin })
}
