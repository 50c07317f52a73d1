/**
 * Defines an Auto Scaling group as a pool of instances: its minimum and maximum size, and a sample
 * container instance of each instance type in each availability zone. A capacity provider with
 * managed scaling decides how many instances the group has.
 */
import type { FleetPool } from '@stowage/kernel'
import type { ContainerInstance } from '../words/container-instance.js'

/** A group, with names as DescribeAutoScalingGroups prints them. */
export interface AutoScalingGroup {
  readonly AutoScalingGroupName: string
  readonly MinSize: number
  readonly MaxSize: number
  /** In the order in which types are tried; a zone is in the attribute of its name. */
  readonly offerings: readonly ContainerInstance[]
}

/** A hundred years: an instance that was bought is waited for. */
export const hundredYears = 100 * 365 * 24 * 3_600_000

/** The pool of a group, of the same name. Without a provider that scales it, it stays as it is. */
export const autoScalingGroupPool = (group: AutoScalingGroup): FleetPool => ({
  ...{ _tag: 'Fleet', name: group.AutoScalingGroupName, isManaged: true },
  ...{ min: group.MinSize, max: group.MaxSize, warmUp: hundredYears, idleFor: hundredYears },
  offerings: group.offerings,
})
