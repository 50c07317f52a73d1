/**
 * Defines the immutable state of the Fargate model (`VendingMachine`), which creates a node for
 * each task. The state has the options, one token bucket per kind of capacity (regular and Spot),
 * the running nodes, and counters for the quota and for the choice of a subnet.
 */
import type { Instant } from '@stowage/kernel'
import type { FargateOptions } from '../launch/options.js'
import type { LaunchRefusal } from '../launch/refusal.js'
import type { Platform } from '../platform/platform.js'
import type { FargateCapacity } from '../platform/spot.js'
import type { Bucket } from '../quota/bucket.js'
import type { TaskSize } from '../size/size.js'
import type { GiB } from '../size/unit.js'

/** A node that was vended. It runs one task, and has the task's name and size. */
export interface FargateNode {
  readonly task: string
  readonly capacity: FargateCapacity
  readonly size: TaskSize
  readonly platform: Platform
  readonly ephemeralStorage: GiB
  readonly subnet: string
  /** How many nodes this subnet had been given before; unique within the subnet. */
  readonly serial: number
  /** When it was vended. */
  readonly at: Instant
}

/** The answer to one launch request. */
export type LaunchResult =
  | { readonly _tag: 'Vended'; readonly node: FargateNode }
  | { readonly _tag: 'Refused'; readonly refusals: readonly LaunchRefusal[] }
  /** No token is left. The next one comes at `until`, which may be Infinity. */
  | { readonly _tag: 'Throttled'; readonly until: Instant }
  /** `running` vCPUs run, and no more than `max` may run. */
  | {
      readonly _tag: 'OverQuota'
      readonly capacity: FargateCapacity
      readonly running: number
      readonly max: number
    }
  /** AWS has no capacity left. */
  | { readonly _tag: 'NoCapacity'; readonly capacity: FargateCapacity }

/** A vending machine. It is never mutated: each operation returns the next one. */
export interface VendingMachine {
  readonly options: FargateOptions
  readonly buckets: Readonly<Record<FargateCapacity, Bucket>>
  /** By task, in the order in which they were vended. */
  readonly nodes: ReadonlyMap<string, FargateNode>
  /** Number of running nodes by capacity and subnet. */
  readonly running: ReadonlyMap<string, number>
  /** CPU units of running nodes by capacity. */
  readonly cpu: Readonly<Record<FargateCapacity, number>>
  /** Number of nodes ever vended, by subnet. */
  readonly serials: ReadonlyMap<string, number>
  /** Number of nodes ever vended, by capacity and requested list of subnets. */
  readonly turns: ReadonlyMap<string, number>
}
