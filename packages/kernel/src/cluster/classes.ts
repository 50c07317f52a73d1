/**
 * The classes of a cluster, each stored once: equal descriptions share a row.
 */
import type { ClassSpec } from '../rule/class.js'
import type { WordId } from '../rule/id.js'
import type { Match, Phase } from '../rule/match.js'
import { phases } from './replicas.js'

/**
 * `masks` is a cache: for a match, by class, a bit per phase (in the order of `phases`) in
 * which the class's replicas match.
 */
export interface Classes {
  readonly classes: ClassSpec[]
  readonly ids: Map<string, number>
  readonly masks: WeakMap<Match, number[]>
}

/** No classes. */
export const emptyClasses = (): Classes => ({
  classes: [],
  ids: new Map(),
  masks: new WeakMap(),
})

/** A copy that can be written to; the cache starts empty. */
export const copyClasses = (classes: Classes): Classes => ({
  classes: classes.classes.slice(),
  ids: new Map(classes.ids),
  masks: new WeakMap(),
})

/**
 * The row of a class; an equal description that is known keeps its row. Equal means equal as JSON.
 */
export const addClass = (classes: Classes, classSpec: ClassSpec): number => {
  const key = JSON.stringify(classSpec)
  const known = classes.ids.get(key)
  if (known !== undefined) return known
  const row = classes.classes.length
  classes.classes.push(classSpec)
  classes.ids.set(key, row)
  return row
}

/** True when a replica with these facts, in this phase, satisfies the match. */
export const matches = (match: Match, facts: ReadonlySet<WordId>, phase: Phase): boolean => {
  switch (match._tag) {
    case 'Fact':
      return facts.has(match.word)
    case 'Phase':
      return match.phase === phase
    case 'Every':
      return match.of.every((part) => matches(part, facts, phase))
    case 'Some':
      return match.of.some((part) => matches(part, facts, phase))
    case 'None':
      return !matches(match.of, facts, phase)
  }
}

const phaseMaskOf = (match: Match, classSpec: ClassSpec): number => {
  const facts = new Set(classSpec.facts)
  return phases.reduce(
    (mask, phase, bit) => mask | (matches(match, facts, phase) ? 1 << bit : 0),
    0,
  )
}

/**
 * By class row, the phases in which a replica matches, a bit each. Computed once per match and
 * class.
 */
export const phaseMasksOf = (classes: Classes, match: Match): readonly number[] => {
  let masks = classes.masks.get(match)
  if (masks === undefined) classes.masks.set(match, (masks = []))
  for (let row = masks.length; row < classes.classes.length; row++)
    masks.push(phaseMaskOf(match, classes.classes[row]!))
  return masks
}
