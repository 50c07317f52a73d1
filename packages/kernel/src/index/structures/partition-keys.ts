/**
 * Determines which of two partitions (nodes in the same domains, such as zones, with equal fixed
 * scores) is better, by a list of sort keys: a later key decides only when all earlier keys are
 * equal. A key is a value that all nodes of a partition share: a fixed score, or a count of
 * replicas in a domain.
 */
import type { RawScore } from '../../rule/raw.js'
import type { ChainKey } from '../../rule/score.js'
import type { Tally } from '../../rule/expr.js'
import { ignoredScore } from '../../score/ignored.js'
import type { LiveCounts } from './live-counts.js'
import type { Partitions } from './partitions.js'

/** The value of a partition by one key: a higher one is better, an ignored score the worst. */
export type PartitionKey = (partition: number) => number

/** Where the index keeps what the keys read. */
interface KeySource {
  readonly partitions: Partitions
  readonly counts: ReadonlyMap<Tally, LiveCounts>
  /** The static scores of the class, in the order of `partitions.scores`. */
  readonly staticScores: readonly RawScore[]
}

/**
 * The key of a chain. It must not read a load. The values are those of the folder `score`, but are
 * read from the index without a list of candidates; a property test compares the decisions.
 */
export const partitionKeyOf = (
  { raw, prefer }: ChainKey,
  { partitions: { scores, samples }, counts, staticScores }: KeySource,
): PartitionKey => {
  const sign = prefer === 'most' ? 1 : -1
  if (raw._tag !== 'Counts') {
    const byPartition = scores[staticScores.indexOf(raw)]!
    return (partition) => sign * byPartition[partition]!
  }
  const terms = raw.terms.map(([tally, weight]) => ({
    counts: counts.get(tally)!,
    weight,
    outside: tally.absent === 'refuse' ? ignoredScore : 0,
  }))
  return (partition) => {
    let sum = 0
    for (let i = 0; i < terms.length; i++) {
      const { counts, weight, outside } = terms[i]!
      const count = counts.countAt(samples[partition]!)
      sum += count === undefined ? outside : weight * count
    }
    return Number.isNaN(sum) ? -Infinity : sign * sum
  }
}

/** Above 0 when the first partition is better by these keys, 0 when they are equal. */
export const comparePartitions = (
  keys: readonly PartitionKey[],
  one: number,
  other: number,
): number => {
  for (let i = 0; i < keys.length; i++) {
    const a = keys[i]!(one)
    const b = keys[i]!(other)
    if (a !== b) return a > b ? 1 : -1
  }
  return 0
}
