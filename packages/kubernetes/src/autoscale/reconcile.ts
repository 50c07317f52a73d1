/**
 * Runs one sync of a HorizontalPodAutoscaler, which decides the replica count of a workload:
 * 1. A workload with zero replicas is scaled only if the autoscaler itself scaled it to zero.
 * 2. A workload outside of minReplicas and maxReplicas gets the nearest bound at once, without
 *    metrics, limits or stabilization.
 * 3. Any other workload gets the count that its metrics propose, stabilized and limited. This step
 *    fails if several autoscalers have the same pods.
 *
 * Source: Kubernetes documentation, "Horizontal Pod Autoscaling"; the recorded answers of
 * Kubernetes 1.37 for the texts of errors.
 */
import { instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { AutoscalerSpec } from './autoscaler.js'
import { combineMetrics, type CombinedProposal } from './combine.js'
import { isScaledToZero, withCondition, type AutoscalerCondition } from './condition.js'
import { withScaling, type ScalingHistory } from './history.js'
import { normalizeCount } from './normalize.js'
import type { AutoscalerOptions } from './options.js'
import type { MeasurementResult, MetricFailure } from './propose.js'
import type { ScaledPod } from './sample.js'

/** What an autoscaler remembers between two looks. */
export interface AutoscalerStatus {
  readonly desiredReplicas: number
  readonly conditions: readonly AutoscalerCondition[]
  readonly history: ScalingHistory
}

/** One look of an autoscaler at its workload. */
export interface AutoscalerView {
  readonly spec: AutoscalerSpec
  readonly status: AutoscalerStatus
  readonly options: AutoscalerOptions
  /** The workload as errors name it: `Deployment/shop/web`. */
  readonly reference: string
  readonly namespace: string
  /** The count that is wanted, and the one that the status of the workload states. */
  readonly specReplicas: number
  readonly statusReplicas: number
  readonly pods: readonly ScaledPod[]
  /** What was measured of the metric with this position in the spec. */
  readonly measuredBy: (index: number) => MeasurementResult
  /** Why no metric may be looked at: other autoscalers of the same pods, or no selector. */
  readonly obstacle?: MetricFailure
  readonly now: Instant
}

/** What one look leads to. */
export interface Reconciliation {
  /** The count to be written to the workload; `undefined` when it stays. */
  readonly scale: number | undefined
  readonly status: AutoscalerStatus
  readonly error: string | undefined
  /** Why the count changes, as an event says it. */
  readonly reason: string
  /** What the metrics wanted, if they were looked at. */
  readonly combined: CombinedProposal | undefined
}

/** Looks at a workload once. */
export const reconcileAutoscaler = (view: AutoscalerView): Reconciliation => {
  const { spec, specReplicas: current, now } = view
  const status = withInitialRecommendation(view.status, current, now)
  const conditions = withCondition(view.status.conditions, {
    ...{ type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale' },
    message: 'the scale of the workload was read',
  })
  const before = { ...status, conditions }
  const wasScaledToZero = isScaledToZero(conditions)
  if (current === 0 && !(wasScaledToZero && (spec.minReplicas !== 0 || hasOuterMetric(spec))))
    return quietLook(before, current, {
      ...{ type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' },
      message: 'somebody else has scaled the workload to zero pods',
    })
  if (current > spec.maxReplicas)
    return rescale(view, before, spec.maxReplicas, {
      reason: 'Current number of replicas above Spec.MaxReplicas',
    })
  if (current !== 0 && current < spec.minReplicas)
    return rescale(view, before, spec.minReplicas, {
      reason: 'Current number of replicas below Spec.MinReplicas',
    })
  return reconcileByMetrics(view, before)
}

const hasOuterMetric = ({ metrics }: AutoscalerSpec): boolean =>
  metrics.some(({ type }) => type === 'Object' || type === 'External')

/**
 * What is there when an autoscaler first looks is its first recommendation. Upstream reads its
 * clock again afterwards: for a window of no length that recommendation is old by then.
 */
const withInitialRecommendation = (
  status: AutoscalerStatus,
  count: number,
  now: Instant,
): AutoscalerStatus =>
  status.history.recommendations.length > 0
    ? status
    : {
        ...status,
        history: { ...status.history, recommendations: [{ count, at: instant(now - 1) }] },
      }

const reconcileByMetrics = (view: AutoscalerView, before: AutoscalerStatus): Reconciliation => {
  const { spec, options, specReplicas: current, now } = view
  const scene = {
    ...view,
    currentReplicas: current,
    timing: options,
    tolerances: tolerancesOf(view),
  }
  const combined =
    view.obstacle === undefined
      ? combineMetrics(scene, spec.metrics, view.measuredBy)
      : E.left(view.obstacle)
  if (E.isLeft(combined)) return failedLook(view, before, combined.left)
  const { replicas, metric, error } = combined.right
  const active: AutoscalerCondition = {
    ...{ type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
    message: `a count was computed from ${metric}`,
  }
  const desiredReplicas = Math.max(0, replicas)
  const normal = normalizeCount({
    ...{ spec, currentReplicas: current, desiredReplicas, now },
    history: before.history,
    downscaleStabilization: options.downscaleStabilization,
  })
  const status: AutoscalerStatus = {
    ...before,
    conditions: [active, ...normal.conditions].reduce(withCondition, before.conditions),
    history: normal.history,
  }
  const isRaised = current === 0 && normal.replicas < spec.minReplicas
  const count = isRaised ? spec.minReplicas : normal.replicas
  const found = { error, combined: combined.right }
  if (count === current) return { ...quietLook(status, current), ...found }
  const reason =
    desiredReplicas > current
      ? `${metric} above target`
      : desiredReplicas < current
        ? 'All metrics below target'
        : isRaised
          ? 'Current number of replicas below Spec.MinReplicas'
          : ''
  return rescale(view, status, count, { ...found, reason })
}

const tolerancesOf = ({ spec: { behavior }, options: { tolerance } }: AutoscalerView) => ({
  scaleDown: behavior?.scaleDown.tolerance ?? tolerance,
  scaleUp: behavior?.scaleUp.tolerance ?? tolerance,
})

const failedLook = (
  { reference, status: { desiredReplicas } }: AutoscalerView,
  before: AutoscalerStatus,
  { message, reason }: MetricFailure,
): Reconciliation => ({
  ...{ scale: undefined, reason: '', combined: undefined },
  status: {
    ...{ ...before, desiredReplicas },
    conditions: withCondition(before.conditions, {
      ...{ type: 'ScalingActive', status: 'False' },
      ...{ reason, message },
    }),
  },
  error: `failed to compute desired number of replicas based on listed metrics for ${reference}: ${message}`,
})

const quietLook = (
  status: AutoscalerStatus,
  current: number,
  condition?: AutoscalerCondition,
): Reconciliation => ({
  ...{ scale: undefined, error: undefined, reason: '', combined: undefined },
  status: {
    ...{ ...status, desiredReplicas: current },
    conditions:
      condition === undefined ? status.conditions : withCondition(status.conditions, condition),
  },
})

const rescale = (
  { spec, specReplicas: current, now }: AutoscalerView,
  status: AutoscalerStatus,
  count: number,
  found: Pick<Reconciliation, 'reason'> & Partial<Pick<Reconciliation, 'error' | 'combined'>>,
): Reconciliation => {
  const isZeroed = count === 0 && spec.minReplicas === 0 && current > 0 && hasOuterMetric(spec)
  const conditions: readonly AutoscalerCondition[] = [
    {
      ...{ type: 'AbleToScale', status: 'True', reason: 'SucceededRescale' },
      message: `the workload was scaled to ${count}`,
    },
    isZeroed
      ? {
          ...{ type: 'ScaledToZero', status: 'True', reason: 'ScaledToZero' },
          message: 'the autoscaler scaled the workload to zero pods',
        }
      : {
          ...{ type: 'ScaledToZero', status: 'False', reason: 'NotScaledToZero' },
          message: 'the autoscaler did not scale the workload to zero pods',
        },
  ]
  return {
    ...{ scale: count, error: undefined, combined: undefined },
    ...found,
    status: {
      desiredReplicas: count,
      conditions: conditions.reduce(withCondition, status.conditions),
      history: withScaling(status.history, spec.behavior, current, count, now),
    },
  }
}
