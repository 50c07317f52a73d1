/**
 * Parses a log of calls of `step` (the function that advances a cluster over time) into a header,
 * the calls, and an end. Each call has the events passed in and the effects returned. Refuses a
 * malformed line and names its number; only the last line may be incomplete, because the log may
 * have been cut off.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isObject } from '../check/shape.js'
import { isInstant, type Instant } from '../rule/instant.js'
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import type { LogFault } from './log-replay.js'
import type { StepEffect, StepEvent } from '../time/event.js'
import { logVersion, type LogHeader, type LogLine } from './log.js'

/** One call of `step`, as a log has it. */
export interface LoggedCall {
  /** The line of its first event. */
  readonly line: number
  readonly events: readonly StepEvent[]
  readonly effects: readonly StepEffect[]
  /** Whether the log shows that it has no more effects; the last call of a cut log may. */
  readonly isWhole: boolean
}

/** The last line of a whole log. */
export interface LoggedEnd {
  readonly line: number
  readonly now: Instant
  readonly hash: string
}

/** The lines of a log. */
export interface ReadLog {
  readonly header: LogHeader
  readonly calls: readonly LoggedCall[]
  readonly end?: LoggedEnd
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
  if (!Array.isArray(value['pools']))
    return wrongLine(1, ['pools'], value['pools'], 'a list of pools')
  const surplus = Object.keys(value).find((key) => !headerKeys.includes(key))
  return surplus === undefined
    ? E.right(value as unknown as LogHeader)
    : wrongLine(1, [surplus], value[surplus], 'no such field')
}

const headerKeys: readonly string[] = [
  ...['log', 'version', 'controllers', 'start', 'pools', 'setting'],
]

/** Reads a whole log. */
export const readLog = (text: string): E.Either<LogFault, ReadLog> => {
  const header = readLogHeader(text)
  if (E.isLeft(header)) return header
  const read = readLines(text)
  if (E.isLeft(read)) return read
  const { lines, cutAfter } = read.right
  const last = lines.at(-1)
  const end =
    last !== undefined && 'end' in last.value
      ? { end: { line: last.line, ...last.value.end } }
      : undefined
  const cut = cutAfter === undefined ? {} : { cutAfter }
  return E.right({ header: header.right, calls: callsOf(lines), ...end, ...cut })
}

type BodyLine = Exclude<LogLine, LogHeader>
interface NumberedLine {
  readonly line: number
  readonly value: BodyLine
}

/** The lines after the header. */
const readLines = (
  text: string,
): E.Either<LogFault, { readonly lines: readonly NumberedLine[]; readonly cutAfter?: number }> => {
  const texts = text.split('\n')
  while (texts.at(-1) === '') texts.pop()
  const lines: NumberedLine[] = []
  for (let i = 1; i < texts.length; i++) {
    const value = parseLine(texts[i]!)
    const isLast = i === texts.length - 1
    if (value === undefined && isLast) return E.right({ lines, cutAfter: i })
    if (!isBodyLine(value))
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

/** A line has one key. What an event is, `step` checks; an effect is compared as it is. */
const isBodyLine = (value: unknown): value is BodyLine => {
  if (!isObject(value)) return false
  const [key, ...surplus] = Object.keys(value)
  if (surplus.length > 0) return false
  if (key === 'event') return true
  if (key === 'effect') return isObject(value['effect'])
  if (key === 'effects') return value['effects'] === 0
  return key === 'end' && isEnd(value['end'])
}
const isEnd = (value: unknown): boolean =>
  isObject(value) &&
  isInstant(value['now']) &&
  typeof value['hash'] === 'string' &&
  Object.keys(value).length === 2

/** The fault of a line. */
export const wrongLine = (
  line: number,
  at: MalformedValue['at'],
  found: unknown,
  expected: string,
): E.Either<LogFault, never> => E.left({ line, at, found: renderValue(found), expected })

/** Each call is a run of events and the effects that follow them. */
const callsOf = (lines: readonly NumberedLine[]): readonly LoggedCall[] => {
  const calls: LoggedCall[] = []
  for (let next = 0; next < lines.length && !('end' in lines[next]!.value); ) {
    const events = takeWhile(lines, next, (one) => ('event' in one ? one.event : undefined))
    const from = next + events.length
    const effects = takeWhile(lines, from, (one) => ('effect' in one ? one.effect : undefined))
    const after = from + effects.length
    const isMarked = effects.length === 0 && 'effects' in (lines[after]?.value ?? {})
    calls.push({ line: lines[next]!.line, events, effects, isWhole: after < lines.length })
    next = after + Number(isMarked)
  }
  return calls
}

const takeWhile = <Item>(
  lines: readonly NumberedLine[],
  from: number,
  itemOf: (value: BodyLine) => Item | undefined,
): readonly Item[] => {
  const items: Item[] = []
  for (let i = from; i < lines.length; i++) {
    const item = itemOf(lines[i]!.value)
    if (item === undefined) break
    items.push(item)
  }
  return items
}
