/**
 * Evaluates a function on a draft (the mutable cluster inside `batch`) as if some replicas were
 * evicted. Puts the replicas back afterwards. The cost depends only on the number of these
 * replicas.
 */
import { draftState, writable, type Draft } from './draft.js'
import { addLoad, removeLoad } from './loads.js'
import type { State } from './state.js'
import {
  classOfKind,
  freeKind,
  kindAt,
  link,
  nodeAt,
  phaseOfKind,
  setKindAt,
  unlink,
} from './replicas.js'

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
  const evicted = rows.map((row) => {
    const kind = kindAt(replicas, row)
    return { row, kind, node: nodeAt(replicas, row), class: classOfKind(kind) }
  })
  const occupiedBy = (classRow: number) => state.classes.classes[classRow]!.occupies
  for (const { row, kind, node, class: classRow } of evicted) {
    removeLoad(loads, node, occupiedBy(classRow))
    unlink(replicas, row)
    setKindAt(replicas, row, freeKind)
    const move = { node, class: classRow, phase: phaseOfKind(kind), change: -1 } as const
    state.moves = { move, before: state.moves }
  }
  try {
    return body(state)
  } finally {
    for (const { row, kind, node, class: classRow } of evicted.reverse()) {
      setKindAt(replicas, row, kind)
      link(replicas, row)
      addLoad(loads, node, occupiedBy(classRow))
    }
    state.moves = moves
  }
}
