/** *Limit*: on the node, the replicas counted and the new one together are at most so many. */
import type { Parts } from '../cluster/parts.js'
import type { Limit } from '../rule/filter.js'
import { counting } from './count.js'

export const allowsLimit = (rule: Limit, parts: Parts): ((row: number) => boolean) => {
  const count = counting(parts, rule.tally)
  return (row) => count(row) + rule.self <= rule.most
}
