/**
 * Tests what each kind of intent changes. An invalid intent must give an error that names the
 * controller and the path of the mistake.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StepState } from '../time/state.js'
import { advance, begin, eventAt, run, tellAt } from './step.fixture.js'

const { state } = run([...begin, tellAt(10, 'web', { start: 2, of: 'small' })])
const wants = (intent: unknown, controller = 'script', before: StepState = state) =>
  advance(before, [
    eventAt(12, { _tag: 'ClockAdvanced' }),
    tellAt(12, 'a', { intent: { _tag: 'Ask', request: 'harmless' } }, controller),
    tellAt(12, 'b', { intent }, controller),
  ])
const start = { _tag: 'Start', owner: 'web', class: 0, count: 1 }

describe('a controller that wants what cannot be', () => {
  it.each([
    [{ ...start, class: 1 }, ['class'], '1', 'the id of a class'],
    [{ ...start, class: 'small' }, ['class'], '"small"', 'the id of a class'],
    [{ ...start, count: -1 }, ['count'], '-1', 'a whole number of replicas'],
    [{ ...start, count: 0.5 }, ['count'], '0.5', 'a whole number of replicas'],
    [{ ...start, count: undefined }, ['count'], 'nothing', 'a whole number of replicas'],
    [
      { ...start, _tag: 'Withdraw' },
      ...([['count'], '1', 'at most 0, the replicas that wait for a node'] as const),
    ],
    [
      { _tag: 'Stop', replica: 7, because: '' },
      ...([['replica'], '7', 'a replica of this controller'] as const),
    ],
  ])('is named with the path: %j', (intent, at, found, expected) => {
    for (const controller of ['script', 'second'])
      expect(wants(intent, controller)).toEqual(
        E.left({
          ...{ _tag: 'BadIntent', event: 0, controller, at: ['intents', 1, ...at] },
          ...{ found, expected },
        }),
      )
  })
  it('is named when the replica is another controller’s', () => {
    const stop = { _tag: 'Stop', replica: 0, because: '' }
    expect(wants(stop, 'second')).toMatchObject({ left: { controller: 'second', found: '0' } })
    expect(E.isRight(wants(stop, 'script'))).toBe(true)
  })
})

describe('an intent', () => {
  it('to start nothing is nothing', () => {
    expect(wants({ ...start, count: 0 })).toMatchObject({ right: { state: { pending: [] } } })
  })
  it('to stop is one order, however often it is repeated', () => {
    const { effects, state: after } = run(
      [0, 0, 1].map((stop, i) => tellAt(12, `x${i}`, { stop })),
      state,
    )
    expect(effects.map((effect) => [effect._tag, 'replica' in effect && effect.replica])).toEqual([
      ['Stop', 0],
      ['Stop', 1],
    ])
    expect(run([tellAt(13, 'again', { stop: 0 })], after).effects).toEqual([])
  })
  it('to ask becomes an effect with a number of its own', () => {
    const { effects } = run([tellAt(12, 'x', { intent: { _tag: 'Ask', request: [1] } })], state)
    expect(effects).toEqual([{ _tag: 'Ask', order: 3, controller: 'script', request: [1] }])
  })
  it('to withdraw takes back what waits', () => {
    const waiting = run([tellAt(12, 'web', { start: 9, of: 'small' })], state).state
    expect(waiting.pending).toMatchObject([{ count: 7 }])
    const less = run([tellAt(13, 'web', { withdraw: 5, of: 'small' })], waiting).state
    expect(less.pending).toMatchObject([{ count: 2 }])
  })
})
