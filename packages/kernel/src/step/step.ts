/**
 * Advances an orchestrator as a state machine: from a state and events to the next state and
 * effects (commands to the caller). All events of one instant are handled in one pass. A timer that
 * is due before an event is handled first, at its own instant.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isTaken } from '../cluster/cluster.js'
import type { Instant } from '../rule/instant.js'
import { checkEvent } from '../fold/check-event.js'
import type { AnyController } from '../time/controller.js'
import type { StepEffect, StepEvent } from '../time/event.js'
import type { EventGroup } from '../fold/event-order.js'
import type { StepFault } from '../time/fault.js'
import { nextTimer, runPass, type PassResult, type StepSetting } from './pass.js'
import type { Placer, StepResult, UnplacedReplicas } from '../time/step-result.js'
import { placeByRules } from './place-pending.js'
import type { LowerNode } from '../provision/lower-node.js'
import { lowerPlainNode } from '../fold/plain-node.js'
import type { StepState } from '../time/state.js'

/** What a step uses beside the controllers. */
export interface StepOptions {
  /** Reads the nodes of events; by default a `PlainNode`. */
  readonly lowerNode?: LowerNode
  /** Places what waits for a node; by default `place`. */
  readonly placer?: Placer
}

/**
 * A function from a state and events to the next state and effects. Events are in the order of
 * time, in whole milliseconds. A `Left` names the first event that cannot be applied; then nothing
 * is applied and the state stays usable, unless its cluster came from `take`. What a controller
 * throws passes through.
 *
 * One call with many events gives the same state as several calls, when they are split between
 * instants.
 */
export const step = (
  controllers: readonly AnyController[],
  { lowerNode = lowerPlainNode, placer = placeByRules }: StepOptions = {},
): ((state: StepState, events: readonly StepEvent[]) => E.Either<StepFault, StepResult>) => {
  const setting: StepSetting = { controllers, lowerNode, placer }
  return (state, events) =>
    pipe(
      checkEvents(state, events),
      E.chain(() => runEvents(setting, state, events)),
    )
}

const checkEvents = (
  { now }: StepState,
  events: readonly StepEvent[],
): E.Either<StepFault, undefined> => {
  let last: Instant = now
  for (let position = 0; position < events.length; position++) {
    const event = events[position]!
    const wrong = checkEvent(event)
    if (wrong !== undefined) return E.left({ ...wrong, event: position })
    if (event.at < last)
      return E.left({
        ...{ _tag: 'TimeWentBack', event: position, at: ['at'], found: String(event.at) },
        expected: `${last} or later`,
      })
    last = event.at
  }
  return E.right(undefined)
}

const runEvents = (
  setting: StepSetting,
  first: StepState,
  events: readonly StepEvent[],
): E.Either<StepFault, StepResult> => {
  let state = first
  const effects: (readonly StepEffect[])[] = []
  let unplaced: readonly UnplacedReplicas[] = []
  const run = (at: Instant, group: EventGroup) => {
    // Only this call knows the states between its passes, so their arrays need no copies.
    const isBetween = state !== first
    const spent = {
      isSpent: isBetween || isTaken(first.cluster),
      isClusterSpent: isBetween && state.cluster !== first.cluster,
    }
    const passed = runPass(setting, state, at, group, spent)
    if (E.isRight(passed)) keep(passed.right)
    return passed
  }
  const keep = (passed: PassResult): void => {
    state = passed.state
    effects.push(passed.effects)
    unplaced = passed.unplaced ?? unplaced
  }
  for (let from = 0; from < events.length; ) {
    const { at } = events[from]!
    for (let timer = nextTimer(state); timer !== undefined && timer < at; ) {
      const fired = run(timer, { events, from, to: from })
      if (E.isLeft(fired)) return fired
      timer = nextTimer(state)
    }
    const to = instantEnd(events, from)
    const passed = run(at, { events, from, to })
    if (E.isLeft(passed)) return passed
    from = to
  }
  // Most calls are one pass, whose list needs no copy.
  return E.right({ state, effects: effects.length === 1 ? effects[0]! : effects.flat(), unplaced })
}

/** The first position after the events of the instant of the event at `from`. */
const instantEnd = (events: readonly StepEvent[], from: number): number => {
  const { at } = events[from]!
  let to = from + 1
  while (events[to]?.at === at) to++
  return to
}
