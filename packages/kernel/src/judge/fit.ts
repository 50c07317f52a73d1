/**
 * Evaluates the *fit* filter: a node's free amount must cover the demand of the replica in every
 * dimension (a resource such as CPU). A demand of 0 always fits, also on an overloaded node.
 */
import { isRare } from '../cluster/column.js'
import { capacityAt, columnsOf, loadAt, type State } from '../cluster/state.js'
import type { FitFilter, FitPart } from '../rule/filter.js'
import { keepWhere, type Candidates } from './candidates.js'

const fallsShort = ({ dimension, amount }: FitPart, state: State, row: number): boolean =>
  amount > 0 && capacityAt(state, dimension, row) - loadAt(state, dimension, row) < amount

/** The parts that fall short on a node, in the filter's order. */
export const shortfalls = (rule: FitFilter, state: State, row: number): readonly FitPart[] =>
  rule.parts.filter((part) => fallsShort(part, state, row))

/**
 * True when a demand is above the node's whole capacity and the part is no slot: evicting replicas
 * cannot help.
 */
export const exceeds = (part: FitPart, state: State, row: number): boolean =>
  !part.slot && part.amount > capacityAt(state, part.dimension, row)

/**
 * Drops the candidates that do not fit. One plain loop per part: most of the time of a scan is
 * spent here.
 */
export const narrowToFit = (rule: FitFilter, state: State, candidates: Candidates): void => {
  for (const part of rule.parts)
    if (isRare(part.dimension)) keepWhere(candidates, (row) => !fallsShort(part, state, row))
    else if (part.amount > 0) candidates.count = keepFitting(part, state, candidates)
}

/**
 * Drops the candidates that do not fit, and counts them by the list of parts that they fall short
 * of.
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
  return partLists.map((missingParts, i) => [missingParts, nodes[i]!] as const)
}

/** Drops the candidates that lack one part, and returns how many are left. */
const keepFitting = (
  { dimension, amount }: FitPart,
  state: State,
  { rows, count }: Candidates,
): number => {
  const { capacity, load } = columnsOf(state, dimension)
  let remaining = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    rows[remaining] = row
    if (capacity[row]! - load[row]! >= amount) remaining++
  }
  return remaining
}
