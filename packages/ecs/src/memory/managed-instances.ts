/**
 * Defines the instances that a capacity provider of Managed Instances may launch, as a pool: AWS
 * chooses them by requirements, so that the caller says which types meet these, and where.
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
