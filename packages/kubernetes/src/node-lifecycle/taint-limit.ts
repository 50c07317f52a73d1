/**
 * Limits how fast the lost nodes of a zone are tainted, by a token bucket that holds one token. Its
 * rate is 0.1 nodes per second. If the zone is partially disrupted, it is 0.01 in a zone of more
 * than 50 nodes, and 0 in a smaller zone.
 *
 * Source: Kubernetes documentation, "Nodes" (rate limits on eviction), and the defaults of
 * kube-controller-manager 1.37.
 */
import { instant, later, type Instant } from '@stowage/kernel'
import type { ZoneState } from './zone-state.js'

/** A token bucket; `rate` is in nodes per second. */
export interface TaintLimit {
  readonly rate: number
  /** From when the token is there; absent when none ever comes, with the rate 0. */
  readonly tokenAt?: Instant
}

/** Nodes per second, and those of a large zone in which many nodes are lost. */
const usualRate = 0.1
const slowRate = 0.01

/** A zone of more nodes is large. In a smaller one with many lost nodes, no further is tainted. */
const smallMax = 50

/** The limit of a zone in which nothing was tainted yet. */
export const fullLimit: TaintLimit = { rate: usualRate, tokenAt: instant(0) }

/** The rate in a zone of so many nodes. */
export const taintRate = (state: ZoneState, nodes: number): number =>
  state !== 'PartialDisruption' ? usualRate : nodes > smallMax ? slowRate : 0

/** The limit with another rate: without a token now, the next one comes at the new rate. */
export const withRate = (limit: TaintLimit, rate: number, now: Instant): TaintLimit => {
  if (limit.rate === rate) return limit
  if (rate === 0) return { rate }
  return isOpen(limit, now) ? { rate, tokenAt: now } : limitAfterTaint({ rate }, now)
}

/** Whether a node may be tainted now. */
export const isOpen = ({ tokenAt }: TaintLimit, now: Instant): boolean =>
  tokenAt !== undefined && tokenAt <= now

/** The limit after a node was tainted. */
export const limitAfterTaint = ({ rate }: Pick<TaintLimit, 'rate'>, now: Instant): TaintLimit => ({
  rate,
  tokenAt: later(now, Math.round(1000 / rate)),
})
