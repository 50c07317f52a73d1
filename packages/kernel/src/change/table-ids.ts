/**
 * Lists the ids of all classes (workloads as the scheduler sees them), words (interned names),
 * masks (sets of nodes) and columns (a number per node) of a cluster. A caller picks from the list
 * the ids that `forget` is to drop.
 */
import type { ClassId, ColumnId, MaskId, WordId } from '../rule/id.js'
import { rowsOfClasses } from '../cluster/classes.js'
import { stateOf, type View } from '../cluster/cluster.js'
import { classIdOf } from '../cluster/read.js'

/** Ids by table, as `tableIds` lists them and `forget` takes them. */
export interface TableIds {
  readonly classes: readonly ClassId[]
  readonly words: readonly WordId[]
  readonly masks: readonly MaskId[]
  readonly columns: readonly ColumnId[]
}

/**
 * The ids of all classes, words, masks and columns: texts in the order in which they were interned,
 * classes in the order of their rows.
 */
export const tableIds = (view: View): TableIds => {
  const state = stateOf(view)
  const { classes, words, inputs } = state
  return {
    classes: rowsOfClasses(classes).map((row) => classIdOf(state, row)),
    words: [...words.texts.keys()] as WordId[],
    masks: [...inputs.masks.texts.keys()] as MaskId[],
    columns: [...inputs.columns.texts.keys()] as ColumnId[],
  }
}
