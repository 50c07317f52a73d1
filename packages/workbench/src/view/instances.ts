/**
 * Shows the container instances that `query` selected, (1) as a table of their id, type, zone,
 * status and number of tasks, or (2) as JSON in the form of the ECS API.
 */
import type { ContainerInstance } from '@stowage/ecs'
import { lines, type Column, tableOf, type Section } from './block.js'
import { printable } from './printable.js'

/** One section. */
export const instanceSections = (instances: readonly ContainerInstance[]): readonly Section[] => [
  [instances.length === 0 ? lines('no container instance') : tableOf(columns, instances)],
]

/** `{ containerInstances }`, as they were read. */
export const instancesJson = (containerInstances: readonly ContainerInstance[]): object => ({
  containerInstances,
})

const columns: readonly Column<ContainerInstance>[] = [
  { title: 'container instance', cell: (one) => printable(nameOf(one)) },
  { title: 'type', cell: (one) => printable(attributeOf(one, 'ecs.instance-type')) },
  { title: 'zone', cell: (one) => printable(attributeOf(one, 'ecs.availability-zone')) },
  { title: 'status', cell: ({ status = '' }) => printable(status) },
  { title: 'tasks', cell: ({ runningTasksCount = '' }) => String(runningTasksCount) },
]

const nameOf = ({ ec2InstanceId, containerInstanceArn }: ContainerInstance): string =>
  ec2InstanceId ?? containerInstanceArn ?? ''

const attributeOf = ({ attributes }: ContainerInstance, name: string): string =>
  attributes?.find((attribute) => attribute.name === name)?.value ?? ''
