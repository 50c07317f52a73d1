/**
 * Keeps the kernel's node of a container instance equal to its record. A node is immutable, so that
 * a changed record gets a new node, to which the replicas move.
 */
import {
  batch,
  bind,
  byCodeUnit,
  getOrThrow,
  findNode,
  join,
  leave,
  replicasOn,
  type ReplicaId,
} from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { withInstances, type EcsState } from './state.js'
import { nodeSpecOf } from '../lower/instance.js'
import type { ContainerInstance } from '../words/container-instance.js'

/**
 * Stores the record with its version raised by one and replaces its node. Replicas move to the new
 * node; with `emptied` they are dropped.
 */
export const replaceNode = (
  state: EcsState,
  name: string,
  instance: ContainerInstance,
  emptied?: 'emptied',
): EcsState => {
  const [placed, moved] = batch(state.placed, (draft) => {
    const old = findNode(draft, name)
    const held = isSome(old) ? replicasOn(draft, old.value) : []
    if (isSome(old)) getOrThrow(leave(draft, old.value))
    const node = getOrThrow(join(draft, nodeSpecOf(draft, instance, state.options.taskInterfaces)))
    return new Map<ReplicaId, ReplicaId | undefined>(
      held.map(({ id, class: task, phase }) => [
        id,
        emptied === undefined ? getOrThrow(bind(draft, task, node, phase)) : undefined,
      ]),
    )
  })
  const replicas = new Map(
    [...state.replicas].flatMap(([arn, id]) => {
      const now = moved.has(id) ? moved.get(id) : id
      return now === undefined ? [] : [[arn, now] as const]
    }),
  )
  return inOrder(withInstances({ ...state, placed, replicas }, [[name, instance]]), state)
}

/** Sorts the instances by name when one was added, as a map appends new keys. */
const inOrder = (state: EcsState, before: EcsState): EcsState =>
  state.instances.size === before.instances.size
    ? state
    : {
        ...state,
        instances: new Map([...state.instances].sort(([a], [b]) => byCodeUnit(a, b))),
      }
