/**
 * Compares a scheduler's answer to a scenario (Kubernetes objects and the pods to schedule) with
 * the recorded answer, item by item: each refusal, each score, the set of best nodes, preemption
 * and so on. Each item names the plugin that is responsible for it, if there is a single one.
 */
import { canonicalText } from '../picture/canonical-text.js'
import type { AnswerLine, SchedulerAnswer, Nomination, Verdict } from './line.js'

/** One compared item. `plugin` is empty if no single plugin is responsible. */
export interface Comparison {
  readonly pod: string
  readonly plugin: string
  /** Such as `refusal of node-1` or `best`. */
  readonly what: string
  readonly theirs: unknown
  readonly ours: unknown
  readonly same: boolean
}

/** All items that either answer contains; `theirs` is the reference. */
export const compareAnswers = (
  ours: SchedulerAnswer,
  theirs: AnswerLine,
): readonly Comparison[] => {
  const verdicts = theirs.verdicts ?? []
  const count = Math.max(verdicts.length, ours.verdicts?.length ?? 0)
  return [
    comparison('', '', 'error', theirs.error, ours.error),
    ...Array.from({ length: count }, (_, i) =>
      ofPod(verdicts[i], ours.verdicts?.[i], ours.nominations?.[i] ?? []),
    ).flat(),
  ]
}

const comparison = (
  pod: string,
  plugin: string,
  what: string,
  theirs: unknown,
  ours: unknown,
): Comparison => ({
  pod,
  plugin,
  what,
  theirs,
  ours,
  same: canonicalText(theirs) === canonicalText(ours),
})

const ofPod = (
  theirs: Verdict | undefined,
  ours: Verdict | undefined,
  nominations: readonly Nomination[],
): readonly Comparison[] => {
  const pod = theirs?.pod ?? ours?.pod ?? ''
  const plain = (['pod', 'result', 'node', 'best', 'totals', 'preFilter'] as const).map((what) =>
    comparison(pod, theirs?.preFilter?.plugin ?? '', what, theirs?.[what], ours?.[what]),
  )
  return [
    ...plain,
    ...byNode(pod, theirs?.rejected, ours?.rejected, 'refusal', (rejection) => rejection?.plugin),
    ...byPlugin(pod, theirs?.scores, ours?.scores),
    preemption(pod, theirs?.preemption, ours?.preemption, nominations),
  ]
}

type Rejections = NonNullable<Verdict['rejected']>

const keysOf = (...values: readonly (object | undefined)[]): readonly string[] =>
  [...new Set(values.flatMap((value) => Object.keys(value ?? {})))].sort()

const byNode = (
  pod: string,
  theirs: Rejections | undefined,
  ours: Rejections | undefined,
  what: string,
  pluginOf: (rejection: Rejections[string] | undefined) => string | undefined,
): readonly Comparison[] =>
  keysOf(theirs, ours).map((node) => {
    const [one, other] = [theirs?.[node], ours?.[node]]
    return comparison(pod, pluginOf(one) ?? pluginOf(other) ?? '', `${what} of ${node}`, one, other)
  })

const byPlugin = (
  pod: string,
  theirs: Verdict['scores'],
  ours: Verdict['scores'],
): readonly Comparison[] =>
  keysOf(theirs, ours).flatMap((plugin) => {
    const [one, other] = [theirs?.[plugin], ours?.[plugin]]
    return keysOf(one, other).map((node) =>
      comparison(pod, plugin, `score of ${node}`, one?.[node], other?.[node]),
    )
  })

/** Upstream picks at random among equally good nominations, so each of ours is accepted. */
const preemption = (
  pod: string,
  theirs: Nomination | undefined,
  ours: Nomination | undefined,
  nominations: readonly Nomination[],
): Comparison => {
  const same = nominations.find((one) => canonicalText(one) === canonicalText(theirs))
  return comparison(pod, 'DefaultPreemption', 'preemption', theirs, same ?? ours)
}
