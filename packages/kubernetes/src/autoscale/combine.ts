/**
 * Combines the replica counts that the metrics of a HorizontalPodAutoscaler propose: the highest
 * wins. If a metric fails, the workload is not scaled down; if all metrics fail, the count stays.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { MetricSpec } from '../words/workload.js'
import {
  proposeCount,
  type MeasurementResult,
  type MetricFailure,
  type MetricScene,
  type NamedProposal,
} from './propose.js'

/** What all metrics together want. */
export interface CombinedProposal {
  readonly replicas: number
  /** The metric that proposed it. */
  readonly metric: string
  /** What each metric proposed, in their order. */
  readonly proposals: readonly E.Either<MetricFailure, NamedProposal>[]
  /** What failed although there is an answer. */
  readonly error: string | undefined
}

/** What all metrics together want, or the first one that failed. */
export const combineMetrics = (
  scene: MetricScene,
  specs: readonly MetricSpec[],
  measuredBy: (index: number) => MeasurementResult,
): E.Either<MetricFailure, CombinedProposal> => {
  const proposals = specs.map((spec, i) => proposeCount(scene, spec, measuredBy(i)))
  const failures = proposals.filter(E.isLeft).map(({ left }) => left)
  let [replicas, metric] = [0, '']
  // A proposal of 0 gives way to any other, also to one that comes before it.
  for (const { right } of proposals.filter(E.isRight))
    if (replicas === 0 || right.replicas > replicas)
      [replicas, metric] = [right.replicas, right.name]
  const [first] = failures
  const error =
    first === undefined
      ? undefined
      : `invalid metrics (${failures.length} invalid out of ${specs.length}), first error is: ${first.message}`
  const isHeld = failures.length > 0 && replicas < scene.currentReplicas
  return failures.length >= specs.length || isHeld
    ? E.left({ message: error ?? 'no metric', reason: first?.reason ?? '' })
    : E.right({ replicas, metric, proposals, error })
}
