/**
 * Assigns each node a number such that the numbers sort like the names of the nodes (order
 * maintenance). The numbers have gaps, so that a node that joins gets a number between two others
 * while the others keep theirs.
 */
import type { Amounts } from '../../cluster/column.js'
import { rankOfName } from '../../cluster/ranking.js'
import { rankedRows, type Roster } from '../../cluster/roster.js'

/** By row; what a row without a node has means nothing. */
export type NodeLabels = Amounts

/** The distance of two labels at first. */
const labelDistance = 4_294_967_296

/** How far after the label before it a new one is at most, as the next name often follows. */
const labelStep = 1_048_576

/** Labels for all nodes, with room for so many rows. */
export const openNodeLabels = (roster: Roster, rowsMax: number): NodeLabels => {
  const labels = new Float64Array(rowsMax)
  for (const [rank, row] of rankedRows(roster).entries()) labels[row] = (rank + 1) * labelDistance
  return labels
}

/** Labels the nodes in these rows anew. False where there is no number between two labels. */
export const labelRows = (
  labels: NodeLabels,
  rows: ReadonlySet<number>,
  roster: Roster,
): boolean => {
  const ranked = rankedRows(roster)
  const nameOf = (row: number): string => roster.specs[row]!.name
  const ranks = [...rows]
    .filter((row) => roster.specs[row] !== undefined)
    .map((row) => rankOfName(ranked, nameOf, nameOf(row)))
    .sort((a, b) => a - b)
  for (const rank of ranks) {
    let next = rank + 1
    while (next < ranked.length && rows.has(ranked[next]!)) next++
    const before = rank === 0 ? 0 : labels[ranked[rank - 1]!]!
    const after = next < ranked.length ? labels[ranked[next]!]! : before + 2 * labelDistance
    const label =
      before + Math.min((after - before) / 2, next < ranked.length ? labelStep : labelDistance)
    if (label <= before || label >= after) return false
    labels[ranked[rank]!] = label
  }
  return true
}
