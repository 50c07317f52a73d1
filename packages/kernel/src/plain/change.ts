/**
 * Wraps `redescribe`, `reclass` and `forget` for callers that use no Either. They change a node or
 * a replica in place, or drop what nothing uses, and return a `Result`. When a change fails,
 * nothing has changed.
 */
import type { Draft } from '../cluster/draft.js'
import { reclass as reclassOrFault } from '../change/reclass.js'
import { redescribe as redescribeOrFault } from '../change/redescribe.js'
import type { TableIds } from '../change/table-ids.js'
import { forget as forgetOrFault } from '../change/forget.js'
import type { Fault } from '../rule/fault.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import { resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/**
 * Replaces the description of a node: capacity, attributes and marks. Its name must be the same;
 * its id and replicas stay, also when the capacity is below the load.
 */
export const redescribe = (draft: Draft, node: NodeId, spec: NodeSpec): Result<NodeId, Fault> =>
  resultOf(redescribeOrFault(draft, node, spec))

/** Gives a replica another class; it keeps its id, node, phase and age. */
export const reclass = (
  draft: Draft,
  replica: ReplicaId,
  classId: ClassId,
): Result<ReplicaId, Fault> => resultOf(reclassOrFault(draft, replica, classId))

/**
 * Drops classes, words, masks and columns that nothing uses; their ids are never given again. Where
 * one is in use it drops nothing, or with `keep` all others.
 */
export const forget = (
  draft: Draft,
  ids: Partial<TableIds>,
  whereInUse?: 'refuse' | 'keep',
): Result<Partial<TableIds>, Fault> => resultOf(forgetOrFault(draft, ids, whereInUse))
