/**
 * Exports the functions that change a cluster (such as `define`, `join`, `bind` and `evict`) for
 * callers without fp-ts. They change a draft, the mutable cluster inside `batch`, and return a
 * `Result`: the new id or the replaced value, or a fault. A fault means that nothing has changed.
 *
 * The kernel's own functions of the same names, in `cluster/write.ts` and `cluster/give.ts`, return
 * an Either.
 */
import type { Draft } from '../cluster/draft.js'
import * as give from '../cluster/give.js'
import * as write from '../cluster/write.js'
import type { ClassSpec } from '../rule/class.js'
import type { BadClass, Fault } from '../rule/fault.js'
import type { ClassId, ColumnId, MaskId, NodeId, ReplicaId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Phase } from '../rule/match.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * Lets a class in. An equal description gives the same id. The description must not be changed
 * afterwards. Fails with the path of the first wrong field.
 */
export const define = (draft: Draft, classSpec: ClassSpec): Result<ClassId, BadClass> =>
  resultOf(write.define(draft, classSpec))

/**
 * Adds a node. Its name must be new and its amounts whole, from 0 to `amountMax`. The description
 * must not be changed afterwards.
 */
export const join = (draft: Draft, spec: NodeSpec): Result<NodeId, Fault> =>
  resultOf(write.join(draft, spec))

/** Removes a node with its replicas and returns their ids, the newest first. */
export const leave = (draft: Draft, node: NodeId): Result<readonly ReplicaId[], Fault> =>
  resultOf(write.leave(draft, node))

/** Puts a replica on a node without asking any rule: for replicas that run already. */
export const bind = (
  draft: Draft,
  classId: ClassId,
  node: NodeId,
  phase: Phase,
): Result<ReplicaId, Fault> => resultOf(write.bind(draft, classId, node, phase))

/** Removes a replica and frees what it occupies. */
export const evict = (draft: Draft, replica: ReplicaId): Result<ReplicaId, Fault> =>
  resultOf(write.evict(draft, replica))

/** Changes the phase of a replica; its id stays. */
export const setPhase = (
  draft: Draft,
  replica: ReplicaId,
  phase: Phase,
): Result<ReplicaId, Fault> => resultOf(write.setPhase(draft, replica, phase))

/** Replaces the set of nodes of a mask. */
export const giveMask = (
  draft: Draft,
  to: MaskId,
  nodes: readonly NodeId[],
): Result<MaskId, Fault> => resultOf(give.giveMask(draft, to, nodes))

/**
 * Replaces the numbers of a column; every other node gets 0. When a node occurs twice, its last
 * number counts.
 */
export const giveColumn = (
  draft: Draft,
  to: ColumnId,
  numbers: readonly (readonly [node: NodeId, number: number])[],
): Result<ColumnId, Fault> => resultOf(give.giveColumn(draft, to, numbers))
