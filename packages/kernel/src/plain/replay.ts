/**
 * Explaining one replica in the midst of a plan.
 */
import type { Draft } from '../cluster/draft.js'
import * as replaying from '../place/replay.js'
import type { ReplicaId } from '../rule/id.js'
import type { NamedRequest, Replayed } from '../rule/plan.js'
import { valueOf } from './from-fp-ts.js'

/**
 * Explains the first replica of that name that found no place, or else the first of all. `running`
 * names the replicas that are there already. The draft is left with what was placed before it.
 * `undefined`, when nothing of that name is wanted.
 */
export const replay = (
  draft: Draft,
  requests: readonly NamedRequest[],
  running: ReadonlyMap<ReplicaId, string>,
  name: string,
): Replayed | undefined => valueOf(replaying.replay(draft, requests, running, name))
