/**
 * All that can be done to a draft by hand. What failed has changed nothing.
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
 * Lets a class in. The same description gives the same id. Do not change the description
 * afterwards.
 */
export const define = (draft: Draft, classSpec: ClassSpec): Result<ClassId, BadClass> =>
  resultOf(write.define(draft, classSpec))

/**
 * Adds a node. Its name must be new, its amounts whole and below 2^53/100. Do not change the
 * description afterwards.
 */
export const join = (draft: Draft, spec: NodeSpec): Result<NodeId, Fault> =>
  resultOf(write.join(draft, spec))

/** Removes a node and the replicas on it, and gives their ids, the newest first. */
export const leave = (draft: Draft, node: NodeId): Result<readonly ReplicaId[], Fault> =>
  resultOf(write.leave(draft, node))

/** Puts a replica on a node whatever the rules say: for what is already there. */
export const bind = (
  draft: Draft,
  classId: ClassId,
  node: NodeId,
  phase: Phase,
): Result<ReplicaId, Fault> => resultOf(write.bind(draft, classId, node, phase))

/** Removes a replica, and what it took is free. */
export const evict = (draft: Draft, replica: ReplicaId): Result<ReplicaId, Fault> =>
  resultOf(write.evict(draft, replica))

/** Moves a replica to another phase. */
export const setPhase = (
  draft: Draft,
  replica: ReplicaId,
  phase: Phase,
): Result<ReplicaId, Fault> => resultOf(write.setPhase(draft, replica, phase))

/** The mask holds these nodes from now on, and no others. */
export const giveMask = (
  draft: Draft,
  to: MaskId,
  nodes: readonly NodeId[],
): Result<MaskId, Fault> => resultOf(give.giveMask(draft, to, nodes))

/**
 * The column has these numbers from now on, and 0 for every other node; of a node that is named
 * twice, the last counts.
 */
export const giveColumn = (
  draft: Draft,
  to: ColumnId,
  numbers: readonly (readonly [node: NodeId, number: number])[],
): Result<ColumnId, Fault> => resultOf(give.giveColumn(draft, to, numbers))
