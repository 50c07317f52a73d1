/**
 * Defines how a score marks a node that it ignores: by NaN. A sum with NaN stays NaN, and
 * comparisons with NaN are false, so normalisers skip an ignored node without a test.
 */
import type { RawScore } from '../rule/raw.js'

/** The raw score of an ignored node. */
export const ignoredScore = NaN

/** True for the raw score of an ignored node. */
export const isIgnored = (score: number): boolean => Number.isNaN(score)

/** True when a raw score may ignore some node. */
export const canIgnore = (raw: RawScore): boolean =>
  (raw._tag === 'Counts' || raw._tag === 'Spread') &&
  raw.terms.some(([tally]) => tally.absent === 'refuse')
