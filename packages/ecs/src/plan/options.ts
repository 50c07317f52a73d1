/**
 * Defines the type of the options of a plan on container instances: additional instances, the seed
 * of random choices, the options of Fargate, and choices at points that the AWS documentation
 * leaves open.
 */
import type { FargateOptions } from '@stowage/fargate'
import type { TaskInterfaces } from '../lower/interface.js'
import type { PlacementOptions } from '../lower/options.js'
import type { ContainerInstance } from '../words/container-instance.js'

/**
 * The options of a plan on instances. `query` is missing, as expressions are parsed when documents
 * are read.
 */
export interface InstanceOptions extends Partial<Omit<PlacementOptions, 'query'>> {
  /** Instances beside those of the input. */
  readonly instances: readonly ContainerInstance[]
  /** The seed of the strategy `random`. */
  readonly seed: number
  /** By instance type: tasks in awsvpc mode per instance. It overrides the table of Amazon ECS. */
  readonly taskInterfaces?: TaskInterfaces
  /** The reason that is given when distinctInstance rules out an instance. */
  readonly distinctInstanceReason?: string
  /** Quotas, capacity and subnets of Fargate; the default is `planFargateOptions`. */
  readonly fargate?: Partial<FargateOptions>
}
