/**
 * Stores a changed container instance in the state of the cluster, both as a record and as a node
 * of the kernel. The tasks on the node stay, unless the caller asks to remove them.
 */
import {
  batch,
  byCodeUnit,
  getOrThrow,
  findNode,
  join,
  redescribe,
  replicasOn,
  evict,
  type ReplicaId,
} from '@stowage/kernel'
import { isNone } from 'fp-ts/lib/Option.js'
import { withInstances, type EcsState } from './state.js'
import { nodeSpecOf } from '../lower/instance.js'
import type { ContainerInstance } from '../words/container-instance.js'

/**
 * Stores the record with its version raised by one, and its node as the record describes it. A new
 * name joins a new node; a known one is redescribed and keeps its replicas, unless it is `emptied`.
 */
export const replaceNode = (
  state: EcsState,
  name: string,
  instance: ContainerInstance,
  emptied?: 'emptied',
): EcsState => {
  const [placed, stopped] = batch(state.placed, (draft): ReadonlySet<ReplicaId> => {
    const spec = nodeSpecOf(draft, instance, state.options.taskInterfaces)
    const node = findNode(draft, name)
    if (isNone(node)) getOrThrow(join(draft, spec))
    else getOrThrow(redescribe(draft, node.value, spec))
    if (isNone(node) || emptied === undefined) return noReplicas
    const newestFirst = [...replicasOn(draft, node.value)].reverse()
    return new Set(newestFirst.map(({ id }) => getOrThrow(evict(draft, id))))
  })
  const replicas = new Map([...state.replicas].filter(([, id]) => !stopped.has(id)))
  return inOrder(withInstances({ ...state, placed, replicas }, [[name, instance]]), state)
}

const noReplicas: ReadonlySet<ReplicaId> = new Set()

/** Sorts the instances by name when one was added, as a map appends new keys. */
const inOrder = (state: EcsState, before: EcsState): EcsState =>
  state.instances.size === before.instances.size
    ? state
    : {
        ...state,
        instances: new Map([...state.instances].sort(([a], [b]) => byCodeUnit(a, b))),
      }
