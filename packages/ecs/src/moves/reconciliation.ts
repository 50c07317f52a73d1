/**
 * Defines the types for the reconciliation of one ECS service: what it reads (the cluster, the
 * time, the state of other services), and its result (the service's new record, the commands to the
 * kernel, and when to reconcile again).
 */
import type { Instant, Intent, View } from '@stowage/kernel'
import type { EcsMemory, ServiceRecord } from '../memory/memory.js'

/** What a pass decides about one service. */
export interface Reconciliation {
  /** `undefined` for a deleted service whose last task is gone. */
  readonly record: ServiceRecord | undefined
  readonly intents: readonly Intent[]
  /** When it has to be looked at again. */
  readonly dues: readonly Instant[]
}

/** What is read of a pass. */
export interface ReconcileView {
  readonly cluster: View
  readonly now: Instant
}

/** What is read of the memory of other services. */
export type ServiceSurroundings = Pick<
  EcsMemory,
  'draining' | 'alarms' | 'owners' | 'daemons' | 'capacity'
>
