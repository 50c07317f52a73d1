/**
 * Fills in the defaults of a HorizontalPodAutoscaler as the API server does, and converts its
 * seconds and quantities to numbers.
 *
 * Source: Kubernetes API reference, HorizontalPodAutoscalerSpec, HPAScalingRules.
 */
import {
  cpuUtilization,
  type HorizontalPodAutoscaler,
  type HPAScalingPolicy,
  type HPAScalingRules,
  type MetricSpec,
} from '../words/workload.js'
import type { Quantity } from '../words/quantity.js'

/** How to scale in one direction. */
export interface ScalingRules {
  /** In milliseconds; `undefined` means that of the controller. */
  readonly window: number | undefined
  readonly select: 'Max' | 'Min' | 'Disabled'
  readonly policies: readonly HPAScalingPolicy[]
  /** A ratio; `undefined` means that of the controller. */
  readonly tolerance: number | undefined
}

/** How to scale in both directions. */
export interface ScalingBehavior {
  readonly scaleUp: ScalingRules
  readonly scaleDown: ScalingRules
}

/** What an autoscaler does. */
export interface AutoscalerSpec {
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly metrics: readonly MetricSpec[]
  readonly behavior: ScalingBehavior | undefined
}

/**
 * The spec of an autoscaler with its defaults. Without metrics the target is 80 % of the CPU;
 * without minReplicas there is at least one pod; a behavior for one direction gets the default
 * rules for the other.
 */
export const autoscalerSpec = ({ spec }: HorizontalPodAutoscaler): AutoscalerSpec => ({
  minReplicas: spec.minReplicas ?? 1,
  maxReplicas: spec.maxReplicas,
  metrics: spec.metrics.length > 0 ? spec.metrics : [cpuUtilization(utilizationDefault)],
  behavior:
    spec.behavior === undefined
      ? undefined
      : {
          scaleUp: filledRules(spec.behavior.scaleUp, scaleUpDefaults),
          scaleDown: filledRules(spec.behavior.scaleDown, scaleDownDefaults),
        },
})

const utilizationDefault = 80

const scaleUpDefaults: ScalingRules = {
  ...{ window: 0, select: 'Max', tolerance: undefined },
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}

const scaleDownDefaults: ScalingRules = {
  ...{ window: undefined, select: 'Max', tolerance: undefined },
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
}

const filledRules = (rules: HPAScalingRules | undefined, defaults: ScalingRules): ScalingRules => ({
  window:
    rules?.stabilizationWindowSeconds === undefined
      ? defaults.window
      : rules.stabilizationWindowSeconds * 1000,
  select: rules?.selectPolicy ?? defaults.select,
  policies: rules === undefined || rules.policies.length === 0 ? defaults.policies : rules.policies,
  tolerance: rules?.tolerance === undefined ? undefined : ratioOf(rules.tolerance),
})

/**
 * A quantity as a floating-point number, to the last bit as upstream reads the text that the API
 * server stores: a whole number of the largest unit that is fine enough, times that unit.
 */
const ratioOf = (quantity: Quantity): number => {
  const [size, factor] = ratioUnits.find(([one]) => quantity % one === 0n)!
  return Number(quantity / size) * factor
}

const ratioUnits = [
  [1_000_000_000n, 1],
  [1_000_000n, 1e-3],
  [1_000n, 1e-6],
  [1n, 1e-9],
] as const
