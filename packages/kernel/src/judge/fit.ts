/**
 * *Fit*: a node fits when it has free what is demanded, in every dimension that is demanded at all.
 * A node that holds more than it has fits a demand of 0 in that dimension.
 */
import { capacityAt, columnsOf, loadAt, type State } from '../cluster/state.js'
import type { FitFilter, FitPart } from '../rule/filter.js'
import type { Candidates } from './candidates.js'

const fallsShort = ({ dimension, amount }: FitPart, state: State, row: number): boolean =>
  amount > 0 && capacityAt(state, dimension, row) - loadAt(state, dimension, row) < amount

/** The parts that fall short, in the rule's order. */
export const shortfalls = (rule: FitFilter, state: State, row: number): readonly FitPart[] =>
  rule.parts.filter((part) => fallsShort(part, state, row))

/**
 * Whether a part falls short on a node even when nothing is there: no removal can help then, but
 * for slots.
 */
export const exceeds = (part: FitPart, state: State, row: number): boolean =>
  !part.slot && part.amount > capacityAt(state, part.dimension, row)

/**
 * Drops the candidates that do not fit: a plain loop per part, as this is where most of the work of
 * a scan is.
 */
export const narrowToFit = (rule: FitFilter, state: State, candidates: Candidates): void => {
  for (const part of rule.parts)
    if (part.amount > 0) candidates.count = keepFitting(part, state, candidates)
}

/**
 * Drops the candidates that do not fit, and gives how many of them fall short of the same parts.
 */
export const narrowToFitBy = (
  rule: FitFilter,
  state: State,
  candidates: Candidates,
): Iterable<readonly [short: readonly FitPart[], nodes: number]> => {
  const { rows, count } = candidates
  // By row of the candidates, a number for the parts that they have fallen short of so far; 0 for
  // none.
  const numbers = new Int32Array(count)
  const partLists: (readonly FitPart[])[] = [[]]
  for (const part of rule.parts.filter(({ amount }) => amount > 0)) {
    const { capacity, load } = columnsOf(state, part.dimension)
    const next = new Int32Array(partLists.length)
    for (let i = 0; i < count; i++) {
      if (capacity[rows[i]!]! - load[rows[i]!]! >= part.amount) continue
      const before = numbers[i]!
      if (next[before] === 0) next[before] = partLists.push([...partLists[before]!, part]) - 1
      numbers[i] = next[before]!
    }
  }
  const nodes = partLists.map(() => 0)
  candidates.count = 0
  for (let i = 0; i < count; i++) {
    if (numbers[i] === 0) rows[candidates.count++] = rows[i]!
    else nodes[numbers[i]!]!++
  }
  return partLists.flatMap((missingParts, i) =>
    nodes[i]! > 0 ? [[missingParts, nodes[i]!] as const] : [],
  )
}

/** Gives how many are left. */
const keepFitting = (
  { dimension, amount }: FitPart,
  state: State,
  { rows, count }: Candidates,
): number => {
  const { capacity, load } = columnsOf(state, dimension)
  let kept = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    rows[kept] = row
    if (capacity[row]! - load[row]! >= amount) kept++
  }
  return kept
}
