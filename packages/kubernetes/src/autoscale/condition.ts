/**
 * Sets conditions, such as `AbleToScale`, in the status of a HorizontalPodAutoscaler. The
 * conditions stay in the order in which they were first set.
 */

/** One condition. */
export interface AutoscalerCondition {
  readonly type: 'AbleToScale' | 'ScaledToZero' | 'ScalingActive' | 'ScalingLimited'
  readonly status: string
  readonly reason: string
  readonly message: string
}

/** The conditions with one in the place of that of its type. */
export const withCondition = (
  conditions: readonly AutoscalerCondition[],
  condition: AutoscalerCondition,
): readonly AutoscalerCondition[] => {
  const isSame = ({ type }: AutoscalerCondition): boolean => type === condition.type
  return conditions.some(isSame)
    ? conditions.map((one) => (isSame(one) ? condition : one))
    : [...conditions, condition]
}

/** Whether the autoscaler itself has brought its workload to zero pods. */
export const isScaledToZero = (conditions: readonly AutoscalerCondition[]): boolean =>
  conditions.find(({ type }) => type === 'ScaledToZero')?.status === 'True'
