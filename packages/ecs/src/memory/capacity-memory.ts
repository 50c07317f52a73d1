/**
 * Defines the part of the controller's state about capacity providers and their Auto Scaling
 * groups.
 */
import type { ClassId, Instant, MapChange, NodeId, Vector } from '@stowage/kernel'
import { withChanges } from '@stowage/kernel'
import type { CapacityAlarms, CapacityHold } from '../supply/capacity-minute.js'
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import type { AutoScalingGroupProvider } from '../provider/capacity-provider.js'
import type { ManagedInstancesProvider } from '../provider/managed-instances.js'

/** An instance of a group that joined. */
export interface GroupNode {
  readonly name: string
  /** The name of the group, which is that of the pool. */
  readonly group: string
  /** Its availability zone; empty when it has none. */
  readonly zone: string
}

/** An instance that a group can buy. */
export interface OfferedType {
  readonly instanceType: string
  readonly zone: string
  readonly capacity: Vector
}

/** Waiting tasks with the same requirements, and the instances that they need. */
export interface WaitingGroup {
  readonly tasks: number
  /** The type on which most of them fit, with the instances needed; absent when none holds one. */
  readonly fit?: { readonly instanceType: string; readonly instances: number }
}

/** One minute of managed scaling, in which something was decided or held. */
export interface CapacityDecision {
  readonly at: Instant
  /** M. */
  readonly needed: number
  /** N. */
  readonly running: number
  /** CapacityProviderReservation, in percent. */
  readonly reservation: number
  readonly groups: readonly WaitingGroup[]
  /** The position of the group of tasks that decided; absent when none did. */
  readonly group?: number
  /** Instances that are bought, or below 0 that should go. */
  readonly change: number
  /** Names of the instances that go. */
  readonly leaving: readonly string[]
  readonly holds: readonly (
    | CapacityHold
    | 'managedTerminationProtection'
    | 'provisioningTasksMax'
  )[]
}

/** A capacity provider over an Auto Scaling group. */
export interface ProviderRecord {
  readonly name: string
  /** With the defaults of the API. */
  readonly provider: AutoScalingGroupProvider
  readonly group: string
  readonly min: number
  readonly max: number
  readonly types: readonly OfferedType[]
  readonly alarms: CapacityAlarms
  /** The instances that are told to go, as a set. */
  readonly leaving: ReadonlyMap<NodeId, true>
  /** The last ones, the oldest first. */
  readonly decisions: readonly CapacityDecision[]
  /** How many decisions there have been. */
  readonly decisionCount: number
}

/** A capacity provider of Managed Instances. */
export interface ManagedRecord {
  readonly name: string
  readonly provider: ManagedInstancesProvider
  readonly types: readonly OfferedType[]
  /** The instances without tasks, those of daemons aside, each with the instant since when. */
  readonly idle: ReadonlyMap<NodeId, Instant>
  /** Of the tasks that wait, by class, how many have instances that are coming. */
  readonly served: ReadonlyMap<ClassId, number>
  /** What was decided, the last ones, the oldest first. */
  readonly messages: readonly string[]
  readonly messageCount: number
}

/** The capacity providers of the cluster, as DescribeClusters prints them. */
export interface ClusterProviders {
  readonly capacityProviders: readonly string[]
  /** What a service uses that names neither a launch type nor a strategy. */
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[]
}

/** What is remembered of all providers. */
export interface CapacityMemory {
  readonly providers: ReadonlyMap<string, ProviderRecord>
  /** Those of Managed Instances. */
  readonly managed: ReadonlyMap<string, ManagedRecord>
  readonly nodes: ReadonlyMap<NodeId, GroupNode>
  /** Absent until they are put: then any provider may be used. */
  readonly cluster?: ClusterProviders
  /** When managed scaling looks again; absent while nothing can change by time alone. */
  readonly nextMinute?: Instant
}

/** No provider is known. */
export const emptyCapacity: CapacityMemory = {
  ...{ providers: new Map(), managed: new Map(), nodes: new Map() },
}

/** The number of decisions of a provider that are remembered. */
const decisionsMax = 100

/** The record with one more decision. */
export const withDecision = (
  record: ProviderRecord,
  decision: CapacityDecision,
): ProviderRecord => ({
  ...record,
  decisions: [...record.decisions.slice(1 - decisionsMax), decision],
  decisionCount: record.decisionCount + 1,
})

/** The record with one more message. */
export const withManagedMessage = (record: ManagedRecord, message: string): ManagedRecord => ({
  ...record,
  messages: [...record.messages.slice(1 - decisionsMax), message],
  messageCount: record.messageCount + 1,
})

/** The memory with other providers of Managed Instances; `undefined` is one that is deleted. */
export const withManaged = (
  capacity: CapacityMemory,
  changes: readonly MapChange<string, ManagedRecord>[],
): CapacityMemory => ({ ...capacity, managed: withChanges(capacity.managed, changes) })

/** The memory with other records; `undefined` is a provider that is deleted. */
export const withProviders = (
  capacity: CapacityMemory,
  changes: readonly MapChange<string, ProviderRecord>[],
): CapacityMemory => ({ ...capacity, providers: withChanges(capacity.providers, changes) })

/** The pool of a capacity provider: its Auto Scaling group, or what has its name. */
export const poolOfProvider = ({ providers }: CapacityMemory, name: string): string =>
  providers.get(name)?.group ?? name
