/**
 * Nodes that a score ignores: in a raw column their number is none. What it is added to is none
 * either, and it compares with nothing, so that a normaliser passes it over by itself.
 */
import type { RawScore } from '../rule/raw.js'

export const ignored = NaN

export const isIgnored = (score: number): boolean => Number.isNaN(score)

/** Whether a raw score can ignore a node at all. */
export const canIgnore = (raw: RawScore): boolean =>
  (raw._tag === 'Counts' || raw._tag === 'Spread') &&
  raw.terms.some(([tally]) => tally.absent === 'refuse')
