/**
 * Lists the kinds of Amazon ECS documents that are read (such as task definitions), each with its
 * readers and its fields, for the page `docs/fields.md`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { readEcs } from '@stowage/ecs'
import { CapacityProvider } from '../../packages/ecs/src/provider/capacity-provider.js'
import { notHonouredInTask } from '../../packages/ecs/src/schema/not-honoured.js'
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

/** Fields of a task definition of which a plan warns when they are set. */
const warnedOf = [...typeFields('task definition').keys()].filter((field) => {
  const decoded = TaskDefinition.decode({
    ...{ family: 'a', containerDefinitions: [{ name: 'a' }] },
    [field]: [{}],
  })
  return E.isRight(decoded) && notHonouredInTask(decoded.right).length > 0
})

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
  warnings: new Map([['task definition', warnedOf]]),
}
