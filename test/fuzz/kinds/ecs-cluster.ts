/** Defines a small ECS cluster, whose calls and states are fuzzed. */
import { clusterOf, readEcs, type EcsState } from '@stowage/ecs'
import { isLeft } from 'fp-ts/lib/Either.js'

const resource = (name: string, integerValue: number) => ({ name, integerValue })
/** An instance. */
export const machine = (ec2InstanceId: string) => ({
  ec2InstanceId,
  registeredResources: [resource('CPU', 2048), resource('MEMORY', 4096)],
  attributes: [{ name: 'ecs.availability-zone', value: 'a' }],
})
/** A task definition. */
export const web = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'c',
      image: 'i',
      cpu: 300,
      memory: 500,
      portMappings: [{ containerPort: 80, hostPort: 80 }],
    },
  ],
}
const ecsDocuments = [web, machine('i-1'), machine('i-2')]
/** A cluster of two instances, with one task definition and no tasks. */
export const ecsCluster = (): EcsState => {
  const input = readEcs([{ from: 'f', value: ecsDocuments }])
  if (isLeft(input)) throw new Error(JSON.stringify(input.left))
  return clusterOf(input.right)
}
