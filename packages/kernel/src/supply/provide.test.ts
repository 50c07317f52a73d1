/**
 * Tests of pools within steps: what they buy, vend and release, what happens when an order fails or
 * a node does not join, and in which order the pools of a supply are used.
 */
import { fixedCount, type CountMemory } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { Pool, Supply } from '../provision/pool.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { instant } from '../rule/instant.js'
import { step } from '../step/step.js'
import type { Controller } from '../time/controller.js'
import type { StepEffect, StepEvent } from '../time/event.js'
import { startSteps } from '../time/state.js'

const fleet = (more: object = {}): Pool => ({
  ...{ _tag: 'Fleet', name: 'fleet', min: 0, max: 3, warmUp: 50, idleFor: 100 },
  offerings: [{ capacity: { cpu: 4 } }, { capacity: { cpu: 9 } }],
  ...more,
})
const vending = (more: object = {}): Pool => ({
  ...{ _tag: 'Vending', name: 'vend', max: 10, offering: { capacity: {} } },
  ...more,
})

/** Keeps counts, each start from the supply. */
const supplied = (supply: Supply): Controller<CountMemory> => ({
  ...fixedCount,
  decide: (view, memory) => {
    const decision = fixedCount.decide(view, memory)
    const intents = decision.intents.map((intent) =>
      intent._tag === 'Start' ? { ...intent, supply } : intent,
    )
    return { ...decision, intents }
  },
})

type Fact = StepEvent extends infer Event
  ? Event extends StepEvent
    ? Omit<Event, 'at'>
    : never
  : never

const play = (supply: Supply, ...pools: readonly Pool[]) => {
  const advance = step([supplied(supply)])
  let state = startSteps({ pools })
  return {
    state: () => state,
    at: (time: number, ...facts: readonly Fact[]): readonly string[] => {
      const events = facts.map((fact) => ({ ...fact, at: instant(time) }))
      const clock: StepEvent = { _tag: 'ClockAdvanced', at: instant(time) }
      const result = getOrThrow(advance(state, events.length === 0 ? [clock] : events))
      state = result.state
      return result.effects.flatMap(effectText)
    },
    fault: (time: number, fact: Fact) => {
      const result = advance(state, [{ ...fact, at: instant(time) }])
      return E.isLeft(result) ? result.left : undefined
    },
  }
}

const effectText = (effect: StepEffect): readonly string[] => {
  if (effect._tag === 'WakeAt' || effect._tag === 'Ask') return []
  const offering = effect._tag === 'Buy' ? ` offering ${effect.offering}` : ''
  return [`${effect.order}: ${effect._tag} ${effect.node}${offering}`]
}

const wish = (count: number, size = 2, about = 'web'): Fact => ({
  ...{ _tag: 'Reported', controller: 'fixed-count', about },
  report: { count, size },
})
const joined = (name: string, cpus = 4): Fact => ({
  ...{ _tag: 'NodeJoined', name, node: { capacity: { cpu: cpus } } },
})
const onFleet: Supply = { pools: ['fleet'] }

describe('a fleet', () => {
  it('has its minimum from the start', () => {
    expect(play(onFleet, fleet({ min: 2 })).at(0)).toEqual([
      '1: Buy fleet-1 offering 0',
      '2: Buy fleet-2 offering 0',
    ])
  })
  it('buys the first offering on which a replica fits, for as many as it takes', () => {
    const world = play(onFleet, fleet())
    expect(world.at(1, wish(3))).toEqual(['1: Buy fleet-1 offering 0', '2: Buy fleet-2 offering 0'])
    expect(world.at(2, joined('fleet-1'))).toEqual(['3: Place fleet-1', '4: Place fleet-1'])
    expect(world.at(3, joined('fleet-2'))).toEqual(['5: Place fleet-2'])
    expect(play(onFleet, fleet()).at(1, wish(1, 7))).toEqual(['1: Buy fleet-1 offering 1'])
  })
  it('buys no more than its maximum, and nothing for what no offering takes', () => {
    expect(play(onFleet, fleet({ max: 1 })).at(1, wish(9))).toEqual(['1: Buy fleet-1 offering 0'])
    expect(play(onFleet, fleet()).at(1, wish(1, 10))).toEqual([])
  })
  it('buys again for a node that has not come within the warm-up', () => {
    const world = play(onFleet, fleet())
    world.at(1, wish(1))
    expect(world.at(50)).toEqual([])
    expect(world.at(51)).toEqual(['2: Buy fleet-2 offering 0'])
    const late = { ...joined('fleet-1'), pool: 'fleet' } as Fact
    expect(world.at(60, late)).toEqual(['3: Place fleet-1'])
  })
  it('buys again for an order that failed', () => {
    const world = play(onFleet, fleet())
    world.at(1, wish(1))
    expect(world.at(2, { _tag: 'OrderFailed', order: 1, because: 'none left' })).toEqual([
      '2: Buy fleet-2 offering 0',
    ])
    expect(world.at(3, { _tag: 'OrderFailed', order: 1, because: 'none left' })).toEqual([])
  })
  it('releases what held nothing for long, down to its minimum, and takes it back', () => {
    const world = play(onFleet, fleet({ min: 1 }))
    world.at(0)
    world.at(1, joined('fleet-1'))
    world.at(2, { ...joined('own'), pool: 'fleet' } as Fact)
    expect(world.at(100)).toEqual([])
    expect(world.at(101)).toEqual(['2: Release fleet-1'])
    expect(world.at(400)).toEqual([])
    expect(world.at(401, { _tag: 'OrderFailed', order: 2, because: 'busy' })).toEqual([
      '3: Release own',
    ])
    expect(world.at(402, { _tag: 'NodeLeft', name: 'own' })).toEqual([])
    expect(world.at(403, wish(1))).toEqual(['4: Place fleet-1'])
  })
  it('places nothing on nodes of others', () => {
    const world = play(onFleet, fleet())
    world.at(1, joined('stranger', 40))
    expect(world.at(2, wish(1))).toEqual(['1: Buy fleet-1 offering 0'])
  })
  it('refuses an offering that is no node', () => {
    const world = play(onFleet, fleet({ offerings: [{ capacity: { cpu: -1 } }] }))
    expect(world.fault(1, wish(1))).toMatchObject({
      ...{ _tag: 'BadPool', event: 0, found: '-1' },
      at: ['pools', 'fleet', 'offerings', 0, 'capacity', 'cpu'],
    })
  })
})

describe('a vending pool', () => {
  const vended: Supply = { pools: ['vend'] }
  it('makes a node for each replica, which is gone with it', () => {
    const world = play(vended, vending())
    expect(world.at(1, wish(2))).toEqual(['1: Vend vend-1', '2: Vend vend-2'])
    expect(world.at(2, { _tag: 'ReplicaStopped', replica: 0 as never })).toEqual(['3: Vend vend-3'])
    expect([...world.state().nodePools.keys()]).toEqual(['vend-2', 'vend-3'])
  })
  it('makes no more than its maximum', () => {
    const world = play(vended, vending({ max: 1 }))
    expect(world.at(1, wish(3))).toEqual(['1: Vend vend-1'])
    expect(world.state().pending).toMatchObject([{ count: 2 }])
  })
  it('of which nobody asks anything lets time pass', () => {
    expect(play({ pools: ['vend'] }, vending()).at(1_000_000)).toEqual([])
  })
  it('refuses an offering that is no node', () => {
    expect(play(vended, vending({ offering: 7 })).fault(1, wish(1))).toMatchObject({
      ...{ _tag: 'BadPool', at: ['pools', 'vend', 'offering'], found: '7' },
    })
  })
})

describe('several pools', () => {
  it('are asked in order', () => {
    const both = [fleet({ max: 1 }), vending()] as const
    expect(play({ pools: ['fleet', 'vend'] }, ...both).at(1, wish(3))).toEqual([
      '1: Buy fleet-1 offering 0',
      '2: Vend vend-1',
    ])
    expect(play({ pools: ['vend', 'fleet'] }, ...both).at(1, wish(1))).toEqual(['1: Vend vend-1'])
  })
  it('share by base and weight, also in what comes later', () => {
    const [one, other] = [vending({ name: 'one' }), vending({ name: 'other' })]
    const shares: Supply = {
      shares: [
        { pool: 'one', base: 1, weight: 1 },
        { pool: 'other', weight: 3 },
      ],
    }
    const world = play(shares, one, other)
    const pools = (texts: readonly string[]) =>
      texts.map((text) => text.replace(/.* (\w+)-.*/, '$1')).sort()
    expect(pools(world.at(1, wish(5)))).toEqual(['one', 'one', 'other', 'other', 'other'])
    const again = world.at(2, { _tag: 'ReplicaStopped', replica: 0 as never })
    expect(pools(again)).toEqual(['one'])
  })
  it('that nobody has are a fault of the controller', () => {
    expect(play({ pools: ['none'] }, fleet()).fault(1, wish(1))).toMatchObject({
      ...{ _tag: 'BadIntent', controller: 'fixed-count', found: '"none"' },
      at: ['intents', 0, 'supply'],
    })
  })
  it('that an event names and nobody has are a fault of the event', () => {
    const event: Fact = { ...joined('n'), pool: 'none' } as Fact
    expect(play(onFleet, fleet()).fault(1, event)).toMatchObject({
      ...{ _tag: 'UnknownPool', at: ['pool'], expected: 'one of fleet' },
    })
  })
})
