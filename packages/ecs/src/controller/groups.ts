/**
 * Records in the controller's state which task groups exist. A constraint on `task:group` is
 * translated to a list of the known groups that match. When a new group appears, the constraints of
 * all services that have such a constraint are translated again.
 */
import { withChanges, type BadClass, type Draft } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { defineTasks, suitsOf } from './lower-deployment.js'
import {
  withService,
  type Deployment,
  type EcsMemory,
  type ServiceRecord,
} from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'

/** The memory with the group. */
export const withGroup = (
  draft: Draft,
  memory: EcsMemory,
  group: string,
  options: EcsControllerOptions,
): E.Either<BadClass, EcsMemory> => {
  if (memory.groups.has(group)) return E.right(memory)
  let next: EcsMemory = { ...memory, groups: withChanges(memory.groups, [[group, true]]) }
  for (const name of memory.groupReaders.keys()) {
    const record = next.services.get(name)
    if (record === undefined) continue
    const redefined = redefineClasses(draft, record, next, options)
    if (E.isLeft(redefined)) return redefined
    next = withService(next, redefined.right)
  }
  return E.right(next)
}

const redefineClasses = (
  draft: Draft,
  record: ServiceRecord,
  { groups }: EcsMemory,
  options: EcsControllerOptions,
): E.Either<BadClass, ServiceRecord> => {
  const redefine = (deployment: Deployment): Deployment | BadClass => {
    const defined = defineTasks(draft, deployment.workload, groups, options)
    const suits = suitsOf(draft, deployment.workload, groups, options)
    return E.isLeft(defined) ? defined.left : { ...deployment, class: defined.right, ...suits }
  }
  const deployments: Deployment[] = []
  for (const deployment of record.deployments) {
    const redefined = redefine(deployment)
    if ('_tag' in redefined) return E.left(redefined)
    deployments.push(redefined)
  }
  const [primary, ...older] = deployments
  const { lastCompleted } = record
  const last = lastCompleted === undefined ? undefined : redefine(lastCompleted)
  if (last !== undefined && '_tag' in last) return E.left(last)
  return E.right({
    ...record,
    deployments: [primary!, ...older],
    ...(last === undefined ? {} : { lastCompleted: last }),
  })
}
