/**
 * Computes two bounds for the tasks of a REPLICA service while they are replaced: the most tasks
 * that may run or start (`maximumPercent` of the desired count, rounded down), and the fewest that
 * must stay healthy (`minimumHealthyPercent`, rounded up).
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration (defaults: 200 and 100).
 */
import type { Service } from '../words/service.js'

/** The bounds as percentages and as numbers of tasks. */
export interface TaskBounds {
  readonly minimumHealthyPercent: number
  readonly maximumPercent: number
  readonly tasksMin: number
  readonly tasksMax: number
}

/** The bounds of a service of `count` tasks. */
export const taskBounds = (
  { deploymentConfiguration = {} }: Pick<Service, 'deploymentConfiguration'>,
  count: number,
): TaskBounds => {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = deploymentConfiguration
  return {
    minimumHealthyPercent,
    maximumPercent,
    tasksMin: Math.ceil((count * minimumHealthyPercent) / 100),
    tasksMax: Math.floor((count * maximumPercent) / 100),
  }
}
