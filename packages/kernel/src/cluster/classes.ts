/**
 * Stores the classes (workloads as the scheduler sees them) of a cluster; equal classes share one
 * row. Also caches, for each condition on replicas (such as "running, with the fact `web`"), in
 * which phases the replicas of a class satisfy it.
 */
import type { ClassSpec } from '../rule/class.js'
import type { ClassId, WordId } from '../rule/id.js'
import type { Match } from '../rule/match.js'
import { generationOf, rowOf } from './generation.js'
import { phases } from './replicas.js'

/**
 * `masks` is a cache: for a match, by class, a bit per phase (in the order of `phases`) in
 * which the class's replicas match.
 */
export interface Classes {
  /** By row; undefined in a free row. */
  readonly classes: (ClassSpec | undefined)[]
  readonly generations: number[]
  /** The free list; its last row is reused first. */
  readonly free: number[]
  /**
   * Rows of classes that were forgotten in an open trial. Their specs stay until the outermost
   * trial ends, as a rollback restores their replicas and `removal` counts them.
   */
  readonly retired: number[]
  /** Rows by `classKey`, of the classes that were not forgotten. */
  readonly ids: Map<string, number>
  masks: WeakMap<Match, number[]>
}

/** No classes. */
export const emptyClasses = (): Classes => ({
  classes: [],
  generations: [],
  free: [],
  retired: [],
  ids: new Map(),
  masks: new WeakMap(),
})

/** A copy that can be written to; the cache starts empty. */
export const copyClasses = (classes: Classes): Classes => ({
  classes: classes.classes.slice(),
  generations: classes.generations.slice(),
  free: classes.free.slice(),
  retired: classes.retired.slice(),
  ids: new Map(classes.ids),
  masks: new WeakMap(),
})

/** Equal for equal descriptions: the JSON. */
export const classKey = (classSpec: ClassSpec): string => JSON.stringify(classSpec)

/**
 * The row of a class; an equal description that is known keeps its row. Equal means equal as JSON.
 */
export const addClass = (classes: Classes, classSpec: ClassSpec): number => {
  const key = classKey(classSpec)
  const known = classes.ids.get(key)
  if (known !== undefined) return known
  const row = classes.free.pop() ?? classes.classes.length
  if (row === classes.classes.length) classes.generations.push(0)
  putClass(classes, row, classSpec, key)
  return row
}

/** Writes a class into a row that has none; the cache must not know the class before it. */
export const putClass = (
  classes: Classes,
  row: number,
  classSpec: ClassSpec,
  key: string,
): void => {
  if (row < classes.classes.length) classes.masks = new WeakMap()
  classes.classes[row] = classSpec
  classes.ids.set(key, row)
}

/** The rows of all classes that were not forgotten, rising. */
export const rowsOfClasses = ({ ids }: Classes): readonly number[] =>
  [...ids.values()].sort((a, b) => a - b)

/** From now on the class's id names nothing. Its row is not free yet. */
export const retireClass = (classes: Classes, row: number): void => {
  classes.ids.delete(classKey(classes.classes[row]!))
  classes.generations[row]!++
  classes.retired.push(row)
}

/** Frees the rows of the classes that were retired. */
export const freeRetired = ({ classes, free, retired }: Classes): void => {
  for (const row of retired) {
    classes[row] = undefined
    free.push(row)
  }
  retired.length = 0
}

/** The class of an id; undefined when the id was never given or its class was forgotten. */
export const classWith = (
  { classes, generations }: Classes,
  id: ClassId,
): ClassSpec | undefined => {
  if (!Number.isInteger(id)) return undefined
  const row = rowOf(id)
  return generations[row] === generationOf(id) ? classes[row] : undefined
}

/** The phases in which replicas of a class match, a bit each; none in a free row. */
export const phaseMaskOf = (match: Match, classSpec: ClassSpec | undefined): number =>
  classSpec === undefined ? 0 : maskOfFacts(match, factsOf(classSpec))

const anyPhase = (1 << phases.length) - 1

/** The phases in which a replica with these facts matches, a bit each. */
const maskOfFacts = (match: Match, facts: ReadonlySet<WordId>): number => {
  switch (match._tag) {
    case 'Fact':
      return facts.has(match.word) ? anyPhase : 0
    case 'Phase':
      return 1 << phases.indexOf(match.phase)
    case 'Every': {
      let mask = anyPhase
      for (let i = 0; i < match.of.length && mask !== 0; i++)
        mask &= maskOfFacts(match.of[i]!, facts)
      return mask
    }
    case 'Some': {
      let mask = 0
      for (let i = 0; i < match.of.length && mask !== anyPhase; i++)
        mask |= maskOfFacts(match.of[i]!, facts)
      return mask
    }
    case 'None':
      return anyPhase & ~maskOfFacts(match.of, facts)
  }
}

/** The facts of a class, which many matches ask about. */
const factsOf = (classSpec: ClassSpec): ReadonlySet<WordId> => {
  const known = factSets.get(classSpec)
  if (known !== undefined) return known
  const facts = new Set(classSpec.facts)
  factSets.set(classSpec, facts)
  return facts
}
const factSets = new WeakMap<ClassSpec, ReadonlySet<WordId>>()

/**
 * By class row, the phases in which a replica matches, a bit each. Computed once per match and
 * class.
 */
export const phaseMasksOf = (classes: Classes, match: Match): readonly number[] => {
  let masks = classes.masks.get(match)
  if (masks === undefined) classes.masks.set(match, (masks = []))
  for (let row = masks.length; row < classes.classes.length; row++)
    masks.push(phaseMaskOf(match, classes.classes[row]))
  return masks
}
