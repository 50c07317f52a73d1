/**
 * Counts the replicas on one node that a tally (a rule that counts replicas per domain) selects. In
 * an unfinished trial (changes that may be rolled back), the tally's condition `removal`, if it has
 * one, decides instead about each replica that the trial bound or evicted.
 */
import { phaseMasksOf } from '../cluster/classes.js'
import type { State } from '../cluster/state.js'
import {
  classAt,
  classOfKind,
  kindAt,
  nextAt,
  nodeAt,
  phaseAt,
  phaseOfKind,
} from '../cluster/replicas.js'
import { movesOf } from '../cluster/trial-moves.js'
import type { Match } from '../rule/match.js'
import type { Tally } from '../rule/expr.js'

/**
 * The count by node row. The phases in which each class matches are looked up once, before the
 * first call.
 */
export const counterOf = (
  state: State,
  { facts, removal }: Pick<Tally, 'facts' | 'removal'>,
): NodeCounter => {
  const count = replicaCounter(state, facts)
  if (removal === undefined || state.moves === undefined) return count
  const corrections = trialCorrections(state, facts, removal)
  return (row) => count(row) + (corrections.get(row) ?? 0)
}

/** How many replicas that a tally selects are on a node, by its row. */
export type NodeCounter = (row: number) => number

/**
 * Counters for several tallies of one state: those with the same `facts`, as one object, share a
 * counter that walks the replicas of a node once. A tally with a condition of its own for trials
 * shares none.
 */
export const sharedCounters = (): typeof counterOf => {
  const counters = new Map<Match, NodeCounter>()
  return (state, tally) => {
    const count = counterOf(state, tally)
    if (tally.removal !== undefined) return count
    let counter = counters.get(tally.facts)
    if (counter === undefined) {
      // No tally without `removal` counts fewer than 0.
      const counts = new Int32Array(state.replicas.first.length).fill(-1)
      counter = (row) => (counts[row]! < 0 ? (counts[row] = count(row)) : counts[row]!)
      counters.set(tally.facts, counter)
    }
    return counter
  }
}

const replicaCounter = (state: State, facts: Match): NodeCounter => {
  const { replicas } = state
  const masks = phaseMasksOf(state.classes, facts)
  return (row) => {
    let count = 0
    for (let link = replicas.first[row]!; link > 0; link = nextAt(replicas, link - 1))
      count += (masks[classAt(replicas, link - 1)]! >> phaseAt(replicas, link - 1)) & 1
    return count
  }
}

/**
 * Calls `visit` with the row of a node and a part of its count; the parts of a node add up to what
 * `counterOf` gives. Reads all replicas in the order in which they are stored, which is much faster
 * than to follow the list of every node through the memory.
 */
export const visitCounts = (
  state: State,
  { facts, removal }: Pick<Tally, 'facts' | 'removal'>,
  visit: (row: number, count: number) => void,
): void => {
  const { replicas } = state
  const masks = phaseMasksOf(state.classes, facts)
  for (let row = 0; row < replicas.rows; row++) {
    const kind = kindAt(replicas, row)
    if (((masks[classOfKind(kind)] ?? 0) >> phaseOfKind(kind)) & 1) visit(nodeAt(replicas, row), 1)
  }
  if (removal === undefined || state.moves === undefined) return
  for (const [row, count] of trialCorrections(state, facts, removal)) visit(row, count)
}

/**
 * By node row, how much the open trials change the count beyond what the replica lists show: +1 per
 * bind and -1 per eviction that `removal` matches, minus what `facts` counts of them.
 */
export const trialCorrections = (
  state: State,
  facts: Match,
  removal: Match,
): ReadonlyMap<number, number> => {
  const [factMasks, removalMasks] = [
    phaseMasksOf(state.classes, facts),
    phaseMasksOf(state.classes, removal),
  ]
  const corrections = new Map<number, number>()
  for (const { node, class: of, phase, change } of movesOf(state.moves)) {
    const more = ((removalMasks[of]! >> phase) & 1) - ((factMasks[of]! >> phase) & 1)
    corrections.set(node, (corrections.get(node) ?? 0) + change * more)
  }
  return corrections
}
