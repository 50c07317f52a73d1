/**
 * Creates an error for each object of the input that has the name or id of an earlier object of the
 * same type.
 */
import type { Families } from '../workload/family.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import type { Service } from '../words/service.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { KindReadings } from './kinds.js'
import { groupByCluster, duplicateObjections, type Objection, type ReadPart } from './reading.js'

/** Services and instances share a name only within a cluster; the others, in the whole input. */
export const sharedNameObjections = (
  { autoScalingGroups, instances, tasks, subnets }: KindReadings,
  families: Families,
  services: readonly ReadPart<Service>[],
): readonly Objection[] => [
  ...duplicateObjections(
    autoScalingGroups.read,
    ({ AutoScalingGroupName }) => AutoScalingGroupName,
    () => ['AutoScalingGroupName'],
    'a name',
  ),
  ...[...families.values()].flatMap((own) =>
    duplicateObjections(own, revisionOf, () => ['revision'], 'a revision'),
  ),
  ...groupByCluster(services).flatMap((own) =>
    duplicateObjections(own, nameWithTaskSet, () => ['serviceName'], 'a name'),
  ),
  ...groupByCluster(instances.read).flatMap((own) => duplicateObjections(own, idOf, idAt, 'an id')),
  ...duplicateObjections(
    tasks.read,
    ({ taskArn }) => taskArn,
    () => ['taskArn'],
    'an ARN',
  ),
  ...duplicateObjections(
    subnets.read,
    ({ SubnetId }) => SubnetId,
    () => ['SubnetId'],
    'an id',
  ),
]

const revisionOf = ({ family, revision }: TaskDefinition): string | undefined =>
  revision === undefined ? undefined : `${family}:${revision}`

/** Task sets of one service are parts of one name, which differ by their ids. */
const nameWithTaskSet = ({ serviceName, taskSet }: Service): string =>
  taskSet === undefined ? serviceName : `${serviceName} of ${taskSet}`

const idOf = (instance: ContainerInstance): string | undefined =>
  instanceName(instance) || undefined
const idAt = ({ ec2InstanceId }: ContainerInstance) =>
  ec2InstanceId === undefined ? ['containerInstanceArn'] : ['ec2InstanceId']
