/**
 * Checks whether a cluster still uses the ids that `forget` is asked to drop:
 * 1. `useOf` returns the first use found, so that `forget` can refuse the call.
 * 2. `unusedOf` returns the ids that nothing uses, so that `forget` can drop them and keep the
 *    rest.
 */
import { checkClass } from '../check/check.js'
import type { Names, Symbols } from '../check/shape.js'
import type { Fault } from '../rule/fault.js'
import type { ClassId, ColumnId, MaskId, ReplicaId, WordId } from '../rule/id.js'
import { classWith } from '../cluster/classes.js'
import { idOf, rowOf } from '../cluster/generation.js'
import { symbolsOf, type State } from '../cluster/state.js'
import { classIdOf, nodeIdOf } from '../cluster/read.js'
import { classAt, findReplica, generationAt } from '../cluster/replicas.js'
import type { TableIds } from './table-ids.js'

/** What is to be forgotten. Classes are rows. */
export interface IdSets {
  readonly classes: ReadonlySet<number>
  readonly words: ReadonlySet<WordId>
  readonly masks: ReadonlySet<MaskId>
  readonly columns: ReadonlySet<ColumnId>
}

/** The rows of the classes, and all ids once. They must be known. */
export const idSetsOf = (ids: Partial<TableIds>): IdSets => ({
  classes: new Set((ids.classes ?? []).map(rowOf)),
  words: new Set(ids.words),
  masks: new Set(ids.masks),
  columns: new Set(ids.columns),
})

/** The first id that names nothing, or that outlived what it named. */
export const unsymbolsOf = (
  { classes, words, inputs }: State,
  ids: Partial<TableIds>,
): Fault | undefined => {
  for (const id of ids.classes ?? [])
    if (classWith(classes, id) === undefined) return { _tag: 'UnknownClass', class: id }
  for (const id of ids.words ?? [])
    if (!words.texts.has(id)) return { _tag: 'UnknownWord', word: id }
  for (const id of ids.masks ?? [])
    if (!inputs.masks.texts.has(id)) return { _tag: 'UnknownMask', mask: id }
  for (const id of ids.columns ?? [])
    if (!inputs.columns.texts.has(id)) return { _tag: 'UnknownColumn', column: id }
  return undefined
}

/**
 * The first use of any of it by what stays. One pass over the replicas where classes go, one over
 * the classes where anything else goes, and one over the nodes where words go.
 */
export const useOf = (state: State, sets: IdSets): Fault | undefined =>
  replicaOf(state, sets) ?? classNaming(state, sets) ?? nodeNaming(state, sets)

const replicaOf = (state: State, { classes }: IdSets): Fault | undefined => {
  const { replicas } = state
  const row = classes.size === 0 ? undefined : findReplica(replicas, (one) => classes.has(one))
  if (row === undefined) return undefined
  return {
    _tag: 'InUse',
    class: classIdOf(state, classAt(replicas, row)),
    by: { replica: idOf(row, generationAt(replicas, row)) as ReplicaId },
  }
}

/**
 * Finds the ids that a class uses by running `checkClass` with watched lookups, because only
 * `checkClass` knows which fields of a class hold ids.
 */
const classNaming = (state: State, sets: IdSets): Fault | undefined => {
  const { classes, words, masks, columns } = sets
  if (words.size + masks.size + columns.size === 0) return undefined
  let found: { word: WordId } | { mask: MaskId } | { column: ColumnId } | undefined
  const all = symbolsOf(state)
  const without = <Id extends number>(
    names: Names,
    gone: ReadonlySet<Id>,
    named: (id: Id) => typeof found,
  ): Names => ({
    get: (id) => names.get(id),
    has: (id) => {
      if (gone.has(id as Id)) found = named(id as Id)
      return names.has(id) && !gone.has(id as Id)
    },
  })
  const left: Symbols = {
    words: without(all.words, words, (word) => ({ word })),
    dimensions: all.dimensions,
    masks: without(all.masks, masks, (mask) => ({ mask })),
    columns: without(all.columns, columns, (column) => ({ column })),
  }
  for (const row of rowsThatMayName(state, sets)) {
    const wrong = classes.has(row) ? undefined : checkClass(state.classes.classes[row], left)
    if (wrong !== undefined && found !== undefined)
      return { _tag: 'InUse', ...found, by: { class: classIdOf(state, row) }, at: wrong.at }
  }
  return undefined
}

/** The ids among these that nothing uses but what is unused among them. */
export const unusedOf = (state: State, ids: Partial<TableIds>): Partial<TableIds> => {
  const { classes = [], words = [], masks = [], columns = [] } = ids
  const rows = rowsInUse(state, classes)
  const unused = classes.filter((id) => !rows.has(rowOf(id)))
  const sets = idSetsOf({ ...ids, classes: unused })
  const used = namesInUse(state, sets)
  return {
    classes: unused,
    words: words.filter((word) => !used.words.has(word)),
    masks: masks.filter((mask) => !used.masks.has(mask)),
    columns: columns.filter((column) => !used.columns.has(column)),
  }
}

/** The rows of those classes of which there is a replica. */
const rowsInUse = ({ replicas }: State, classes: readonly ClassId[]): ReadonlySet<number> => {
  const open = new Set(classes.map(rowOf))
  const used = new Set<number>()
  findReplica(replicas, (row) => {
    if (open.has(row)) used.add(row)
    return used.size === open.size
  })
  return used
}

/** The names that classes outside of the sets, or nodes, have looked up or said. */
const namesInUse = (state: State, sets: IdSets) => {
  const used = { words: new Set<number>(), masks: new Set<number>(), columns: new Set<number>() }
  const all = symbolsOf(state)
  const watched = (names: Names, lookups: Set<number>): Names => ({
    get: (id) => names.get(id),
    has: (id) => {
      lookups.add(id)
      return names.has(id)
    },
  })
  const watching: Symbols = {
    words: watched(all.words, used.words),
    dimensions: all.dimensions,
    masks: watched(all.masks, used.masks),
    columns: watched(all.columns, used.columns),
  }
  for (const row of rowsThatMayName(state, sets))
    if (!sets.classes.has(row)) checkClass(state.classes.classes[row], watching)
  findNodeWord(state, (word) => {
    used.words.add(word)
    return false
  })
  return used
}

/**
 * The rows of classes whose JSON has the digits of one of the ids, rising: a look that is a hundred
 * times as fast as the check, which then tells a word from any other number.
 */
const rowsThatMayName = (
  { classes }: State,
  { words, masks, columns }: IdSets,
): readonly number[] => {
  const digits = [...words, ...masks, ...columns].map(String)
  return [...classes.ids]
    .filter(([key]) => digits.some((one) => key.includes(one)))
    .map(([, row]) => row)
    .sort((a, b) => a - b)
}

const nodeNaming = (state: State, { words }: IdSets): Fault | undefined => {
  const found = words.size === 0 ? undefined : findNodeWord(state, (word) => words.has(word))
  return found && { _tag: 'InUse', word: found.word, by: { node: nodeIdOf(state, found.row) } }
}

/** The first word that passes, of all that attributes and marks of nodes say, with its node. */
const findNodeWord = (
  { roster: { specs, attributes, marks } }: State,
  passes: (word: WordId) => boolean,
): { readonly word: WordId; readonly row: number } | undefined => {
  for (let row = 0; row < specs.length; row++)
    for (const described of [attributes[row]!, ...marks[row]!])
      for (const pair of described) for (const word of pair) if (passes(word)) return { word, row }
  return undefined
}
