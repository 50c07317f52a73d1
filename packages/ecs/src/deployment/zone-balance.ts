/**
 * Chooses the next move that rebalances the tasks of a service over availability zones: a task to
 * start in the zone with the fewest tasks, and, once that task is healthy, a task to stop in the
 * zone with the most. A service is balanced when no zone has two tasks more than another.
 *
 * Source: Amazon ECS Developer Guide, availability zone rebalancing.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Service } from '../words/service.js'

/** The zones of the next move. */
export interface ZoneMove {
  readonly start: string
  readonly stop: string
}

/** The next move; `undefined` for tasks that are balanced. Equal zones go by their names. */
export const zoneMove = (tasks: ReadonlyMap<string, number>): ZoneMove | undefined => {
  const zones = [...tasks].sort(([a, m], [b, n]) => m - n || byCodeUnit(a, b))
  const [lightest] = zones
  if (lightest === undefined) return undefined
  const heaviest = zones.reduce((most, one) => (one[1] > most[1] ? one : most))
  return heaviest[1] - lightest[1] < 2 ? undefined : { start: lightest[0], stop: heaviest[0] }
}

const zone = 'attribute:ecs.availability-zone'

/** True for a service that may be rebalanced, whether or not it wants to be. */
export const isBalanceable = ({
  schedulingStrategy = 'REPLICA',
  launchType,
  placementStrategy: [first] = [],
  placementConstraints = [],
  deploymentConfiguration: { maximumPercent = 200 } = {},
}: Service): boolean =>
  schedulingStrategy === 'REPLICA' &&
  launchType !== 'EXTERNAL' &&
  maximumPercent > 100 &&
  (first === undefined || (first.type === 'spread' && first.field === zone)) &&
  !placementConstraints.some(({ expression = '' }) => expression.includes(zone))
