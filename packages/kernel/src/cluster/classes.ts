/**
 * The classes, each defined once: two that say the same are one. `masks` is derived and cached: for
 * a match, by class, which phases of its replicas match, a bit each in the order of `phases`.
 */
import type { ClassSpec } from '../rule/class.js'
import type { WordId } from '../rule/id.js'
import type { Match, Phase } from '../rule/match.js'
import { phases } from './replicas.js'

export interface Classes {
  readonly classes: ClassSpec[]
  readonly ids: Map<string, number>
  readonly phaseMasks: WeakMap<Match, number[]>
}

export const emptyClasses = (): Classes => ({
  classes: [],
  ids: new Map(),
  phaseMasks: new WeakMap(),
})

export const copyClasses = (classes: Classes): Classes => ({
  classes: classes.classes.slice(),
  ids: new Map(classes.ids),
  phaseMasks: new WeakMap(),
})

/** The class's row: the one that it had, when the same was defined before. */
export const addClass = (classes: Classes, classSpec: ClassSpec): number => {
  const key = JSON.stringify(classSpec)
  const known = classes.ids.get(key)
  if (known !== undefined) return known
  const row = classes.classes.length
  classes.classes.push(classSpec)
  classes.ids.set(key, row)
  return row
}

/** Whether a replica with these facts, in this phase, is counted. */
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

/** The phases that match, by class. */
export const phaseMasksOf = (classes: Classes, match: Match): readonly number[] => {
  let masks = classes.phaseMasks.get(match)
  if (masks === undefined) classes.phaseMasks.set(match, (masks = []))
  for (let row = masks.length; row < classes.classes.length; row++)
    masks.push(phaseMaskOf(match, classes.classes[row]!))
  return masks
}
