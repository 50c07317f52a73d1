/**
 * Defines the types and codecs of the inputs of recorded cases of the Horizontal Pod Autoscaler.
 * Ages are in seconds before the evaluation, amounts in thousandths.
 */
import {
  dictionary,
  flag,
  listOrEmpty,
  oneOf,
  optional,
  record,
  text,
  whole,
  codecOf,
  type Codec,
} from '@stowage/documents'

const seconds = whole('whole seconds', 0)
const replicas = whole('a whole number of 32 bits', 0)
const milli = whole(
  'a whole number of thousandths below 2^53',
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
)
const ratio: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' ? value : undefined,
)
const unknownValue = codecOf<unknown>('anything', (value) => value ?? null)

/** A count, or a change of it, some time ago. */
export interface AgedCount {
  readonly value: number
  readonly agoSeconds: number
}
const AgedCount: Codec<AgedCount> = record<AgedCount>('an object', {
  value: replicas,
  agoSeconds: seconds,
})

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const

/** A pod; what is not there is `null`. */
export interface VectorPod {
  readonly name: string
  readonly phase: (typeof phases)[number]
  readonly deleting: boolean | undefined
  readonly startedAgoSeconds: number | undefined
  readonly ready: string | undefined
  readonly readyTransitionAgoSeconds: number
  readonly containers: readonly {
    readonly name: string
    readonly init: boolean | undefined
    readonly restartAlways: boolean | undefined
    readonly requestsMilli: ReadonlyMap<string, number>
  }[]
  readonly podRequestsMilli: ReadonlyMap<string, number>
}
const VectorPod: Codec<VectorPod> = record<VectorPod>('an object', {
  name: text,
  phase: oneOf(phases),
  deleting: optional(flag),
  startedAgoSeconds: optional(seconds),
  ready: optional(text),
  readyTransitionAgoSeconds: seconds,
  containers: listOrEmpty(
    record('an object', {
      name: text,
      init: optional(flag),
      restartAlways: optional(flag),
      requestsMilli: dictionary(milli),
    }),
  ),
  podRequestsMilli: dictionary(milli),
})

interface VectorSample {
  readonly valueMilli: number
  readonly agoSeconds: number
  readonly windowSeconds: number
}

interface MeasuredFields {
  readonly podMetrics: ReadonlyMap<string, VectorSample>
  readonly metricValuesMilli: readonly number[]
  readonly metricsError: string | undefined
}
const measurementFields = {
  podMetrics: dictionary(
    record<VectorSample>('an object', {
      valueMilli: milli,
      agoSeconds: seconds,
      windowSeconds: seconds,
    }),
  ),
  metricValuesMilli: listOrEmpty(milli),
  metricsError: optional(text),
}

/** The input of the seven kinds that evaluate one metric. */
export interface MetricInput extends MeasuredFields {
  readonly currentReplicas: number
  readonly targetUtilizationPercent: number | undefined
  readonly targetMilli: number | undefined
  readonly resource: string | undefined
  readonly container: string | undefined
  readonly tolerance: { readonly scaleDown: number; readonly scaleUp: number }
  readonly cpuInitializationPeriodSeconds: number
  readonly initialReadinessDelaySeconds: number
  readonly pods: readonly VectorPod[]
}
export const MetricInput: Codec<MetricInput> = record<MetricInput>('an object', {
  ...measurementFields,
  currentReplicas: replicas,
  targetUtilizationPercent: optional(whole('percent', 1)),
  targetMilli: optional(milli),
  resource: optional(text),
  container: optional(text),
  tolerance: record('an object', { scaleDown: ratio, scaleUp: ratio }),
  cpuInitializationPeriodSeconds: seconds,
  initialReadinessDelaySeconds: seconds,
  pods: listOrEmpty(VectorPod),
})

/** What an autoscaler remembers. */
export interface VectorHistory {
  readonly recommendations: readonly AgedCount[]
  readonly scaleUpEvents: readonly AgedCount[]
  readonly scaleDownEvents: readonly AgedCount[]
}
const VectorHistory: Codec<VectorHistory> = record<VectorHistory>('an object', {
  recommendations: listOrEmpty(AgedCount),
  scaleUpEvents: listOrEmpty(AgedCount),
  scaleDownEvents: listOrEmpty(AgedCount),
})

/** The input of the two kinds that stabilize and limit a count. */
export interface NormalizeInput {
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly currentReplicas: number
  readonly desiredByMetrics: number
  readonly controllerDownscaleStabilizationSeconds: number
  readonly behavior: unknown
  readonly history: VectorHistory
}
export const NormalizeInput: Codec<NormalizeInput> = record<NormalizeInput>('an object', {
  minReplicas: replicas,
  maxReplicas: replicas,
  currentReplicas: replicas,
  desiredByMetrics: replicas,
  controllerDownscaleStabilizationSeconds: seconds,
  behavior: unknownValue,
  history: VectorHistory,
})

/** A metric of the kind `reconcile`; the target is in percent or in thousandths. */
export interface VectorMetric extends MeasuredFields {
  readonly type: string
  readonly name: string
  readonly container: string | undefined
  readonly targetType: string
  readonly target: number
}
const VectorMetric: Codec<VectorMetric> = record<VectorMetric>('an object', {
  ...measurementFields,
  type: oneOf(['Resource', 'ContainerResource', 'Pods', 'Object', 'External']),
  name: text,
  container: optional(text),
  targetType: oneOf(['Utilization', 'Value', 'AverageValue']),
  target: milli,
})

/** The input of the kind `reconcile`. */
export interface ReconcileInput {
  readonly minReplicas: number | undefined
  readonly maxReplicas: number
  readonly scaleSpecReplicas: number
  readonly scaleStatusReplicas: number
  readonly statusConditionScaledToZero: string | undefined
  readonly metrics: readonly VectorMetric[]
  readonly behavior: unknown
  readonly pods: readonly VectorPod[]
  readonly history: VectorHistory
  readonly cpuInitializationPeriodSeconds: number
  readonly initialReadinessDelaySeconds: number
  readonly controllerDownscaleStabilizationSeconds: number
  readonly controllerTolerance: number
}
export const ReconcileInput: Codec<ReconcileInput> = record<ReconcileInput>('an object', {
  minReplicas: optional(replicas),
  maxReplicas: replicas,
  scaleSpecReplicas: replicas,
  scaleStatusReplicas: replicas,
  statusConditionScaledToZero: optional(text),
  metrics: listOrEmpty(VectorMetric),
  behavior: unknownValue,
  pods: listOrEmpty(VectorPod),
  history: VectorHistory,
  cpuInitializationPeriodSeconds: seconds,
  initialReadinessDelaySeconds: seconds,
  controllerDownscaleStabilizationSeconds: seconds,
  controllerTolerance: ratio,
})
