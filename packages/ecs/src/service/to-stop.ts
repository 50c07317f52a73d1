/**
 * Selects the tasks that stop when a service, or another task group, is scaled in by a given number
 * of tasks. Returns them in the order of stopping. Only tasks on container instances are
 * considered, not those on Fargate.
 */
import { holderName, type EcsState } from '../cluster/state.js'
import { amountOf, type ContainerInstance } from '../words/container-instance.js'
import type { PlacementStrategy } from '../words/placement.js'
import type { Task } from '../words/task.js'
import { describeInstances } from '../cluster/describe.js'
import { stopChain, stopOrder, type StopPlace } from './stop-order.js'

/**
 * The tasks of a group to stop, in the order of stopping. Only tasks that are to run and are on an
 * instance are considered, not those on Fargate or those that wait.
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
  const places = new Map(names.map((name, i) => [name, stopPlaceOf(described[i]!)]))
  return stopOrder(stoppable, places, stopChain(strategies), count, state.options).map(
    (arn) => state.tasks.get(arn)!,
  )
}

const stopPlaceOf = ({
  attributes = [],
  remainingResources = [],
}: ContainerInstance): StopPlace => ({
  attributes: Object.fromEntries(attributes.map(({ name, value = '' }) => [name, value])),
  cpu: amountOf(remainingResources, 'CPU') ?? 0,
  memory: amountOf(remainingResources, 'MEMORY') ?? 0,
})
