/**
 * Tests that nodes of managed pools are bought and released by intents of controllers, and by
 * nothing else.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { FleetPool } from '../provision/pool.js'
import type { PoolsView } from '../time/decision.js'
import { startSteps } from '../time/state.js'
import type { StepEffect } from '../time/event.js'
import { advance, eventAt, joinAt, run, scripted, tellAt } from './step.fixture.js'
import { step } from './step.js'

const pool: FleetPool = {
  ...{ _tag: 'Fleet', name: 'fleet', min: 2, max: 3, warmUp: 50, idleFor: 10, isManaged: true },
  offerings: [{ capacity: { cpu: 4 } }, { capacity: { cpu: 9 } }],
}
const unmanaged: FleetPool = { ...pool, name: 'free', min: 0, isManaged: false }
const start = startSteps({ pools: [pool, unmanaged] })
const buy = { _tag: 'Buy', pool: 'fleet', offering: 1, count: 2 }
const orders = (effects: readonly StepEffect[]): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect._tag === 'WakeAt' || effect._tag === 'Ask') return []
    const offering = effect._tag === 'Buy' ? ` ${effect.offering}` : ''
    return [`${effect._tag} ${effect.node}${offering}`]
  })
const tell = (at: number, intent: object) => tellAt(at, 'x', { intent })

describe('a managed pool', () => {
  it('does nothing by itself', () => {
    const { effects, state } = run([eventAt(1, { _tag: 'ClockAdvanced' })], start)
    expect(orders(effects)).toEqual([])
    expect(state.poolTimer).toBeUndefined()
  })
  it('buys what an intent wants, and releases what another names', () => {
    const bought = run([tell(1, buy)], start)
    expect(orders(bought.effects)).toEqual(['Buy fleet-1 1', 'Buy fleet-2 1'])
    const joined = run([joinAt(2, 'fleet-1', 9), joinAt(2, 'fleet-2', 9)], bought.state)
    expect(joined.state.books.get('fleet')).toMatchObject({ size: 2, coming: [] })
    const idle = run([eventAt(40, { _tag: 'ClockAdvanced' })], joined.state)
    expect(orders(idle.effects)).toEqual([])
    const released = run([tell(41, { _tag: 'Release', node: 'fleet-1' })], idle.state)
    expect(orders(released.effects)).toEqual(['Release fleet-1'])
    const gone = run([eventAt(42, { _tag: 'NodeLeft', name: 'fleet-1' })], released.state)
    expect(gone.state.books.get('fleet')).toMatchObject({ size: 1, leaving: [] })
  })
  it('forgets what has not joined within its warm-up', () => {
    const { state } = run([tell(1, buy)], start)
    const late = run([eventAt(51, { _tag: 'ClockAdvanced' })], state)
    expect(late.state.books.get('fleet')).toMatchObject({ size: 0, coming: [] })
    expect(orders(late.effects)).toEqual([])
  })
  it.each([
    [{ ...buy, pool: 'none' }, 'pool', '"none"', 'a pool that controllers manage'],
    [{ ...buy, pool: 'free' }, 'pool', '"free"', 'a pool that controllers manage'],
    [{ ...buy, offering: 2 }, 'offering', '2', 'the number of one of 2 offerings'],
    [{ ...buy, count: 3 }, 'count', '3', 'at most 2: no more than 3 nodes'],
    [{ ...buy, count: -1 }, 'count', '-1', 'a whole number'],
    [{ _tag: 'Release', node: 'own' }, 'node', '"own"', 'a node of a pool that controllers manage'],
    [{ _tag: 'Release', node: 'full' }, 'node', '"full"', 'a node that holds nothing'],
  ])('refuses %j', (intent, field, found, expected) => {
    const full = { _tag: 'NodeJoined', name: 'full', node: { capacity: { cpu: 1 } } } as const
    const { state } = run(
      [
        ...[joinAt(1, 'own', 4), eventAt(1, { ...full, pool: 'fleet' })],
        tellAt(2, 'small', { define: 1 }),
        tellAt(3, 'web', { bind: 'full', of: 'small', phase: 'running' }),
      ],
      start,
    )
    const result = advance(state, [tell(4, intent)])
    const at = ['intents', 0, field]
    expect(result).toMatchObject({ left: { _tag: 'BadIntent', controller: 'script', at, found } })
    expect(JSON.stringify(result)).toContain(expected)
  })
})

it('lets controllers see pools: whose a node is, what is coming, what waits', () => {
  const sights: unknown[] = []
  const watching = {
    ...scripted('script'),
    decide: ({ pools }: { readonly pools: PoolsView }, memory: never) => {
      sights.push([pools.poolOf('own'), pools.coming('fleet').length, pools.waiting('fleet')])
      return { memory, intents: sights.length === 2 ? [buy as never] : [] }
    },
  }
  const own = { _tag: 'NodeJoined', name: 'own', node: { capacity: { cpu: 1 } } } as const
  const go = step([watching])
  const at = (state: typeof start, time: number, events: Parameters<typeof go>[1]) => {
    const result = go(state, [...events, eventAt(time, { _tag: 'ClockAdvanced' })])
    return E.isRight(result) ? result.right.state : state
  }
  at(at(at(start, 1, [eventAt(1, { ...own, pool: 'fleet' })]), 2, []), 3, [])
  expect(sights).toEqual([
    [undefined, 0, []],
    ['fleet', 0, []],
    ['fleet', 2, []],
    ['fleet', 2, []],
  ])
})
