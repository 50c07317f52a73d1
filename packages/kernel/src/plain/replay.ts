/**
 * Wraps `replay`, which explains one replica of a plan, for callers that use no Either: returns a
 * value or `undefined` instead of an Option.
 */
import type { Draft } from '../cluster/draft.js'
import * as replaying from '../place/replay.js'
import type { ReplicaId } from '../rule/id.js'
import type { NamedRequest, ReplayedReplica } from '../rule/plan.js'
import { valueOf } from './from-fp-ts.js'

/**
 * Places all requests that come before, then explains the first replica of the name that finds no
 * node, or else the first of all. `running` names the replicas that were there before. The draft
 * keeps what was placed before that turn. `undefined` when no request has the name.
 */
export const replay = (
  draft: Draft,
  requests: readonly NamedRequest[],
  running: ReadonlyMap<ReplicaId, string>,
  name: string,
): ReplayedReplica | undefined => valueOf(replaying.replay(draft, requests, running, name))
