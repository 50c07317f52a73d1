/**
 * Simulates a bad revision in a rollout: replicas of the new revision, from a given number on, stop
 * instead of running, as with a bad image.
 */
import type { ReplicaId, StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Orchestrator } from '../platform/orchestrator.js'

/**
 * The orchestrator in whose world the `first` replica of a new revision, counted from 1, and all
 * later ones stop before they run. A `Left` when the platform does not tell which replicas are new.
 */
export const withRisk = (
  orchestrator: Orchestrator,
  first: number,
): E.Either<'no positions', Orchestrator> => {
  const { newPositions, react } = orchestrator
  if (newPositions === undefined) return E.left('no positions')
  const positionsIn = ofLastState(newPositions)
  return E.right({
    ...orchestrator,
    react: (cause, context) => {
      const reports = react(cause, context)
      if (cause._tag !== 'Place' && cause._tag !== 'Vend') return reports
      const position = positionsIn(context.state).get(cause.replica)
      if (position === undefined || position < first) return reports
      const { replica } = cause
      const because = 'it is at risk'
      return [...reports, { at: context.ready, _tag: 'ReplicaStopped', replica, because }]
    },
  })
}

/** All orders of a step ask about the state after it: what was found there is kept. */
const ofLastState = (
  positions: (state: StepState) => ReadonlyMap<ReplicaId, number>,
): ((state: StepState) => ReadonlyMap<ReplicaId, number>) => {
  let last: readonly [StepState, ReadonlyMap<ReplicaId, number>] | undefined
  return (state) => {
    if (last?.[0] !== state) last = [state, positions(state)]
    return last[1]
  }
}
