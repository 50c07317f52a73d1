/** The options of plans on instances. */
import type { FargateOptions } from '@stowage/fargate'
import type { TaskInterfaces } from '../lower/interface.js'
import type { PlacementOptions } from '../lower/options.js'
import type { ContainerInstance } from '../words/container-instance.js'

/** Expressions are read with the input, by the defaults of their language. */
export interface InstanceOptions extends Partial<Omit<PlacementOptions, 'query'>> {
  /** Besides those of the input. */
  readonly instances: readonly ContainerInstance[]
  /** Decides where the strategy is random. */
  readonly seed: number
  /** For types that the table of Amazon ECS does not list, or that are to have another number. */
  readonly taskInterfaces?: TaskInterfaces
  /** What is said of an instance that distinctInstance rules out. */
  readonly distinctInstanceReason?: string
  /** Quotas, capacity and subnets of Fargate, where they are not those of `planFargateOptions`. */
  readonly fargate?: Partial<FargateOptions>
}
