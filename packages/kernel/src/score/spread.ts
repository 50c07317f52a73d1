/**
 * Computes the *spread* score: soft topology spreading over several kinds of domain, such as zone
 * and host. Adds up the replica counts of the node's domains, each weighted by the logarithm of the
 * number of domains of that kind.
 */
import type { Amounts } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import type { Candidates } from '../judge/candidates.js'
import { sharedCounters } from '../judge/count.js'
import { domainOf } from '../judge/domain-counts.js'
import { domainCounts } from '../judge/expr.js'
import type { SpreadScore } from '../rule/raw.js'
import type { Tally } from '../rule/expr.js'
import { ignoredScore, isIgnored } from './ignored.js'
import { logarithm } from './log.js'

/**
 * Writes the score of every candidate to `out`.
 *
 * Without the weights, zones would outweigh hosts, because a few zones hold many replicas each.
 * Only domains of feasible nodes enter the number of domains, so a node's score also depends on
 * which other nodes are feasible.
 */
export const scoreSpread = (
  { terms }: SpreadScore,
  state: State,
  candidates: Candidates,
  out: Amounts,
): void => {
  const { rows, count } = candidates
  out.fill(0, 0, count)
  for (const [tally] of terms) if (tally.absent === 'refuse') ignore(tally, state, candidates, out)
  const counterFor = terms.length > 1 ? sharedCounters() : undefined
  for (const [tally, skew] of terms) {
    const { countAt } = domainCounts(state, tally, counterFor)
    const weight = logarithm(domainsAmong(tally, state, candidates, out) + 2)
    for (let i = 0; i < count; i++) {
      const domainCount = countAt(rows[i]!)
      if (domainCount !== undefined) out[i]! += domainCount * weight + (skew - 1)
    }
  }
  for (let i = 0; i < count; i++) out[i] = 0 + Math.round(out[i]!)
}

/** Marks the candidates that are in no domain of the tally. */
const ignore = (tally: Tally, state: State, { rows, count }: Candidates, out: Amounts): void => {
  const domainAt = domainOf(state, tally)
  for (let i = 0; i < count; i++) if (domainAt(rows[i]!) === undefined) out[i] = ignoredScore
}

/**
 * How many domains the candidates are in that are not ignored; those in no domain add one together.
 */
const domainsAmong = (
  tally: Tally,
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): number => {
  const domainAt = domainOf(state, tally)
  const found = new Set<number | undefined>()
  const isPerNode = state.index?.isPerNode(tally) === true
  let [among, alone] = [0, 0]
  for (let i = 0; i < count; i++) {
    if (isIgnored(out[i]!)) continue
    const like = state.index?.nodesLike(rows[i]!) ?? 1
    const domain = domainAt(rows[i]!)
    among += like
    if (isPerNode && domain !== undefined) alone += like
    else found.add(domain)
  }
  return tally.domain === 'node' ? among : alone + found.size
}
