/**
 * Reads the columns (a number per node) of a cluster, although the kernel has no function for this:
 * for each column it defines a class (a workload as the scheduler sees it) whose only score is that
 * number, and reads the scores from the kernel's `explain`.
 */
import {
  getOrThrow,
  findClass,
  internColumn,
  columnName,
  define,
  explain,
  pluginId,
  tableIds,
  type ClassSpec,
  type ClassId,
  type ColumnId,
  type Draft,
  type NodeId,
  type View,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

const probeOf = (of: ColumnId): ClassSpec => ({
  facts: [],
  occupies: [],
  filters: [],
  choice: {
    _tag: 'Sum',
    scores: [
      { plugin: pluginId(0), raw: { _tag: 'Column', column: of }, normaliser: 'none', weight: 1 },
    ],
    tie: 'rank',
  },
  priority: 0,
})

/** Interns a column and defines its probe. */
export const internProbedColumn = (draft: Draft, name: string): ColumnId => {
  const of = internColumn(draft, name)
  getOrThrow(define(draft, probeOf(of)))
  return of
}

/** The numbers of all nodes, for each column that has a probe. */
export const columnValues = (
  view: View,
): readonly (readonly [name: string, numbers: ReadonlyMap<NodeId, number>])[] => {
  const found: (readonly [string, ReadonlyMap<NodeId, number>])[] = []
  for (const id of tableIds(view).classes) {
    const of = columnOfProbe(view, id)
    const name = of === undefined ? O.none : columnName(view, of)
    if (O.isNone(name)) continue
    const { nodes } = explain(view, { class: id })
    found.push([name.value, new Map(nodes.map(({ node, scores }) => [node, scores[0]!.raw ?? 0]))])
  }
  return found
}

/** Whether the class is the probe of a column. */
export const isProbe = (view: View, id: ClassId): boolean => columnOfProbe(view, id) !== undefined

const columnOfProbe = (view: View, id: ClassId): ColumnId | undefined => {
  const classSpec = findClass(view, id)
  return O.isNone(classSpec) ? undefined : probedColumn(classSpec.value)
}

const probedColumn = (classSpec: ClassSpec): ColumnId | undefined => {
  if (classSpec.choice._tag === 'Chain') return undefined
  const raw = classSpec.choice.scores[0]?.raw
  return raw?._tag === 'Column' && JSON.stringify(classSpec) === JSON.stringify(probeOf(raw.column))
    ? raw.column
    : undefined
}
