/**
 * Computes our output for a recorded case of the Horizontal Pod Autoscaler: the count that one
 * metric proposes, the count after limits and stabilization, or the result of a whole reconcile.
 */
import {
  normalizeCount,
  proposeCount,
  reconcileAutoscaler,
  type AutoscalerView,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { historyIn, measuredIn, present, scaledPods, specIn, vectorHistory } from './scene.js'
import type { MetricInput, NormalizeInput, ReconcileInput, VectorMetric } from './vector.js'

/** What one metric proposes. */
export const metricOutput = (kind: string, input: MetricInput): unknown => {
  const metric = metricOf(kind, input)
  const spec = specIn({ minReplicas: 1, maxReplicas: 1, metrics: [metric], behavior: undefined })
  const proposed = proposeCount(
    {
      namespace: 'ns',
      currentReplicas: input.currentReplicas,
      statusReplicas: input.currentReplicas,
      pods: scaledPods(input.pods),
      tolerances: input.tolerance,
      timing: {
        cpuInitializationPeriod: input.cpuInitializationPeriodSeconds * 1000,
        initialReadinessDelay: input.initialReadinessDelaySeconds * 1000,
      },
      now: present,
    },
    spec.metrics[0]!,
    measuredIn(input, metric.type),
  )
  const isUtilization = kind === 'resourceUtilization'
  if (E.isLeft(proposed))
    return {
      replicas: 0,
      ...(isUtilization
        ? { utilizationPercent: 0, rawAverageMilli: 0 }
        : { usageMilli: Number(proposed.left.usage ?? 0) }),
      error: innerError(proposed.left.message),
    }
  const { replicas, usage, utilization } = proposed.right
  const isShare = kind === 'objectAverageValue' || kind === 'externalAverageValue'
  return {
    replicas,
    ...(isUtilization
      ? { utilizationPercent: utilization, rawAverageMilli: Number(usage) }
      : { usageMilli: Number(usage) }),
    ...(isShare && input.currentReplicas === 0 ? { usageIsPlatformDefined: true } : {}),
  }
}

const metricOf = (kind: string, input: MetricInput): VectorMetric => {
  const { resource = '', container, targetUtilizationPercent, targetMilli = 0 } = input
  if (kind.startsWith('resource'))
    return {
      ...input,
      type: container === undefined ? 'Resource' : 'ContainerResource',
      ...{ name: resource, container },
      targetType: targetUtilizationPercent === undefined ? 'AverageValue' : 'Utilization',
      target: targetUtilizationPercent ?? targetMilli,
    }
  const type = kind.startsWith('pods') ? 'Pods' : kind.startsWith('object') ? 'Object' : 'External'
  const isShare = kind.endsWith('AverageValue') || type === 'Pods'
  return {
    ...input,
    ...{ type, name: 'm', targetType: isShare ? 'AverageValue' : 'Value' },
    target: targetMilli,
  }
}

/** The error of the calculation itself, without what the controller puts before it. */
const innerError = (message: string): string =>
  message
    .replace(/^failed to get \S+ (resource |container |object |external )?metric value: /, '')
    .replace(/^failed to get \S+ (utilization|usage|object metric|external metric): /, '')
    .replace(/^failed to get external metric \S+: /, '')
    .replace('on Ingress ns/i:', 'on Ingress ns/obj:')

/** What becomes of a count that the metrics want. */
export const normalizeOutput = (input: NormalizeInput): unknown => {
  const { minReplicas, maxReplicas, behavior } = input
  const { replicas, conditions, history } = normalizeCount({
    spec: specIn({ minReplicas, maxReplicas, metrics: [], behavior }),
    currentReplicas: input.currentReplicas,
    desiredReplicas: input.desiredByMetrics,
    history: historyIn(input.history),
    downscaleStabilization: input.controllerDownscaleStabilizationSeconds * 1000,
    now: present,
  })
  return {
    replicas,
    conditions: vectorConditions(conditions),
    historyAfter: vectorHistory(history),
  }
}

type Conditions = AutoscalerView['status']['conditions']

const vectorConditions = (conditions: Conditions) =>
  conditions.map(({ type, status, reason }) => ({ type, status, reason }))

/** What one look leads to. */
export const reconcileOutput = (input: ReconcileInput): unknown => {
  const { scale, status, error } = reconcileAutoscaler({
    spec: specIn(input),
    status: {
      desiredReplicas: 0,
      conditions:
        input.statusConditionScaledToZero === undefined
          ? []
          : [
              {
                ...{ type: 'ScaledToZero', status: input.statusConditionScaledToZero },
                ...{ reason: '', message: '' },
              },
            ],
      history: historyIn(input.history),
    },
    options: {
      syncPeriod: 15_000,
      downscaleStabilization: input.controllerDownscaleStabilizationSeconds * 1000,
      cpuInitializationPeriod: input.cpuInitializationPeriodSeconds * 1000,
      initialReadinessDelay: input.initialReadinessDelaySeconds * 1000,
      tolerance: input.controllerTolerance,
    },
    reference: 'Deployment/ns/d',
    namespace: 'ns',
    specReplicas: input.scaleSpecReplicas,
    statusReplicas: input.scaleStatusReplicas,
    pods: scaledPods(input.pods),
    measuredBy: (i) => measuredIn(input.metrics[i]!, input.metrics[i]!.type),
    now: present,
  })
  return {
    scaleWrite: scale ?? null,
    statusDesiredReplicas: status.desiredReplicas,
    conditions: vectorConditions(status.conditions),
    ...(error === undefined ? {} : { error }),
    historyAfter: vectorHistory(status.history),
  }
}
