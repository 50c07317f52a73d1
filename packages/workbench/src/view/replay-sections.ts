/**
 * Converts the answer to `replay` to sections and to JSON. Shows workloads and moments in the same
 * way as the answer to `rollout`.
 */
import { answerVersion } from '../schema/part.js'
import type { ReplayAnswer } from '../rollout/replay.js'
import { countText } from '../text/count.js'
import { lines, type Section } from '../block/block.js'
import type { PlanView } from './plan-view.js'
import { momentsSection } from './rollout-sections.js'

/** A section: what happened, step by step, and where the log was cut. */
export const replaySections = (
  { replays }: ReplayAnswer,
  view: Pick<PlanView, 'allNodes'> = {},
): readonly Section[] =>
  replays.map((run) => [
    lines(
      `${run.platform.title}: ${countText(run.steps, ['step', 'steps'])}, the same as in the log`,
      ...(run.cutAfter === undefined
        ? []
        : [`The log was cut after line ${run.cutAfter}: what it holds was run`]),
    ),
    ...momentsSection(run, { ...view, unfinished: 'not yet' }),
  ])

/** The whole answer; times are milliseconds after the beginning of the log. */
export const replayJson = ({ replays }: ReplayAnswer): object => ({
  version: answerVersion,
  replays: replays.map(({ platform, steps, cutAfter, workloads, moments, capacity, warnings }) => ({
    vocabulary: platform.id,
    ...{ steps, cutAfter, workloads, moments, capacity, warnings },
  })),
})
