/**
 * Defines the pool of instances that a Managed Instances capacity provider may launch: a sample
 * container instance of each instance type in each availability zone. AWS chooses the types by
 * requirements such as vCPU; here the caller lists the types that meet them.
 */
import type { FleetPool } from '@stowage/kernel'
import { hundredYears } from './auto-scaling-group.js'
import type { ContainerInstance } from '../words/container-instance.js'

/** The instances of a provider. */
export interface ManagedInstances {
  /** The name of the capacity provider, which is that of the pool. */
  readonly name: string
  /** A sample of each type in each zone, in the order in which types are tried. */
  readonly offerings: readonly ContainerInstance[]
}

/** As many as a cluster may have. */
const launchedMax = 5000

/** The pool of a provider of Managed Instances, of the same name. */
export const managedInstancesPool = ({ name, offerings }: ManagedInstances): FleetPool => ({
  ...{ _tag: 'Fleet', name, isManaged: true, offerings },
  ...{ min: 0, max: launchedMax, warmUp: hundredYears, idleFor: hundredYears },
})
