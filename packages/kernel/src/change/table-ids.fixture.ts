/** Splits the ids that `tableIds` lists, so that a test can call `forget` with one id at a time. */
import type { TableIds } from './table-ids.js'

/** One id at a time: classes, then words, masks and columns. */
export const eachId = ({
  classes,
  words,
  masks,
  columns,
}: TableIds): readonly Partial<TableIds>[] => [
  ...classes.map((id) => ({ classes: [id] })),
  ...words.map((id) => ({ words: [id] })),
  ...masks.map((id) => ({ masks: [id] })),
  ...columns.map((id) => ({ columns: [id] })),
]
