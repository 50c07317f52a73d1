/**
 * Runs a log again, call by call, and checks that the same orders follow and that the last state is
 * the same. A log that ends without its last line was cut; what it holds is replayed all the same.
 */
import { isObject } from '../check/shape.js'
import * as E from 'fp-ts/lib/Either.js'
import { instant, isInstant } from '../rule/instant.js'
import { shown, type Malformed } from '../rule/malformed.js'
import type { AnyController } from '../time/controller.js'
import type { StepEffect, StepEvent } from '../time/event.js'
import { logVersion, type LogHeader, type LogLine } from './log.js'
import { stateHash } from './state-hash.js'
import { startSteps, type StepState } from '../time/state.js'
import { step, type StepOptions, type StepResult } from '../step/step.js'

/** What is wrong with a log; lines count from 1. `at` is a path into the line. */
export interface LogFault extends Malformed {
  readonly line: number
}

/** One call of a log, with what it answered. */
export interface ReplayedStep {
  /** The line of its first event. */
  readonly line: number
  readonly events: readonly StepEvent[]
  readonly result: StepResult
}

/** A log that was run again. */
export interface LogReplay {
  readonly header: LogHeader
  readonly state: StepState
  readonly steps: readonly ReplayedStep[]
  /** The last line that could be read, when the log was cut after it. */
  readonly cutAfter?: number
}

/** Reads the first line alone, to learn which controllers a log needs. */
export const readLogHeader = (text: string): E.Either<LogFault, LogHeader> => {
  const [first = ''] = text.split('\n', 1)
  const value = parseLine(first)
  if (!isObject(value) || value['log'] !== 'stowage')
    return wrongLine(1, [], first, 'the first line of a log, {"log":"stowage",…}')
  if (value['version'] !== logVersion)
    return wrongLine(1, ['version'], value['version'], `${logVersion}, the version that is read`)
  if (!isTexts(value['controllers']))
    return wrongLine(1, ['controllers'], value['controllers'], 'a list of names')
  if (!isInstant(value['start']))
    return wrongLine(1, ['start'], value['start'], 'whole milliseconds since 1970')
  return E.right(value as unknown as LogHeader)
}

/** Replays a whole log. The controllers are those that its header names, in that order. */
export const replayLog = (
  text: string,
  controllers: readonly AnyController[],
  options: StepOptions = {},
): E.Either<LogFault, LogReplay> => {
  const header = readLogHeader(text)
  if (E.isLeft(header)) return header
  const names = controllers.map(({ name }) => name)
  if (names.join() !== header.right.controllers.join())
    return wrongLine(1, ['controllers'], header.right.controllers.join(), names.join())
  const read = readLines(text)
  return E.isLeft(read) ? read : replayCalls(header.right, read.right, controllers, options)
}

interface NumberedLine {
  readonly line: number
  readonly value: LogLine
}
interface ReadLines {
  readonly lines: readonly NumberedLine[]
  readonly cutAfter?: number
}

/** The lines after the header. The last one may be cut in its middle; no other may. */
const readLines = (text: string): E.Either<LogFault, ReadLines> => {
  const texts = text.split('\n')
  while (texts.at(-1) === '') texts.pop()
  const lines: NumberedLine[] = []
  for (let i = 1; i < texts.length; i++) {
    const value = parseLine(texts[i]!)
    const isLast = i === texts.length - 1
    if (value === undefined && isLast) return E.right({ lines, cutAfter: i })
    if (!isLogLine(value))
      return wrongLine(i + 1, [], texts[i], 'a line with an event, an effect or the end')
    lines.push({ line: i + 1, value })
    if ('end' in value && !isLast)
      return wrongLine(i + 2, [], texts[i + 1], 'nothing after the end of the log')
  }
  const last = lines.at(-1)
  return E.right(
    last !== undefined && 'end' in last.value ? { lines } : { lines, cutAfter: texts.length },
  )
}

const parseLine = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
const isLogLine = (value: unknown): value is LogLine =>
  isObject(value) &&
  ('event' in value ||
    isObject(value['effect']) ||
    (isObject(value['end']) && typeof value['end']['hash'] === 'string'))

const wrongLine = (
  line: number,
  at: Malformed['at'],
  found: unknown,
  expected: string,
): E.Either<LogFault, never> => E.left({ line, at, found: shown(found), expected })

/** Runs the calls: each is a run of events and the effects that follow them. */
const replayCalls = (
  header: LogHeader,
  { lines, cutAfter }: ReadLines,
  controllers: readonly AnyController[],
  options: StepOptions,
): E.Either<LogFault, LogReplay> => {
  const advance = step(controllers, options)
  let state = startSteps({ now: instant(header.start), pools: header.pools })
  const steps: ReplayedStep[] = []
  let next = 0
  while (next < lines.length) {
    const { line, value } = lines[next]!
    if ('end' in value) {
      const hash = stateHash(controllers, state)
      if (hash !== value.end.hash) return wrongLine(line, ['end', 'hash'], value.end.hash, hash)
      break
    }
    const events = takeWhile(lines, next, (one) => ('event' in one ? one.event : undefined))
    const effects = takeWhile(lines, next + events.length, (one) =>
      'effect' in one ? one.effect : undefined,
    )
    const result = advance(state, events)
    if (E.isLeft(result)) {
      const { event, at, found, expected } = result.left
      return E.left({ line: line + event, at: ['event', ...at], found, expected })
    }
    const isWhole = next + events.length + effects.length < lines.length || cutAfter === undefined
    const other = otherEffect(effects, result.right.effects, isWhole)
    if (other !== undefined)
      return wrongLine(
        line + events.length + other,
        ['effect'],
        ...bothEffects(effects, result.right.effects, other),
      )
    state = result.right.state
    steps.push({ line, events, result: result.right })
    next += events.length + effects.length
  }
  return E.right({ header, state, steps, ...(cutAfter === undefined ? {} : { cutAfter }) })
}

const takeWhile = <Item>(
  lines: readonly NumberedLine[],
  from: number,
  itemOf: (value: LogLine) => Item | undefined,
): readonly Item[] => {
  const items: Item[] = []
  for (let i = from; i < lines.length; i++) {
    const item = itemOf(lines[i]!.value)
    if (item === undefined) break
    items.push(item)
  }
  return items
}

/** The first position where the effects differ; a log that was cut may lack the last ones. */
const otherEffect = (
  recorded: readonly StepEffect[],
  made: readonly StepEffect[],
  isWhole: boolean,
): number | undefined => {
  const count = isWhole ? Math.max(recorded.length, made.length) : recorded.length
  for (let i = 0; i < count; i++)
    if (JSON.stringify(recorded[i]) !== JSON.stringify(made[i])) return i
  return undefined
}

const bothEffects = (
  recorded: readonly StepEffect[],
  made: readonly StepEffect[],
  at: number,
): readonly [found: unknown, expected: string] => [
  recorded[at] === undefined ? 'no further effect' : JSON.stringify(recorded[at]),
  made[at] === undefined ? 'no further effect' : JSON.stringify(made[at]),
]
