/**
 * Container instances as a list: for people with what tells them apart, for programs as the API
 * describes them.
 */
import type { ContainerInstance } from '@stowage/ecs'
import { printable, tableText } from './table.js'

export const instancesText = (instances: readonly ContainerInstance[]): string =>
  instances.length === 0
    ? 'no container instance'
    : tableText(
        ['CONTAINER INSTANCE', 'TYPE', 'ZONE', 'STATUS', 'TASKS'],
        instances.map((instance) => rowOf(instance).map(printable)),
      )

const rowOf = (instance: ContainerInstance): readonly string[] => {
  const { ec2InstanceId, containerInstanceArn, status, runningTasksCount, attributes } = instance
  const attribute = (name: string): string =>
    attributes?.find((each) => each.name === name)?.value ?? ''
  return [
    ec2InstanceId ?? containerInstanceArn ?? '',
    attribute('ecs.instance-type'),
    attribute('ecs.availability-zone'),
    status ?? '',
    String(runningTasksCount ?? ''),
  ]
}

export const instancesJson = (instances: readonly ContainerInstance[]): string =>
  JSON.stringify({ containerInstances: instances }, null, 2)
