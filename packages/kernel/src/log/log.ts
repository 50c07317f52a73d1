/**
 * Writes a log of the calls of `step`, the function that advances a cluster over time. The log is
 * lines of JSON, which `replayLog` can run again:
 *
 * 1. a header: the names of the controllers, the start time, and the pools (sources of nodes);
 * 2. for each call of `step`, the events passed in and the effects (commands to the caller)
 *    returned;
 * 3. the end: the instant and the hash of the last state.
 */
import type { Instant } from '../rule/instant.js'
import type { Pool } from '../provision/pool.js'
import type { ControllerData } from '../time/decision.js'
import type { StepEffect, StepEvent } from '../time/event.js'
import { stateHash } from './state-hash.js'
import type { StepState } from '../time/state.js'

/** The version of the format that is written, and the only one that is read. */
export const logVersion = 1

/** The first line. `setting` is for whoever makes the controllers: which they are, and how. */
export interface LogHeader {
  readonly log: 'stowage'
  readonly version: number
  readonly controllers: readonly string[]
  /** The instant of the state that the run began with. */
  readonly start: Instant
  readonly pools: readonly Pool[]
  readonly setting?: unknown
}

/** One line of a log, as JSON carries it. */
export type LogLine =
  | LogHeader
  | { readonly event: StepEvent }
  | { readonly effect: StepEffect }
  /** Ends a call that ordered nothing: the next line belongs to another call. */
  | { readonly effects: 0 }
  | { readonly end: { readonly now: Instant; readonly hash: string } }

/** The first line of the log of a run that begins with a new state. */
export const logHeader = (
  controllers: readonly ControllerData[],
  {
    start,
    pools = [],
    setting,
  }: Pick<LogHeader, 'start' | 'setting'> & Partial<Pick<LogHeader, 'pools'>>,
): string =>
  lineOf({
    ...{ log: 'stowage', version: logVersion },
    controllers: controllers.map(({ name }) => name),
    start,
    pools,
    ...(setting === undefined ? {} : { setting }),
  })

/** The lines of one call of `step`. */
export const logStep = (
  events: readonly StepEvent[],
  effects: readonly StepEffect[],
): readonly string[] => [
  ...events.map((event) => lineOf({ event })),
  ...effects.map((effect) => lineOf({ effect })),
  ...(events.length > 0 && effects.length === 0 ? [lineOf({ effects: 0 })] : []),
]

/** The last line of a log that is whole. */
export const logEnd = (controllers: readonly ControllerData[], state: StepState): string =>
  lineOf({ end: { now: state.now, hash: stateHash(controllers, state) } })

const lineOf = (line: LogLine): string => JSON.stringify(line)
