/**
 * Reading a column. The kernel tells what a column was given only by scoring: so every column of a recipe gets a class, its probe,
 * that every node passes and that is scored by nothing else.
 */
import {
  certain,
  classOf,
  column,
  columnName,
  define,
  explain,
  plugin,
  type Class,
  type ClassId,
  type Column,
  type Draft,
  type NodeId,
  type View,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

const probeOf = (of: Column): Class => ({
  facts: [],
  occupies: [],
  filters: [],
  choice: {
    _tag: 'Sum',
    scores: [
      { plugin: plugin(0), raw: { _tag: 'Given', column: of }, normaliser: 'none', weight: 1 },
    ],
    tie: 'rank',
  },
  priority: 0,
})

/** The column of a name, which has its probe. */
export const readableColumn = (draft: Draft, name: string): Column => {
  const of = column(draft, name)
  certain(define(draft, probeOf(of)))
  return of
}

/** By the name of each column that has a probe, the numbers of the nodes. */
export const columnsGiven = (
  view: View,
): readonly (readonly [name: string, numbers: ReadonlyMap<NodeId, number>])[] => {
  const found: (readonly [string, ReadonlyMap<NodeId, number>])[] = []
  for (let id = 0; ; id++) {
    const described = classOf(view, id as ClassId)
    if (O.isNone(described)) return found
    const of = columnProbed(described.value)
    const name = of === undefined ? O.none : columnName(view, of)
    if (O.isNone(name)) continue
    const { nodes } = explain(view, { class: id as ClassId })
    found.push([name.value, new Map(nodes.map(({ node, scores }) => [node, scores[0]!.raw ?? 0]))])
  }
}

const columnProbed = (described: Class): Column | undefined => {
  if (described.choice._tag === 'Chain') return undefined
  const raw = described.choice.scores[0]?.raw
  return raw?._tag === 'Given' && JSON.stringify(described) === JSON.stringify(probeOf(raw.column))
    ? raw.column
    : undefined
}
