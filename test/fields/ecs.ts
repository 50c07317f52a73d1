/** Lists the documents of Amazon ECS that are read, each with its reader and the types in it. */
import type * as t from 'io-ts'
import { readEcs } from '@stowage/ecs'
import { CapacityProvider } from '../../packages/ecs/src/provider/capacity-provider.js'
import { typeFields } from '../../packages/ecs/src/schema/unknown-fields.js'
import { Cluster } from '../../packages/ecs/src/words/cluster.js'
import { ContainerInstance } from '../../packages/ecs/src/words/container-instance.js'
import { Service } from '../../packages/ecs/src/words/service.js'
import { TaskDefinition } from '../../packages/ecs/src/words/task-definition.js'
import { Task } from '../../packages/ecs/src/words/task.js'
import type { DocumentKinds } from './page.js'

const codecs: Readonly<Record<string, t.Decoder<unknown, unknown>>> = {
  'task definition': TaskDefinition,
  service: Service,
  task: Task,
  'container instance': ContainerInstance,
  cluster: Cluster,
  'capacity provider': CapacityProvider,
}

/** The documents of Amazon ECS. */
export const ecsKinds: DocumentKinds = {
  kinds: Object.entries(codecs).map(([type, codec]) => ({
    ...{ name: type, type },
    readers: [
      { read: (value) => codec.decode(value) },
      { read: (value) => readEcs([{ from: 'a', value }]) },
    ],
  })),
  fieldsOf: typeFields,
  forms: new Map(),
  warnings: new Map([['task definition', ['inferenceAccelerators']]]),
}
