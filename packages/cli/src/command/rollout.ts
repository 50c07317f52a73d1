/**
 * Runs `stowage rollout`: simulates an update of Kubernetes or ECS workloads, and prints what
 * happens moment by moment.
 */
import {
  answerJson,
  answerSections,
  defaultDurations,
  readDuration,
  readDurations,
  records,
  rollOutChange,
} from '@stowage/workbench'
import { instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { readTextSet, type Stdin } from '../read/files.js'
import { timeZonesIn } from '../read/time-zones.js'
import { viewText } from '../show/view.js'
import { unwritable } from '../show/write-files.js'
import type { Answer, Rejection } from './outcome.js'
import { readInput, type Request } from './request.js'

/** Plays the change; the answer is complete when everything ends as it is wanted. */
export const answerRollout = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { flags } = request
  const undone = 'rolled out'
  const unwritableLog = flags.log === undefined ? undefined : await unwritable(flags.log)
  if (unwritableLog !== undefined) return E.left({ faults: [unwritableLog], undone })
  const input = await readInput(request, stdin)
  if (E.isLeft(input)) return E.left({ faults: input.left, undone })
  const change = await readTextSet(flags.change ?? [], stdin)
  if (E.isLeft(change)) return E.left({ faults: change.left, undone })
  const durations =
    flags.durations === undefined ? E.right(defaultDurations) : readDurations(flags.durations)
  if (E.isLeft(durations)) return E.left({ faults: durations.left, undone })
  const texts = [...input.right.documents.texts, ...change.right.texts]
  const rollouts = rollOutChange(input.right, {
    change: change.right,
    durations: durations.right,
    zones: timeZonesIn(texts.map(({ text }) => text)),
    ...windowOf(flags),
    ...(flags.atRisk === undefined ? {} : { atRisk: flags.atRisk }),
  })
  if (E.isLeft(rollouts)) return E.left({ faults: rollouts.left, undone })
  const { log } = flags
  const out = viewText(
    flags.output,
    rollouts.right,
    answerJson,
    (answer, view) => answerSections(answer, { ...view, allNodes: isWhole(request) }),
    (answer) => records.rollout(answer.rollouts),
  )
  const files =
    log === undefined
      ? []
      : rollouts.right.rollouts.map(({ log: text, platform }, i) => ({
          path: i === 0 ? log : `${log}.${platform.id}`,
          text,
        }))
  return E.right({ out, isComplete: rollouts.right.isDone, files })
}

/** When the change comes, and how long it is looked at; both were checked before. */
const windowOf = ({
  for: time,
  now,
}: Request['flags']): Pick<ChangeInput, 'lookFor' | 'changeAt'> => {
  const lookFor = time === undefined ? undefined : readDuration(time)
  return {
    ...(lookFor === undefined ? {} : { lookFor }),
    ...(now === undefined ? {} : { changeAt: instant(Date.parse(now)) }),
  }
}

type ChangeInput = Parameters<typeof rollOutChange>[1]

/** Whether every moment is shown. */
export const isWhole = ({ flags: { allMoments, output } }: Pick<Request, 'flags'>): boolean =>
  allMoments === true || output === 'wide'
