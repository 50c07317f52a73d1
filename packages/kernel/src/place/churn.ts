/**
 * Starts and stops many replicas in one call: each step places one replica, as `place` does, and
 * ends one, as `evict` does. Ids are passed in typed arrays, which is faster than a request and an
 * answer object for each replica.
 *
 * 1. All ids are checked before anything changes.
 * 2. The steps are carried out in order; each sees the replicas that earlier steps placed.
 */
import * as E from 'fp-ts/lib/Either.js'
import { classWith } from '../cluster/classes.js'
import { draftState, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf } from '../cluster/read.js'
import { hasReplica } from '../cluster/replicas.js'
import type { State } from '../cluster/state.js'
import { evictRow } from '../cluster/write.js'
import type { DecidedBy } from '../rule/answer.js'
import type { ChurnFault, ChurnResult, ChurnSteps } from '../rule/churn.js'
import type { ClassId, ReplicaId } from '../rule/id.js'
import {
  bookNext,
  decidedByOf,
  decideNext,
  indexForClass,
  type DecisionCounts,
} from './next-node.js'

/** What stands in the place of an id when there is none. */
const noId = -1

/**
 * Places and stops replicas, step by step: first the class `starts[step]` gets one more replica,
 * then the replica `stops[step]` ends. The answer of each step is that of `place` for one replica,
 * in the order of the steps, whatever their priorities; `explain` says why none was placed.
 *
 * - -1 is no class and no replica.
 * - A stop of -2 - n ends the replica that step n of this call placed, if it placed one; n is at
 *   most the number of this step.
 *
 * A `Left` has the first step with an unknown class or replica; a replica that an earlier step
 * stops is unknown. Nothing has changed then. Throws when the arrays differ in length, and past
 * 2^26 replicas.
 */
export const churn = (
  draft: Draft,
  { starts, stops }: ChurnSteps,
  { decideBy }: { readonly decideBy?: DecidedBy } = {},
): E.Either<ChurnFault, ChurnResult> => {
  const state = draftState(draft)
  if (starts.length !== stops.length)
    invariant(false, `found ${starts.length} starts and ${stops.length} stops: give one per step`)
  const fault = faultOf(state, { starts, stops })
  if (fault !== undefined) return E.left(fault)
  const replicas = new Float64Array(starts.length).fill(noId)
  const nodes = new Float64Array(starts.length).fill(noId)
  const decisions: DecisionCounts = { byIndex: 0, byScan: 0 }
  for (let step = 0; step < starts.length; step++) {
    const start = starts[step]!
    const row = start === noId ? undefined : decideStep(draft, rowOf(start), decideBy, decisions)
    if (row !== undefined) {
      replicas[step] = bookNext(draft, rowOf(start), row)
      nodes[step] = nodeIdOf(state, row)
    }
    const stop = stops[step]!
    const replica = stop < noId ? replicas[noId - 1 - stop]! : stop
    if (replica !== noId) evictRow(draft, rowOf(replica))
  }
  return E.right({ replicas, nodes, decidedBy: decidedByOf(decisions) })
}

/** The row of the node for one more replica of the class in a row. */
const decideStep = (
  draft: Draft,
  classRow: number,
  decideBy: DecidedBy | undefined,
  decisions: DecisionCounts,
): number | undefined => {
  const classSpec = draftState(draft).classes.classes[classRow]!
  const index = indexForClass(draft, classSpec, 1, decideBy)
  return decideNext(draft, classSpec, undefined, index, decisions)
}

/** The first step with an id that names nothing, and which id that is. */
const faultOf = (state: State, { starts, stops }: ChurnSteps): ChurnFault | undefined => {
  const seen = newIdSet(stops.length)
  for (let step = 0; step < starts.length; step++) {
    const start = starts[step]! as ClassId
    if (start !== noId && classWith(state.classes, start) === undefined)
      return { _tag: 'UnknownClass', class: start, step }
    const stop = stops[step]! as ReplicaId
    if (stop === noId) continue
    const isKnown = stop < noId ? isStarted(starts, stop, step) : hasReplica(state.replicas, stop)
    if (!isKnown || !addId(seen, stop)) return { _tag: 'UnknownReplica', replica: stop, step }
  }
  return undefined
}

/** Whether a stop names an earlier step, or this one, that starts a replica. */
const isStarted = (starts: Float64Array, stop: number, step: number): boolean => {
  const at = noId - 1 - stop
  return at <= step && Number.isInteger(at) && starts[at] !== noId
}

/** A hash set of ids with linear probing, never more than half full; 0 is a free cell. */
const newIdSet = (count: number): Float64Array => {
  let length = 4
  while (length < 2 * count) length *= 2
  return new Float64Array(length)
}

/** Adds an id; false when it is in the set. */
const addId = (set: Float64Array, id: number): boolean => {
  // No id is 0 then, and none that is below 0 meets another.
  const value = id < 0 ? id : id + 1
  const mask = set.length - 1
  let at = Math.imul(value, 0x9e3779b1) >>> 5
  for (at &= mask; set[at] !== 0; at = (at + 1) & mask) if (set[at] === value) return false
  set[at] = value
  return true
}
