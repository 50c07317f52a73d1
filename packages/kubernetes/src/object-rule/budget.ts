/**
 * Validates the spec of a PodDisruptionBudget as the API server does.
 *
 * Source: Kubernetes API reference, PodDisruptionBudgetSpec.
 */
import type { IntOrPercent, WireSelector } from '../wire/objects.js'
import { unless, unlessOneOf, type Cause } from '../validation/cause.js'
import { unlessAtMostAll, unlessIntOrPercent } from './rollout.js'
import { wrongSelector } from '../validation/selector.js'

interface BudgetSpec {
  readonly minAvailable?: IntOrPercent
  readonly maxUnavailable?: IntOrPercent
  readonly selector?: WireSelector
  readonly unhealthyPodEvictionPolicy?: string
}

/** Errors in the spec of a budget. */
export const wrongBudget = (spec: BudgetSpec): readonly Cause[] => [
  ...unless(
    spec.minAvailable === undefined || spec.maxUnavailable === undefined,
    ['spec'],
    'minAvailable and maxUnavailable',
    'one of the two',
  ),
  ...(['minAvailable', 'maxUnavailable'] as const).flatMap((field) => [
    ...unlessIntOrPercent(spec[field], ['spec', field]),
    ...unlessAtMostAll(spec[field], ['spec', field]),
  ]),
  ...wrongSelector(spec.selector, ['spec', 'selector']),
  ...unlessOneOf(['AlwaysAllow', 'IfHealthyBudget'], spec.unhealthyPodEvictionPolicy, [
    'spec',
    'unhealthyPodEvictionPolicy',
  ]),
]
