/**
 * Two schedulers' words on one scenario, side by side: what is compared, under which plugin's name,
 * and whether it is the same.
 */
import { written } from '../picture/written.js'
import type { AnswerLine, Answered, Nomination, Verdict } from './line.js'

/** One thing that is compared; `plugin` is empty for what no plugin says alone. */
export interface Compared {
  readonly pod: string
  readonly plugin: string
  /** Such as `refusal of node-1` or `best`. */
  readonly what: string
  readonly theirs: unknown
  readonly ours: unknown
  readonly same: boolean
}

/** All that either says of the pods of a scenario; `theirs` is what is held to be right. */
export const comparedIn = (ours: Answered, theirs: AnswerLine): readonly Compared[] => {
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
): Compared => ({ pod, plugin, what, theirs, ours, same: written(theirs) === written(ours) })

const ofPod = (
  theirs: Verdict | undefined,
  ours: Verdict | undefined,
  nominations: readonly Nomination[],
): readonly Compared[] => {
  const pod = theirs?.pod ?? ours?.pod ?? ''
  const plain = (['pod', 'result', 'node', 'best', 'totals', 'preFilter'] as const).map((what) =>
    comparison(pod, theirs?.preFilter?.plugin ?? '', what, theirs?.[what], ours?.[what]),
  )
  return [
    ...plain,
    ...byNode(pod, theirs?.rejected, ours?.rejected, 'refusal', (said) => said?.plugin),
    ...byPlugin(pod, theirs?.scores, ours?.scores),
    preemption(pod, theirs?.preemption, ours?.preemption, nominations),
  ]
}

type Rejected = NonNullable<Verdict['rejected']>

const keysOf = (...values: readonly (object | undefined)[]): readonly string[] =>
  [...new Set(values.flatMap((value) => Object.keys(value ?? {})))].sort()

const byNode = (
  pod: string,
  theirs: Rejected | undefined,
  ours: Rejected | undefined,
  what: string,
  pluginOf: (said: Rejected[string] | undefined) => string | undefined,
): readonly Compared[] =>
  keysOf(theirs, ours).map((node) => {
    const [one, other] = [theirs?.[node], ours?.[node]]
    return comparison(pod, pluginOf(one) ?? pluginOf(other) ?? '', `${what} of ${node}`, one, other)
  })

const byPlugin = (
  pod: string,
  theirs: Verdict['scores'],
  ours: Verdict['scores'],
): readonly Compared[] =>
  keysOf(theirs, ours).flatMap((plugin) => {
    const [one, other] = [theirs?.[plugin], ours?.[plugin]]
    return keysOf(one, other).map((node) =>
      comparison(pod, plugin, `score of ${node}`, one?.[node], other?.[node]),
    )
  })

/**
 * Where several nodes are equally good to preempt on, upstream draws lots: each of them will do.
 */
const preemption = (
  pod: string,
  theirs: Nomination | undefined,
  ours: Nomination | undefined,
  nominations: readonly Nomination[],
): Compared => {
  const same = nominations.find((one) => written(one) === written(theirs))
  return comparison(pod, 'DefaultPreemption', 'preemption', theirs, same ?? ours)
}
