/**
 * Drops what nothing in a cluster uses any more, so that the cluster's tables do not grow without
 * end:
 * 1. classes (workloads as the scheduler sees them);
 * 2. words (interned names);
 * 3. masks (sets of nodes) and columns (a number per node).
 */
import * as E from 'fp-ts/lib/Either.js'
import { freeRetired, retireClass } from '../cluster/classes.js'
import { draftState, indexerOf, undoOf, writable, type Draft } from '../cluster/draft.js'
import { dropText } from '../cluster/table.js'
import type { TableIds } from './table-ids.js'
import { idSetsOf, unsymbolsOf, unusedOf, useOf, type IdSets } from './uses.js'
import type { Fault } from '../rule/fault.js'

/**
 * Drops classes, words, masks and columns that nothing uses, and returns their ids. A class is used
 * by its replicas, a word by classes and nodes, a mask and a column by classes. What is named
 * together goes together, so a word may be named with the last class that says it. The memory is
 * freed and the ids are never given again. An id that names nothing is a fault (`UnknownClass`,
 * `UnknownWord`, …), and one in use is `InUse` with one of its users; then nothing is dropped. With
 * `keep`, ids in use stay and all others go.
 *
 * The kernel does not know what a caller keeps: an id, or a reason that stands for a word. In a
 * trial the memory of classes is freed when the outermost trial ends. One call looks at each
 * replica, class and node once, so name all that goes in one call.
 */
export const forget = (
  draft: Draft,
  ids: Partial<TableIds>,
  whereInUse: 'refuse' | 'keep' = 'refuse',
): E.Either<Fault, Partial<TableIds>> => {
  const state = draftState(draft)
  const fault = unsymbolsOf(state, ids)
  if (fault !== undefined) return E.left(fault)
  const use = whereInUse === 'refuse' ? useOf(state, idSetsOf(ids)) : undefined
  if (use !== undefined) return E.left(use)
  const unused = whereInUse === 'keep' ? unusedOf(state, ids) : ids
  const sets = idSetsOf(unused)
  dropClasses(draft, sets)
  dropTexts(draft, sets)
  return E.right(unused)
}

const dropClasses = (draft: Draft, { classes: rows }: IdSets): void => {
  if (rows.size === 0) return
  indexerOf(draft)?.forgetClasses(draft, rows)
  const classes = writable(draft, 'classes')
  for (const row of rows) retireClass(classes, row)
  if (undoOf(draft) === undefined) freeRetired(classes)
}

const dropTexts = (draft: Draft, { words, masks, columns }: IdSets): void => {
  if (words.size > 0) {
    const table = writable(draft, 'words')
    for (const word of words) dropText(table, word)
  }
  if (masks.size + columns.size === 0) return
  const inputs = writable(draft, 'inputs')
  for (const mask of masks) {
    dropText(inputs.masks, mask)
    inputs.members.delete(mask)
  }
  for (const column of columns) {
    dropText(inputs.columns, column)
    inputs.numbers.delete(column)
  }
}
