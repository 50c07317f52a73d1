/**
 * Defines the options of the HorizontalPodAutoscaler controller, which are flags of
 * kube-controller-manager, and their defaults.
 */

/** All periods are in milliseconds. */
export interface AutoscalerOptions {
  /** `--horizontal-pod-autoscaler-sync-period`: the time between two looks at a workload. */
  readonly syncPeriod: number
  /**
   * `--horizontal-pod-autoscaler-downscale-stabilization`: how long a higher count that was once
   * recommended holds, where the behavior says nothing else.
   */
  readonly downscaleStabilization: number
  /**
   * `--horizontal-pod-autoscaler-cpu-initialization-period`: how long after its start a pod's CPU
   * counts only while it is ready.
   */
  readonly cpuInitializationPeriod: number
  /**
   * `--horizontal-pod-autoscaler-initial-readiness-delay`: a pod that is not ready, and became so
   * within this time after its start, was never ready.
   */
  readonly initialReadinessDelay: number
  /** `--horizontal-pod-autoscaler-tolerance`: a ratio. */
  readonly tolerance: number
}

/** The defaults of kube-controller-manager 1.37. */
export const defaultAutoscalerOptions: AutoscalerOptions = {
  syncPeriod: 15_000,
  downscaleStabilization: 300_000,
  cpuInitializationPeriod: 300_000,
  initialReadinessDelay: 30_000,
  tolerance: 0.1,
}
