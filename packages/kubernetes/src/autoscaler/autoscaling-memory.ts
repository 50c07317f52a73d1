/**
 * Defines the state of the controller that runs Kubernetes workloads together with their
 * HorizontalPodAutoscalers. It extends the state of the workload controllers by one record per
 * autoscaler: its spec, its status, the last reported metrics and the time of its next sync.
 */
import { byCodeUnit, type Instant } from '@stowage/kernel'
import type { AutoscalerSpec } from '../autoscale/autoscaler.js'
import type { AutoscalerStatus } from '../autoscale/reconcile.js'
import type { KubernetesMemory } from '../memory/memory.js'

/** What was reported of a metric. */
export type ReportedMetric =
  | { readonly error: string }
  /** Of each pod, in thousandths. */
  | { readonly pods: ReadonlyMap<string, number>; readonly at: Instant; readonly window: number }
  | { readonly values: readonly number[] }

/** An autoscaler. All values are plain data; amounts are numbers of thousandths. */
export interface AutoscalerRecord {
  /** Namespace and name. */
  readonly name: string
  /** The title of the workload that it scales: `Deployment shop/web`. */
  readonly target: string
  readonly spec: AutoscalerSpec
  readonly status: AutoscalerStatus
  /** By the position of the metric in the spec; a metric without a report fails. */
  readonly measured: readonly (ReportedMetric | undefined)[]
  /** Whether it has looked at its pods, so that others of the same pods see it. */
  readonly isRegistered: boolean
  readonly nextLook: Instant
  /** The last change of the count, or what the last look failed of. */
  readonly note: string
}

/** The memory of the controllers of workloads and of autoscalers. */
export interface AutoscalingMemory extends KubernetesMemory {
  readonly autoscalers: ReadonlyMap<string, AutoscalerRecord>
}

/** The autoscalers in the order of their names. */
export const autoscalersIn = ({
  autoscalers,
}: Pick<AutoscalingMemory, 'autoscalers'>): readonly AutoscalerRecord[] =>
  [...autoscalers.values()].sort((a, b) => byCodeUnit(a.name, b.name))
