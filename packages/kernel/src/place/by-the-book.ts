/**
 * One decision, plainly: look at every node, drop what a filter refuses, score the rest, take the best. This is the specification;
 * whatever is faster must equal it.
 */
import { partsOf, type View } from '../cluster/cluster.js'
import type { Parts } from '../cluster/parts.js'
import { rowsOf } from '../cluster/read.js'
import { idOf } from '../cluster/generation.js'
import { nextRow } from '../cluster/replicas.js'
import { rankedRows } from '../cluster/roster.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import type { Class } from '../rule/class.js'
import type { NodeId } from '../rule/id.js'
import { bestOf, pick } from '../score/best.js'
import { scoreAll } from '../score/score.js'

/** The nodes that are looked at, in the order of rank: all, or those that the request names. */
export const lookedAt = (parts: Parts, only: readonly NodeId[] | undefined): Candidates => {
  const ranked = rankedRows(parts.roster)
  if (only === undefined) return { rows: ranked.slice(), count: ranked.length }
  const named = new Set(rowsOf(parts, only))
  const rows = ranked.filter((row) => named.has(row))
  return { rows, count: rows.length }
}

/** The id that the next replica will have, which seeded ties hash. */
export const nextReplica = (parts: Parts): number => {
  const row = nextRow(parts.replicas)
  return idOf(row, parts.replicas.generation[row] ?? 0)
}

/** The row of the node for the next replica of a class, or nothing. */
export const decide = (
  view: View,
  described: Class,
  only: readonly NodeId[] | undefined,
): number | undefined => {
  const parts = partsOf(view)
  const candidates = lookedAt(parts, only)
  for (const filter of described.filters) {
    if (candidates.count === 0) return undefined
    narrow(filter, parts, candidates)
  }
  if (candidates.count <= 1) return candidates.count === 1 ? candidates.rows[0]! : undefined
  return candidates.rows[chosen(described, parts, candidates)]!
}

const chosen = (described: Class, parts: Parts, candidates: Candidates): number => {
  const { deciding } = scoreAll(described.choice, parts, candidates)
  const best = bestOf(
    deciding,
    Array.from({ length: candidates.count }, (_, i) => i),
  )
  return pick(described.choice.tie, best, nextReplica(parts))
}
