/** Runs `stowage replay`: repeats a simulated rollout from its log, and prints what happened. */
import { answerJson, answerSections, readDuration, records, replayRun } from '@stowage/workbench'
import type { DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { readTexts, type Stdin } from '../read/files.js'
import { viewText } from '../show/view.js'
import type { Answer, Rejection } from './outcome.js'
import type { Request } from './request.js'
import { isWhole } from './rollout.js'

/** Replays the log; a log that was cut is not complete. */
export const answerReplay = async (
  request: Request,
  stdin: Stdin,
): Promise<E.Either<Rejection, Answer>> => {
  const { subject: path, flags } = request
  const undone = 'replayed'
  const until = flags.at === undefined ? Infinity : readDuration(flags.at)
  if (until === undefined) {
    const expected = 'a time after the beginning of the log, such as 90s or 5m'
    const fault = { from: '--at', at: [], found: renderValue(flags.at), expected }
    return E.left({ faults: [fault], undone })
  }
  const texts = await readTexts([path], stdin)
  if (E.isLeft(texts)) return E.left({ faults: texts.left, undone })
  const [text, ...others] = texts.right
  if (text === undefined || others.length > 0) return E.left({ faults: [manyTexts(path)], undone })
  const replay = replayRun(text, until)
  if (E.isLeft(replay)) return E.left({ faults: replay.left, undone })
  const out = viewText(
    flags.output,
    replay.right,
    answerJson,
    (answer, view) => answerSections(answer, { ...view, allNodes: isWhole(request) }),
    (answer) => records.rollout(answer.replays),
  )
  return E.right({ out, isComplete: replay.right.replays[0].cutAfter === undefined })
}

const manyTexts = (from: string): DocumentFault => ({
  ...{ from, at: [], found: 'a folder' },
  expected: 'a log: the file that stowage rollout --log has written',
})
