/**
 * How many of a node's replicas a tally counts.
 */
import { masksOf } from '../cluster/classes.js'
import type { State } from '../cluster/parts.js'
import { classAt, nextAt, phaseAt } from '../cluster/replicas.js'
import { movesOf } from '../cluster/tried.js'
import type { Match, Tally } from '../rule/tally.js'

/** The count for a node row, as a function that has looked up what it can beforehand. */
export const counting = (
  parts: State,
  { facts, removal }: Pick<Tally, 'facts' | 'removal'>,
): ((row: number) => number) => {
  const standing = countingStanding(parts, facts)
  if (removal === undefined || parts.tried === undefined) return standing
  const corrections = correcting(parts, facts, removal)
  return (row) => standing(row) + (corrections.get(row) ?? 0)
}

const countingStanding = (parts: State, facts: Match): ((row: number) => number) => {
  const { replicas } = parts
  const masks = masksOf(parts.classes, facts)
  return (row) => {
    let count = 0
    for (let link = replicas.first[row]!; link > 0; link = nextAt(replicas, link - 1))
      count += (masks[classAt(replicas, link - 1)]! >> phaseAt(replicas, link - 1)) & 1
    return count
  }
}

/** By row, how much more or less the open trials change than what now stands there tells. */
const correcting = (parts: State, facts: Match, removal: Match): ReadonlyMap<number, number> => {
  const [counted, changing] = [masksOf(parts.classes, facts), masksOf(parts.classes, removal)]
  const corrections = new Map<number, number>()
  for (const { node, class: of, phase, change } of movesOf(parts.tried)) {
    const more = ((changing[of]! >> phase) & 1) - ((counted[of]! >> phase) & 1)
    corrections.set(node, (corrections.get(node) ?? 0) + change * more)
  }
  return corrections
}
