/**
 * Replays a log: calls `step`, the function that advances a cluster over time, with the logged
 * events, call by call. It checks that the returned effects (commands to the caller) and the hash
 * of the last state are those of the log.
 */
import * as E from 'fp-ts/lib/Either.js'
import { renderValue } from '../rule/malformed.js'
import type { AnyController } from '../time/controller.js'
import type { StepEffect } from '../time/event.js'
import type { StepFault } from '../time/fault.js'
import type { LogFault, LogReplay, ReplayedStep } from './log-replay.js'
import { readLog, wrongLine, type LoggedCall, type LoggedEnd, type ReadLog } from './read-log.js'
import { stateHash } from './state-hash.js'
import { startSteps, type StepState } from '../time/state.js'
import { step, type StepOptions } from '../step/step.js'

/**
 * Replays a whole log. The controllers are those that its header names, in that order.
 *
 * A log without its end line was cut off; the calls that it holds are replayed and checked all the
 * same.
 */
export const replayLog = (
  text: string,
  controllers: readonly AnyController[],
  options: StepOptions = {},
): E.Either<LogFault, LogReplay> => {
  const log = readLog(text)
  if (E.isLeft(log)) return log
  const [logged, given] = [log.right.header.controllers, controllers.map(({ name }) => name)]
  return JSON.stringify(logged) === JSON.stringify(given)
    ? replayCalls(log.right, controllers, options)
    : wrongLine(1, ['controllers'], logged.join(', '), given.map(renderValue).join(', '))
}

const replayCalls = (
  { header, calls, end, cutAfter }: ReadLog,
  controllers: readonly AnyController[],
  options: StepOptions,
): E.Either<LogFault, LogReplay> => {
  const advance = step(controllers, options)
  const steps: ReplayedStep[] = []
  const first = startSteps({ now: header.start, pools: header.pools })
  let state = first
  for (const call of calls) {
    const result = advance(state, call.events)
    if (E.isLeft(result)) return E.left(faultOfCall(call, result.left))
    const wrong = otherEffect(call, result.right.effects)
    if (wrong !== undefined) return wrong
    state = result.right.state
    steps.push({ line: call.line, events: call.events, result: result.right })
  }
  const wrong = end === undefined ? undefined : otherEnd(end, controllers, state)
  if (wrong !== undefined) return wrong
  return E.right({ header, first, state, steps, ...(cutAfter === undefined ? {} : { cutAfter }) })
}

/** A path into an event leads through its line; one into what a controller wants does not. */
const faultOfCall = ({ line }: LoggedCall, { _tag, event, at, ...fault }: StepFault): LogFault => ({
  ...fault,
  line: line + event,
  at: _tag === 'BadIntent' ? at : ['event', ...at],
})

/** The fault of the first effect that differs. */
const otherEffect = (
  { line, events, effects, isWhole }: LoggedCall,
  made: readonly StepEffect[],
): E.Either<LogFault, never> | undefined => {
  const count = isWhole ? Math.max(effects.length, made.length) : effects.length
  for (let i = 0; i < count; i++)
    if (JSON.stringify(effects[i]) !== JSON.stringify(made[i]))
      return E.left({
        ...{ line: line + events.length + i, at: ['effect'] },
        ...{ found: wordedEffect(effects[i]), expected: wordedEffect(made[i]) },
      })
  return undefined
}

const wordedEffect = (effect: StepEffect | undefined): string =>
  effect === undefined ? 'no further effect' : JSON.stringify(effect)

const otherEnd = (
  { line, now, hash }: LoggedEnd,
  controllers: readonly AnyController[],
  state: StepState,
): E.Either<LogFault, never> | undefined => {
  if (now !== state.now) return wrongLine(line, ['end', 'now'], now, String(state.now))
  const own = stateHash(controllers, state)
  return hash === own ? undefined : wrongLine(line, ['end', 'hash'], hash, own)
}
