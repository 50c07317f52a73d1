/**
 * Defines the latencies of the simulated cluster (how long it takes to carry out a command) and the
 * rates of faults, such as lost commands and dying nodes. All times are whole milliseconds.
 */
import type { WholeRange } from '../chance/chance.js'

/** How long things take: each time is drawn from its range; at least 1 ms. */
export interface Latencies {
  /** From `Place` or `Vend` to `ReplicaRunning`. Default: 500 to 2,000. */
  readonly start: WholeRange
  /** From `ReplicaRunning` to when it can serve, for `react`. Default: 100 to 1,000. */
  readonly ready: WholeRange
  /** From `Stop` to `ReplicaStopped`, and from `Release` to `NodeLeft`. Default: 100 to 1,000. */
  readonly stop: WholeRange
  /** From `Buy` to `NodeJoined`. Default: 5,000 to 20,000. */
  readonly buy: WholeRange
}

/** How often what goes wrong, as rates from 0 to 1, and how long it takes. Default: nothing. */
export interface FaultRates {
  /** Orders that are lost: `OrderFailed` follows after the timeout. */
  readonly lost: number
  readonly timeout: WholeRange
  /** Facts about replicas and orders that come late, so that later ones overtake them. */
  readonly delayed: number
  readonly delay: WholeRange
  /** Facts about replicas and orders that come a second time, after another delay. */
  readonly repeated: number
  /** Instants at which facts about different objects come in another order. */
  readonly reordered: number
  /** Nodes that die, at an instant drawn from `life` after they joined. */
  readonly nodeDeaths: number
  readonly life: WholeRange
  /** Dead nodes that come back, after a time drawn from `absence`. */
  readonly nodeReturns: number
  readonly absence: WholeRange
  /** Replicas that end by themselves, after a time drawn from `life`. */
  readonly replicaDeaths: number
  /** The instant after which nothing goes wrong any more. Default: the end of the run. */
  readonly until?: number
}

/** Usual times of a machine that has the image already. */
export const defaultLatencies: Latencies = {
  start: [500, 2000],
  ready: [100, 1000],
  stop: [100, 1000],
  buy: [5000, 20_000],
}

/** Nothing goes wrong; the times are for whoever only sets rates. */
export const noFaults: FaultRates = {
  lost: 0,
  timeout: [5000, 10_000],
  delayed: 0,
  delay: [1, 3000],
  repeated: 0,
  reordered: 0,
  nodeDeaths: 0,
  life: [1, 30_000],
  nodeReturns: 0.5,
  absence: [1000, 20_000],
  replicaDeaths: 0,
}
