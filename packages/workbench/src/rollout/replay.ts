/**
 * Answers the question `replay`: runs the steps of a recorded log again and reports what happened,
 * up to the end or up to a given time. The header of a log names its platform.
 */
import { later, readLogHeader, replayLog, renderValue, type LogFault } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { orchestrations } from '../platform/orchestrations.js'
import { platforms } from '../platform/platforms.js'
import type { Faults } from '../text/fault.js'
import type { SourceText } from '../text/documents.js'
import type { Rollout } from './rollout.js'
import { storyOf, type StepMoment } from './story.js'

/** The answer to `replay`. */
export interface ReplayAnswer {
  readonly replays: readonly [ReplayedRun]
}

/** A log that was run again. */
export interface ReplayedRun extends Omit<Rollout, 'log'> {
  /** The last line that could be read, when the log was cut after it. */
  readonly cutAfter?: number
  /** How many lines of the log were run. */
  readonly steps: number
}

/**
 * Runs a log; with `until`, only what happens so many milliseconds after its beginning. A `Left` is
 * a line that cannot be read, or that the same controllers answer differently now.
 */
export const replayRun = (
  { file, text }: SourceText,
  until = Infinity,
): E.Either<Faults, ReplayAnswer> => {
  const header = readLogHeader(text)
  if (E.isLeft(header)) return E.left([logFault(file, header.left)])
  const { setting, start } = header.right
  const platform = platforms.find(({ id }) => id === platformIn(setting))
  if (platform === undefined)
    return E.left([
      {
        ...{ from: `${file}, line 1`, at: ['setting', 'platform'] },
        found: renderValue(platformIn(setting)),
        expected: `one of ${platforms.map(({ id }) => id).join(', ')}`,
      },
    ])
  const orchestrator = orchestrations[platform.id].orchestratorFrom(setting)
  if (E.isLeft(orchestrator))
    return E.left(orchestrator.left.map((fault) => ({ ...fault, from: `${file}, line 1` })))
  const { controllers, options } = orchestrator.right
  const replay = replayLog(text, controllers, options)
  if (E.isLeft(replay)) return E.left([logFault(file, replay.left)])
  const { steps, first, cutAfter } = replay.right
  const moments = steps.map(({ events, result }, i): StepMoment => {
    const before = i === 0 ? first : steps[i - 1]!.result.state
    const { state, effects, unplaced } = result
    return { at: state.now, events, effects, unplaced, before, state }
  })
  const some = moments.filter(({ at }) => at <= later(start, until))
  return E.right({
    replays: [
      {
        platform,
        ...storyOf(orchestrator.right, some, start),
        workloadCount: orchestrator.right.workloads(some.at(-1)?.state ?? first).length,
        warnings: orchestrator.right.warningsIn(moments.at(-1)?.state ?? first),
        steps: some.length,
        ...(cutAfter === undefined ? {} : { cutAfter }),
      },
    ],
  })
}

const platformIn = (setting: unknown): unknown =>
  (setting as { readonly platform?: unknown } | null | undefined)?.platform

const logFault = (file: string, { line, at, found, expected }: LogFault): Faults[number] => ({
  ...{ from: `${file}, line ${line}`, at },
  ...{ found, expected },
})
