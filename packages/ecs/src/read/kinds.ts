/**
 * Decodes and checks all objects of the input that can be checked without other objects: task
 * definitions, services, container instances, tasks, subnets, capacity providers and Auto Scaling
 * groups.
 */
import { checkContainerInstance } from '../check/container-instance.js'
import { checkService } from '../check/service.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import type { FargateFieldOptions } from '../lower/fargate-field.js'
import { CapacityProvider } from '../provider/capacity-provider.js'
import { checkAutoScalingGroup } from '../provider/check-group.js'
import { DescribedGroup } from '../provider/described-group.js'
import { ContainerInstance } from '../words/container-instance.js'
import type { Part } from '../words/part.js'
import { Service } from '../words/service.js'
import { Subnet } from '../words/subnet.js'
import { Task } from '../words/task.js'
import { TaskDefinition } from '../words/task-definition.js'
import { readKind, type KindReading } from './reading.js'

/** The parts of an input by kind. */
export interface KindReadings {
  readonly definitions: KindReading<TaskDefinition>
  readonly services: KindReading<Service>
  readonly instances: KindReading<ContainerInstance>
  readonly tasks: KindReading<Task>
  readonly subnets: KindReading<Subnet>
  readonly providers: KindReading<CapacityProvider>
  readonly autoScalingGroups: KindReading<DescribedGroup>
}

/** Reads the parts by kind. `fargate` says what Fargate refuses of task definitions. */
export const readKinds = (parts: readonly Part[], fargate: FargateFieldOptions): KindReadings => ({
  definitions: readKind(
    parts,
    'task definition',
    TaskDefinition,
    (definition) => checkTaskDefinition(definition, { fargate }),
    'ClientException',
  ),
  services: readKind(
    parts,
    'service',
    Service,
    (service) => checkService(service),
    'InvalidParameterException',
  ),
  instances: readKind(parts, 'container instance', ContainerInstance, checkContainerInstance),
  tasks: readKind(parts, 'task', Task, () => []),
  subnets: readKind(parts, 'subnet', Subnet, () => []),
  providers: readKind(parts, 'capacity provider', CapacityProvider, () => []),
  autoScalingGroups: readKind(parts, 'Auto Scaling group', DescribedGroup, checkAutoScalingGroup),
})
