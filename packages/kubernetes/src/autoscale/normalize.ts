/**
 * Computes the final replica count of a HorizontalPodAutoscaler from the count that its metrics
 * propose: (1) stabilizes the count by earlier recommendations; (2) limits it by the bounds and the
 * scaling policies. Also sets the conditions `AbleToScale` and `ScalingLimited`.
 */
import type { Instant } from '@stowage/kernel'
import type { AutoscalerSpec } from './autoscaler.js'
import type { AutoscalerCondition } from './condition.js'
import type { ScalingHistory } from './history.js'
import { limitByFactor, limitByPolicies, type LimitReason } from './limit.js'
import { highestRecent, withinRecent } from './stabilize.js'

/** A workload that is to have another count. */
export interface WantedCount {
  readonly spec: Pick<AutoscalerSpec, 'behavior' | 'maxReplicas' | 'minReplicas'>
  readonly currentReplicas: number
  /** What the metrics want. */
  readonly desiredReplicas: number
  readonly history: ScalingHistory
  /** In milliseconds. */
  readonly downscaleStabilization: number
  readonly now: Instant
}

/** The count that the workload gets, and why it is another than the one that is wanted. */
export interface NormalCount {
  readonly replicas: number
  readonly history: ScalingHistory
  /** `AbleToScale`, then `ScalingLimited`. */
  readonly conditions: readonly AutoscalerCondition[]
}

/** The count that a workload gets. */
export const normalizeCount = (proposal: WantedCount): NormalCount => {
  const { spec, currentReplicas, desiredReplicas, history, downscaleStabilization, now } = proposal
  const { behavior, minReplicas, maxReplicas } = spec
  const seconds = Math.trunc(downscaleStabilization / 1000)
  const windows = {
    up: behavior?.scaleUp.window ?? 0,
    down: behavior?.scaleDown.window ?? seconds * 1000,
  }
  const { recommendations } = history
  const stable =
    behavior === undefined
      ? highestRecent(recommendations, desiredReplicas, downscaleStabilization, now)
      : withinRecent(recommendations, { count: desiredReplicas, currentReplicas }, windows, now)
  const bounds = { minReplicas, maxReplicas, currentReplicas }
  const limited =
    behavior === undefined
      ? limitByFactor(bounds, stable.count)
      : limitByPolicies(bounds, stable.count, behavior, history, now)
  const isUp = behavior !== undefined && desiredReplicas >= currentReplicas
  return {
    replicas: limited.count,
    history: { ...history, recommendations: stable.recommendations },
    conditions: [
      stable.count === desiredReplicas ? ready : isUp ? stabilizedUp : stabilizedDown,
      {
        type: 'ScalingLimited',
        status: limited.count === stable.count ? 'False' : 'True',
        reason: limited.reason,
        message: limitTexts[limited.reason],
      },
    ],
  }
}

const able = (reason: string, message: string): AutoscalerCondition => ({
  ...{ type: 'AbleToScale', status: 'True' },
  ...{ reason, message },
})

const ready = able('ReadyForNewScale', 'nothing recommended before holds the count back')
const stabilizedUp = able(
  'ScaleUpStabilized',
  'a lower count was recommended within the stabilization window',
)
const stabilizedDown = able(
  'ScaleDownStabilized',
  'a higher count was recommended within the stabilization window',
)

const limitTexts: Readonly<Record<LimitReason, string>> = {
  DesiredWithinRange: 'the count is within its limits',
  ScaleDownLimit: 'the policies allow no fewer pods yet',
  ScaleUpLimit: 'the policies allow no more pods yet',
  TooFewReplicas: 'the count would be below minReplicas',
  TooManyReplicas: 'the count would be above maxReplicas',
}
