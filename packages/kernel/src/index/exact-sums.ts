/**
 * Checks whether a weighted sum of scores is the same in every order of summation. This holds when
 * all terms are small integers. When it does not hold, no index (a structure that finds the best
 * node fast) is built, because an index and a scan of all nodes might differ in the last bit.
 */
import type { State } from '../cluster/state.js'
import type { RawScore } from '../rule/raw.js'
import type { Choice } from '../rule/score.js'
import type { ValueTerm } from './structures/groups.js'

/** Whether all sums of the choice are exact. A chain or a single score has no sum. */
export const isExact = (choice: Choice, state: State): boolean =>
  choice._tag === 'Chain' ||
  choice.scores.length <= 1 ||
  choice.scores.every(({ raw, weight }) => Number.isInteger(weight) && isInteger(raw, state))

const isInteger = (raw: RawScore, state: State): boolean => {
  switch (raw._tag) {
    case 'Static':
      return [...raw.cases, ...raw.marks].every(([, number]) => Number.isInteger(number))
    case 'Counts':
      return raw.terms.every(([, weight]) => Number.isInteger(weight))
    case 'Column':
      return [...state.inputs.numbers.get(raw.column)!.values()].every(Number.isInteger)
    case 'Load':
      return raw.curve !== 'remaining'
    case 'Spread':
      return true
  }
}

/** The largest absolute value of a term; Infinity when it may be no integer. */
export const termMax = ({ raw, factor }: ValueTerm): number => {
  if (raw._tag !== 'Load' || raw.curve === 'remaining' || !Number.isInteger(factor)) return Infinity
  const scores = raw.curve === 'points' ? raw.points.map(([, score]) => score) : [100]
  return (
    Math.abs(factor) * Math.ceil(scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0))
  )
}
