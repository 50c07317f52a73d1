/**
 * The nodes of one class that take a replica now, where the loop looks at them: those of a kind in
 * a tournament of their own, which catches up with what changes, and of which the best is found at
 * once.
 */
import { nodeOf, type Changes } from '../cluster/changes.js'
import type { Candidates } from '../judge/candidates.js'
import type { Asked } from './asked.js'
import { out } from './kinds.js'
import type { Layout } from './layout.js'
import { firsts, look, openRun, rowsAtOnce, type Run } from './loop.js'
import type { Holdings } from './holdings.js'

export interface Forest extends Run {
  /** The first change that it has not seen. */
  seen: number
}

export const openForest = (
  holdings: Holdings,
  layout: Layout,
  asked: Asked,
  seen: number,
): Forest => {
  const forest = { ...openRun(holdings, layout, asked), seen }
  const { rows } = forest
  let told = 0
  for (const row of layout.rows) {
    if (row === out) continue
    rows[told++] = row
    if (told < rowsAtOnce) continue
    look(forest, told)
    told = 0
  }
  look(forest, told)
  return forest
}

/**
 * Sees what has changed: each row where it changed last, but for those that were a node's in a
 * trial alone.
 */
export const catchUpForest = (forest: Forest, changes: Changes): void => {
  const {
    holdings: { last },
    layout: { leaves },
    rows,
  } = forest
  const { count } = changes
  while (forest.seen < count) {
    const end = Math.min(forest.seen + rowsAtOnce, count)
    let told = 0
    for (let number = forest.seen; number < end; number++) {
      const row = nodeOf(changes, number)
      rows[told] = row
      if (row < last.length && last[row] === (number | 0) && leaves[row] !== out) told++
    }
    look(forest, told)
    forest.seen = end
  }
}

/** The rows of the best of each kind, in no order. */
export const firstOfForest = (forest: Forest): Candidates => ({
  count: firsts(forest),
  rows: forest.rows,
})

/** How many nodes of its kind take a replica, as the one in this row does. */
export const likeIn = ({ counts, layout }: Forest, row: number): number =>
  counts[layout.kinds[row]!]!
