/**
 * Shows the container instances that `query` selected: (1) as a table of id, type, zone, status,
 * number of tasks and cluster; (2) as JSON in the form of the ECS API.
 */
import type { ContainerInstance } from '@stowage/ecs'
import { answerVersion } from '../schema/part.js'
import { lines, type Column, tableOf, type Section, type Table } from '../block/block.js'
import { printable } from '../block/printable.js'

/** One section. */
export const instanceSections = (instances: readonly ContainerInstance[]): readonly Section[] => [
  [instances.length === 0 ? lines('no container instance') : instanceTable(instances)],
]

const instanceTable = (instances: readonly ContainerInstance[]): Table =>
  tableOf(
    instances.some(({ cluster }) => cluster !== undefined) ? [clusterColumn, ...columns] : columns,
    instances,
  )

/**
 * `{ version, containerInstances }`, as they were read, each with its cluster where there are
 * several.
 */
export const instancesJson = (containerInstances: readonly ContainerInstance[]): object => ({
  version: answerVersion,
  containerInstances,
})

const clusterColumn: Column<ContainerInstance> = {
  title: 'cluster',
  cell: ({ cluster = '' }) => printable(cluster),
}

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
