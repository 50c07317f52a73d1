/**
 * Maps each kind of recorded case of the Horizontal Pod Autoscaler to the function that computes
 * our output. A case evaluates one metric, limits a wanted replica count, or performs a whole
 * reconciliation.
 */
import { metricOutput, normalizeOutput, reconcileOutput } from '../autoscale/answer.js'
import { MetricInput, NormalizeInput, ReconcileInput } from '../autoscale/vector.js'
import { caseRule, type CaseRules } from './rule.js'

const metricKinds = [
  'resourceUtilization',
  'resourceAverageValue',
  'podsMetric',
  'objectValue',
  'objectAverageValue',
  'externalValue',
  'externalAverageValue',
] as const

/** The rules of a Horizontal Pod Autoscaler, by the kind of a case. */
export const autoscalerCases: CaseRules = {
  ...Object.fromEntries(
    metricKinds.map((kind) => [kind, caseRule(MetricInput, (input) => metricOutput(kind, input))]),
  ),
  normalizeDefault: caseRule(NormalizeInput, normalizeOutput),
  normalizeBehavior: caseRule(NormalizeInput, normalizeOutput),
  reconcile: caseRule(ReconcileInput, reconcileOutput),
}
