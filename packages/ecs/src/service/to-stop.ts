/**
 * The tasks of a group that are to be stopped when there are to be fewer of them, in that order.
 */
import { holderName, type EcsState } from '../cluster/state.js'
import { amountOf, type ContainerInstance } from '../words/container-instance.js'
import type { PlacementStrategy } from '../words/placement.js'
import type { Task } from '../words/task.js'
import { describeInstances } from '../cluster/describe.js'
import { stopOrder, type StopPlace } from './stop-order.js'

/**
 * As a service does without a strategy: in the zone that has most, and there on the instance that
 * has most.
 */
export const withoutStrategy: readonly PlacementStrategy[] = [
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'spread', field: 'instanceId' },
]

/**
 * Tasks that are wanted and on an instance are looked at; those on Fargate, and those that wait,
 * are not.
 */
export const tasksToStop = (
  state: EcsState,
  group: string,
  strategies: readonly PlacementStrategy[],
  count: number,
): readonly Task[] => {
  const stoppable = [...state.tasks.values()].flatMap((task) => {
    const instance = holderName(state, task)
    const { taskArn, cpu = 0, memory = 0, desiredStatus } = task
    return task.group !== group || desiredStatus === 'STOPPED' || instance === undefined
      ? []
      : [{ task: taskArn, instance, cpu, memory }]
  })
  const names = [...state.instances.keys()]
  const described = describeInstances(state)
  const places = new Map(names.map((name, i) => [name, placeOf(described[i]!)]))
  const chain = strategies.length === 0 ? withoutStrategy : strategies
  return stopOrder(stoppable, places, chain, count, state.options).map(
    (arn) => state.tasks.get(arn)!,
  )
}

const placeOf = ({ attributes = [], remainingResources = [] }: ContainerInstance): StopPlace => ({
  attributes: Object.fromEntries(attributes.map(({ name, value = '' }) => [name, value])),
  cpu: amountOf(remainingResources, 'CPU') ?? 0,
  memory: amountOf(remainingResources, 'MEMORY') ?? 0,
})
