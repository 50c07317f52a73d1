/**
 * *Counts*: the sum of the tallies of the node's domains, by weight. All nodes are counted, feasible or not.
 */
import type { Amounts } from '../cluster/column.js'
import type { Parts } from '../cluster/parts.js'
import { rankedRows } from '../cluster/roster.js'
import type { Candidates } from '../judge/candidates.js'
import { counting } from '../judge/count.js'
import type { Word } from '../rule/id.js'
import type { Raw } from '../rule/score.js'
import type { Tally } from '../rule/tally.js'

type Counts = Extract<Raw, { readonly _tag: 'Counts' }>

export const scoreCounts = (
  raw: Counts,
  parts: Parts,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  out.fill(0, 0, count)
  for (const [tally, weight] of raw.terms) {
    const domainCount = domainCounting(parts, tally)
    for (let i = 0; i < count; i++) out[i]! += weight * domainCount(rows[i]!)
  }
}

const domainCounting = (parts: Parts, tally: Tally): ((row: number) => number) => {
  const onNode = counting(parts, tally)
  const { domain, absent } = tally
  if (domain === 'node') return onNode
  const valueOf = (row: number): Word | undefined => parts.roster.attributes[row]!.get(domain)
  const sums = new Map<Word | undefined, number>()
  for (const row of rankedRows(parts.roster))
    sums.set(valueOf(row), (sums.get(valueOf(row)) ?? 0) + onNode(row))
  return (row) => {
    const value = valueOf(row)
    if (value === undefined && absent !== 'shared') return absent === 'own' ? onNode(row) : 0
    return sums.get(value)!
  }
}
