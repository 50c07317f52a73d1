/**
 * Where the nodes of each kind stand in its tournament, the same for all classes that have these
 * kinds: the leaves are the nodes in the order of rank, filled up to a multiple of eight, and each
 * level stands after the one below it and has the best of each eight of that, filled up in the same
 * way.
 */
import type { Integers } from '../cluster/column.js'
import { out, type Kinds } from './kinds.js'

export interface Layout {
  /** By row; `out` for a node that never takes a replica. */
  readonly kinds: Integers
  readonly leaves: Integers
  /** By leaf, and place above one: the row; `out` where there is no node. */
  readonly rows: Integers
  /** By kind: its first leaf, and how many nodes are of it. */
  readonly starts: Integers
  readonly sizes: Integers
}

export const layOut = ({ of, positions, members }: Kinds): Layout => {
  const sizes = Int32Array.from(members, ({ length }) => length)
  const starts = new Int32Array(sizes.length)
  let places = 0
  for (const [kind, size] of sizes.entries()) {
    starts[kind] = places
    places += placesOf(size)
  }
  const leaves = of.map((kind, row) => (kind === out ? out : starts[kind]! + positions[row]!))
  const rows = new Int32Array(places).fill(out)
  for (const [row, leaf] of leaves.entries()) if (leaf !== out) rows[leaf] = row
  return { kinds: of, leaves, rows, starts, sizes }
}

/** How many places a tournament of so many nodes has. */
const placesOf = (nodes: number): number => {
  const size = eights(nodes)
  return size <= 8 ? size : size + placesOf(size >> 3)
}

/** The next multiple of eight. */
export const eights = (size: number): number => (size + 7) & ~7
