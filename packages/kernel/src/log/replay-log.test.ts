/**
 * Tests of logs: a logged run can be replayed to the same state, and damage is reported with its
 * line.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getOrThrow } from '../rule/get-or-throw.js'
import { instant } from '../rule/instant.js'
import type { StepEvent } from '../time/event.js'
import { logEnd, logHeader, logStep } from './log.js'
import { readLogHeader } from './read-log.js'
import { replayLog } from './replay-log.js'
import { stateHash } from './state-hash.js'
import { startSteps, type StepState } from '../time/state.js'
import {
  anyDrafts,
  begin,
  controllers,
  eventAt,
  run,
  scripted,
  tellAt,
  validEvents,
} from '../step/step.fixture.js'

type LogStep = typeof logStep
const written = (
  calls: readonly (readonly StepEvent[])[],
  write: LogStep = logStep,
): { readonly lines: readonly string[]; readonly state: StepState } => {
  const start = instant(3)
  let state = startSteps({ now: start })
  const lines = [logHeader(controllers, { start, setting: { seed: 1 } })]
  for (const events of calls) {
    const result = run(events, state)
    lines.push(...write(events, result.effects))
    state = result.state
  }
  return { lines: [...lines, logEnd(controllers, state)], state }
}
const replayed = (text: string) => replayLog(text, controllers)
const tick = (at: number): StepEvent => eventAt(at, { _tag: 'ClockAdvanced' })

const calls = [
  begin,
  [tellAt(10, 'web', { start: 2, of: 'small' })],
  [tick(11)],
  [tick(11), eventAt(12, { _tag: 'ReplicaRunning', replica: 0 as never })],
  [tellAt(12, 'web', { stop: 1 }), tellAt(12, 'web', { stop: 0 })],
]
const { lines, state } = written(calls)
const whole = lines.join('\n')

describe('a log', () => {
  it('is lines that can be read', () => {
    expect(lines).toMatchInlineSnapshot(`
      [
        "{"log":"stowage","version":1,"controllers":["script","second"],"start":3,"pools":[],"setting":{"seed":1}}",
        "{"event":{"at":10,"_tag":"NodeJoined","name":"a","node":{"capacity":{"cpu":4}}}}",
        "{"event":{"at":10,"_tag":"Reported","controller":"script","about":"small","report":{"define":1}}}",
        "{"event":{"at":10,"_tag":"Reported","controller":"second","about":"small","report":{"define":1}}}",
        "{"effects":0}",
        "{"event":{"at":10,"_tag":"Reported","controller":"script","about":"web","report":{"start":2,"of":"small"}}}",
        "{"effect":{"_tag":"Place","order":1,"replica":0,"node":"a","owner":{"controller":"script","name":"web"},"class":0}}",
        "{"effect":{"_tag":"Place","order":2,"replica":1,"node":"a","owner":{"controller":"script","name":"web"},"class":0}}",
        "{"event":{"at":11,"_tag":"ClockAdvanced"}}",
        "{"effects":0}",
        "{"event":{"at":11,"_tag":"ClockAdvanced"}}",
        "{"event":{"at":12,"_tag":"ReplicaRunning","replica":0}}",
        "{"effects":0}",
        "{"event":{"at":12,"_tag":"Reported","controller":"script","about":"web","report":{"stop":1}}}",
        "{"event":{"at":12,"_tag":"Reported","controller":"script","about":"web","report":{"stop":0}}}",
        "{"effect":{"_tag":"Stop","order":3,"replica":1,"node":"a","owner":{"controller":"script","name":"web"},"because":"a report said so"}}",
        "{"effect":{"_tag":"Stop","order":4,"replica":0,"node":"a","owner":{"controller":"script","name":"web"},"because":"a report said so"}}",
        "{"end":{"now":12,"hash":"454510d4"}}",
      ]
    `)
  })
  it('leads to the same state', () => {
    const { header, state: last, steps, cutAfter } = getOrThrow(replayed(`${whole}\n\n`))
    expect(header).toMatchObject({ start: 3, setting: { seed: 1 } })
    expect(stateHash(controllers, last)).toBe(stateHash(controllers, state))
    expect(steps.map(({ line, events }) => [line, events.length])).toEqual([
      [2, 3],
      [6, 1],
      [9, 1],
      [11, 2],
      [14, 2],
    ])
    expect(cutAfter).toBeUndefined()
  })

  /** Each instant is one call, or two: those of one instant are two passes. */
  const replays = (write: LogStep) =>
    fc.property(anyDrafts, fc.nat(3), (drafts, every) => {
      const instants = validEvents(drafts)
      const twice = instants.flatMap((events, i) =>
        i > 0 && i % (every + 1) === 0 ? [[tick(events[0]!.at)], events] : [events],
      )
      const log = written(twice, write)
      const result = replayed(log.lines.join('\n'))
      expect(E.isRight(result)).toBe(true)
      expect(stateHash(controllers, getOrThrow(result).state)).toBe(
        stateHash(controllers, log.state),
      )
    })
  it('of any run replays', () => fc.assert(replays(logStep), { numRuns: 200 }))
  it('is refuted when calls that order nothing have no end', () => {
    const merging: LogStep = (events, effects) =>
      logStep(events, effects).filter((line) => !line.startsWith('{"effects"'))
    expect(isRefuted(replays(merging))).toBe(true)
  })
})

describe('a log that was cut', () => {
  it('is replayed up to where it was cut, and says where', () => {
    for (let length = lines[0]!.length + 1; length < whole.length; length++) {
      const text = whole.slice(0, length)
      const count = text.split('\n').length
      const last = text.split('\n').at(-1)!
      const { cutAfter } = getOrThrow(replayed(text))
      expect(cutAfter).toBe(last === lines[count - 1] ? count : count - 1)
    }
  })
  it('in its first line cannot be read', () => {
    for (let length = 0; length < lines[0]!.length; length++)
      expect(replayed(whole.slice(0, length))).toMatchObject({ left: { line: 1, at: [] } })
  })
})

describe('a log with a fault', () => {
  const changed = (line: number, to: string): string =>
    lines.map((text, i) => (i + 1 === line ? to : text)).join('\n')
  const end = lines.length
  it.each([
    ['a broken line', changed(4, '{"event":'), 4, [], 'a line with an event, an effect or the end'],
    ['a blank line', changed(4, ''), 4, [], 'a line with an event, an effect or the end'],
    ['a line of two', changed(4, '{"event":{},"effect":{}}'), 4, [], 'a line with an event'],
    ['effects that are counted', changed(5, '{"effects":1}'), 5, [], 'a line with an event'],
    [
      'an event of no kind',
      changed(4, '{"event":{"_tag":"X","at":1}}'),
      4,
      ['event', '_tag'],
      'one of',
    ],
    ['an event that is null', changed(4, '{"event":null}'), 4, ['event'], 'an event'],
    ['another effect', changed(7, lines[7]!), 7, ['effect'], '"order":1'],
    ['a missing effect', changed(7, lines[8]!), 8, ['effect'], '"order":1'],
    [
      'a hash that differs',
      changed(end, '{"end":{"now":12,"hash":"x"}}'),
      end,
      ['end', 'hash'],
      '',
    ],
    ['another instant', changed(end, '{"end":{"now":13,"hash":"x"}}'), end, ['end', 'now'], '12'],
    ['an end without a hash', changed(end, '{"end":{"now":12}}'), end, [], 'a line with an event'],
    ['something after the end', `${whole}\n${lines[1]!}`, end + 1, [], 'nothing after the end'],
    ['another version', changed(1, lines[0]!.replace('1', '2')), 1, ['version'], '1, the version'],
    ['no header', lines.slice(1).join('\n'), 1, [], 'the first line of a log'],
    ['a header with more', changed(1, `{"x":1,${lines[0]!.slice(1)}`), 1, ['x'], 'no such field'],
    [
      'names that are none',
      changed(1, lines[0]!.replace('"second"', '2')),
      1,
      ['controllers'],
      'a list',
    ],
    ['a start that is none', changed(1, lines[0]!.replace(':3,', ':3.5,')), 1, ['start'], 'whole'],
  ])('%s is refused with its line', (_, text, line, at, expected) => {
    const result = replayed(text)
    expect(result).toMatchObject({ left: { line, at } })
    expect(E.isLeft(result) && result.left.expected).toContain(expected)
  })
  it('says what an effect more or less is', () => {
    const more = [...lines.slice(0, 8), lines[7]!, ...lines.slice(8)].join('\n')
    expect(replayed(more)).toMatchObject({
      left: { line: 9, found: lines[7]!.slice(10, -1), expected: 'no further effect' },
    })
    const less = [...lines.slice(0, 7), ...lines.slice(8)].join('\n')
    expect(replayed(less)).toMatchObject({
      left: { line: 8, found: 'no further effect', expected: lines[7]!.slice(10, -1) },
    })
  })
  it('names the controller that wants what cannot be', () => {
    const intent = tellAt(10, 'web', { intent: { _tag: 'Stop', replica: 9 } }, 'second')
    const bad = [...lines.slice(0, 5), JSON.stringify({ event: intent }), ...lines.slice(6)]
    expect(replayed(bad.join('\n'))).toMatchObject({
      left: { line: 6, controller: 'second', at: ['intents', 0, 'replica'], found: '9' },
    })
  })
  it('of other controllers is refused', () => {
    const one = (names: readonly string[]) => replayLog(whole, names.map(scripted))
    for (const names of [[], ['second', 'script'], ['script,second'], ['script']])
      expect(one(names)).toMatchObject({ left: { line: 1, at: ['controllers'] } })
  })
  it('has a header that can be read alone', () => {
    expect(readLogHeader(whole)).toMatchObject({ right: { controllers: ['script', 'second'] } })
  })
})
