/**
 * Evaluates a function on a draft (the mutable cluster inside `batch`) as if some replicas were
 * evicted. Puts the replicas back afterwards. The cost depends only on the number of these
 * replicas.
 */
import { draftState, writable, type Draft } from './draft.js'
import { addLoad, removeLoad } from './loads.js'
import type { State } from './state.js'
import { classAt, link, nodeAt, phaseAt, unlink } from './replicas.js'

/**
 * Runs the body on a state in which these replica rows (which must be in use) are unlinked and
 * recorded as evicted in a trial. Afterwards they are where they were, in the same order and with
 * the same ids, also when the body throws.
 */
export const withoutReplicas = <Answer>(
  draft: Draft,
  rows: readonly number[],
  body: (state: State) => Answer,
): Answer => {
  const loads = writable(draft, 'loads')
  const replicas = writable(draft, 'replicas')
  const state = draftState(draft)
  const { moves } = state
  const placeOf = (row: number) => ({ node: nodeAt(replicas, row), class: classAt(replicas, row) })
  const occupiedBy = (row: number) => state.classes.classes[placeOf(row).class]!.occupies
  for (const row of rows) {
    removeLoad(loads, placeOf(row).node, occupiedBy(row))
    unlink(replicas, row)
    const move = { ...placeOf(row), phase: phaseAt(replicas, row), change: -1 } as const
    state.moves = { move, before: state.moves }
  }
  try {
    return body(state)
  } finally {
    for (const row of [...rows].reverse()) {
      link(replicas, row)
      addLoad(loads, placeOf(row).node, occupiedBy(row))
    }
    state.moves = moves
  }
}
