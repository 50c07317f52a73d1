/**
 * Validates the steps of a step scaling policy, finds the step for a metric value, and computes the
 * count after that step. The bounds of a step are differences to the alarm threshold. A step above
 * the threshold includes its lower bound; a step below the threshold includes its upper bound.
 *
 * Source: Application Auto Scaling API Reference, StepAdjustment; User Guide, "How step scaling
 * works" (rounding of percentages).
 */
import type { Complaint } from '../words/complaint.js'
import type { StepAdjustment, StepScalingConfiguration } from './policy.js'

/** Complaints about the steps: no gap, no overlap, no end that is missing. */
export const checkSteps = (steps: readonly StepAdjustment[]): readonly Complaint[] => {
  const at = ['StepAdjustments']
  if (steps.length === 0) return [{ at, expected: 'at least one step' }]
  const ranges = steps
    .map((step, i) => ({ i, low: lowOf(step), high: highOf(step) }))
    .sort((a, b) => a.low - b.low || a.high - b.high)
  const empty = ranges.filter(
    ({ low, high }) => low >= high || (low === -Infinity && high === Infinity),
  )
  if (empty.length > 0)
    return empty.map(({ i }) => ({
      at: [...at, i],
      expected: 'one bound at least, and the lower one below the upper one',
    }))
  const joints = ranges.slice(1).flatMap(({ i, low }, before) => {
    const { high } = ranges[before]!
    if (low === high) return []
    const what = low > high ? 'gap' : 'overlap'
    return [{ at: [...at, i], expected: `no ${what}: the step before ends at ${endText(high)}` }]
  })
  const [first, last] = [ranges[0]!, ranges[ranges.length - 1]!]
  return [
    ...joints,
    ...(first.low < 0 && first.low !== -Infinity
      ? [
          {
            at: [...at, first.i, 'MetricIntervalLowerBound'],
            expected: 'a step without a lower bound below',
          },
        ]
      : []),
    ...(last.high > 0 && last.high !== Infinity
      ? [
          {
            at: [...at, last.i, 'MetricIntervalUpperBound'],
            expected: 'a step without an upper bound above',
          },
        ]
      : []),
  ]
}

const lowOf = ({ MetricIntervalLowerBound: low }: StepAdjustment): number => low ?? -Infinity
const highOf = ({ MetricIntervalUpperBound: high }: StepAdjustment): number => high ?? Infinity
const endText = (end: number): string => (end === Infinity ? 'no bound' : String(end))

/** The step that a metric so far from the threshold meets. */
export const metStep = (
  steps: readonly StepAdjustment[],
  difference: number,
): StepAdjustment | undefined =>
  steps.find((step) => {
    const [low, high] = [lowOf(step), highOf(step)]
    // A range that ends at or below the threshold is one below it.
    return high <= 0
      ? low < difference && difference <= high
      : low <= difference && difference < high
  })

/** The count that a step wants, from a count. */
export const adjustedCount = (
  {
    AdjustmentType,
    MinAdjustmentMagnitude,
  }: Pick<StepScalingConfiguration, 'AdjustmentType' | 'MinAdjustmentMagnitude'>,
  adjustment: number,
  count: number,
): number => {
  if (AdjustmentType === 'ExactCapacity') return adjustment
  if (AdjustmentType === 'ChangeInCapacity') return Math.max(0, count + adjustment)
  const share = (count * adjustment) / 100
  const whole = Math.abs(share) < 1 ? Math.sign(share) : Math.trunc(share)
  const size = Math.max(Math.abs(whole), MinAdjustmentMagnitude ?? 0)
  return Math.max(0, count + Math.sign(adjustment) * size)
}
