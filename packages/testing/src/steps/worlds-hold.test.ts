/**
 * Tests a controller and the kernel's `step` in a thousand random simulated clusters. Also checks
 * that each invariant finds a bug that was planted for it, and that the log of the shortest failure
 * can be replayed.
 */
import {
  bind,
  getOrThrow,
  nodeIds,
  replayLog,
  step,
  type Controller,
  type Intent,
  type Placer,
  type Pool,
  type StepResult,
  type StepState,
  type Supply,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { fixedCount, type CountMemory } from './fixed-count.js'
import { countSubject } from './fixed-count.fixture.js'
import { worldsHold } from './worlds-hold.js'

it('holds in a thousand worlds', () => {
  fc.assert(worldsHold(countSubject()), { numRuns: 1000, seed: 1 })
})

const pools: readonly Pool[] = [
  {
    ...{ _tag: 'Fleet', name: 'fleet', min: 1, max: 3, warmUp: 30_000, idleFor: 5000 },
    offerings: [{ capacity: { cpu: 1 } }, { capacity: { cpu: 3 } }],
  },
  { _tag: 'Vending', name: 'vend', max: 4, offering: { capacity: {} } },
]
/** The controller, with nodes from pools. */
const suppliedBy = (supply: Supply) =>
  withIntents((intents) =>
    intents.map((intent) => (intent._tag === 'Start' ? { ...intent, supply } : intent)),
  )

it('holds when nodes come from pools', () => {
  for (const supply of [
    { pools: ['fleet', 'vend'] },
    {
      shares: [
        { pool: 'vend', base: 1, weight: 1 },
        { pool: 'fleet', weight: 2 },
      ],
    },
  ]) {
    fc.assert(worldsHold({ ...countSubject(suppliedBy(supply)), pools }), { numRuns: 200, seed: 1 })
  }
})

/** How the shortest failure is worded. */
const failureOf = (controller: Controller<CountMemory>, ownStep: typeof step = step): string => {
  try {
    // The shortest run is what is looked at, also where others are not searched for.
    const parameters = { numRuns: 1000, seed: 1, endOnFailure: false }
    fc.assert(worldsHold(countSubject(controller), { ownStep }), parameters)
    return 'no failure'
  } catch (error) {
    return causeOf(error)
  }
}

const causeOf = (error: unknown): string => {
  const { cause } = error as Error
  return cause instanceof Error ? cause.message : String(error)
}

const withIntents = (
  change: (intents: readonly Intent[]) => readonly Intent[],
): Controller<CountMemory> => ({
  ...fixedCount,
  decide: (view, memory) => {
    const decision = fixedCount.decide(view, memory)
    return { ...decision, intents: change(decision.intents) }
  },
})
/** Starts one replica of an object at a time, the next when it hears of the last. */
const startingOneByOne: Controller<CountMemory> = {
  ...fixedCount,
  decide: (view, memory) => {
    const decision = fixedCount.decide(view, memory)
    const isNews =
      memory.reported.length > 0 || view.replicas.some(({ phase }) => phase !== 'assumed')
    return {
      ...decision,
      intents: decision.intents.flatMap((one): readonly Intent[] => {
        if (one._tag !== 'Start') return [one]
        return isNews ? [{ ...one, count: 1 }] : []
      }),
    }
  },
}

const onlySeeing = (sees: (phase: string | undefined) => boolean): Controller<CountMemory> => ({
  ...fixedCount,
  decide: (view, memory) =>
    fixedCount.decide(
      { ...view, replicas: view.replicas.filter(({ phase }) => sees(phase)) },
      memory,
    ),
})

describe('a controller is refuted', () => {
  it.each([
    [
      'when it orders twice',
      withIntents((intents) =>
        intents.flatMap((one): readonly Intent[] => (one._tag === 'Start' ? [one, one] : [one])),
      ),
      /object-\d has \d+ replicas, at most \d/,
    ],
    [
      'when it orders again what waits for a node',
      {
        ...fixedCount,
        decide: (view: Parameters<typeof fixedCount.decide>[0], memory: CountMemory) =>
          fixedCount.decide({ ...view, pending: () => 0 }, memory),
      },
      /object-\d has \d+ replicas, at most \d/,
    ],
    ['when it forgets what is gone', onlySeeing((phase) => phase !== undefined), /wants/],
    [
      'when it forgets to stop',
      withIntents((all) => all.filter(({ _tag }) => _tag !== 'Stop')),
      /at/,
    ],
    [
      'when it never rests',
      withIntents((intents) => [...intents, { _tag: 'Ask', request: 'again' }]),
      /comesToRest/,
    ],
    [
      'when it wants what cannot be',
      withIntents((intents) =>
        intents.map((one) => (one._tag === 'Withdraw' ? { ...one, count: one.count + 1 } : one)),
      ),
      /BadIntent/,
    ],
  ])('%s', (_, controller, message) => {
    expect(failureOf(controller)).toMatch(message)
  })
})

it('is refuted when it heals, but after more answers than orders were open', () => {
  const property = worldsHold(countSubject(startingOneByOne))
  const messages = new Set<string>()
  // The shortest failure is another one, so that many are looked at as they are.
  for (let seed = 0; seed < 100; seed++) {
    try {
      fc.assert(property, { numRuns: 1, seed, endOnFailure: true })
    } catch (error) {
      messages.add(causeOf(error))
    }
  }
  expect([...messages].join('\n')).toMatch(/answers after the last fault, more than \d/)
})

/** A step with another result. */
const spoiled =
  (spoil: (result: StepResult, before: StepState) => StepResult): typeof step =>
  (...setting) =>
  (state, events) => {
    const result = step(...setting)(state, events)
    return E.isLeft(result) ? result : E.right(spoil(result.right, state))
  }
/** A placer that looks at no rule. */
const crowding: Placer = (draft, requests) =>
  requests.map(({ class: classId, count }) => {
    const [node] = nodeIds(draft)
    if (node === undefined) return { placed: [], unplaced: { count, nodes: 0, reasons: [] } }
    const placed = Array.from({ length: count }, () => ({
      replica: getOrThrow(bind(draft, classId, node, 'assumed')),
      node,
    }))
    return { placed }
  })

describe('a step is refuted', () => {
  const plants: readonly (readonly [string, typeof step, RegExp])[] = [
    [
      'when it does not unbook',
      spoiled((result, before) => ({
        ...result,
        state: {
          ...result.state,
          orders:
            result.effects.length > 0
              ? result.state.orders
              : { ...result.state.orders, chunks: before.orders.chunks },
        },
      })),
      /nothingForgotten: order \d+ is about replica/,
    ],
    [
      'when it forgets an order',
      spoiled(({ state, ...result }) => ({
        ...result,
        state: { ...state, orders: { ...state.orders, chunks: new Map() } },
      })),
      /nothingForgotten: replica \d+ is \w+ without an order/,
    ],
    [
      'when it fills nodes beyond what they have',
      (controllers, options) => step(controllers, { ...options, placer: crowding }),
      /capacity: node-\d has/,
    ],
    [
      'when it gives an order twice',
      spoiled((result) => ({
        ...result,
        effects: result.effects.flatMap((one) =>
          Array.from({ length: one._tag === 'Stop' ? 2 : 1 }, () => one),
        ),
      })),
      /orderedOnce/,
    ],
    [
      'when its orders are about other replicas',
      spoiled((result) => ({
        ...result,
        effects: result.effects.map((one) =>
          one._tag === 'Place' ? { ...one, replica: (one.replica + 7) as never } : one,
        ),
      })),
      /effectsAreReal/,
    ],
    [
      'when it folds the facts of an instant one by one',
      (...setting) =>
        (state, events) => {
          let result = step(...setting)(state, [])
          for (const event of events)
            if (E.isRight(result)) {
              const { effects } = result.right
              result = step(...setting)(result.right.state, [event])
              if (E.isRight(result))
                result = E.right({
                  ...result.right,
                  effects: [...effects, ...result.right.effects],
                })
            }
          return result
        },
      /factsCommute/,
    ],
  ]
  it.each(plants)('%s', (_, ownStep, message) => {
    expect(failureOf(fixedCount, ownStep)).toMatch(message)
  })
})

it('is refuted when a pool forgets a node', () => {
  const ownStep = spoiled(({ state, ...result }) => ({
    ...result,
    state: { ...state, nodePools: new Map([...state.nodePools].slice(1)) },
  }))
  const subject = { ...countSubject(suppliedBy({ pools: ['fleet'] })), pools }
  expect(isRefuted(worldsHold(subject, { ownStep }), { runsMax: 100 })).toBe(true)
})

it('prints the shortest run as a log that replays', () => {
  const forgetful = onlySeeing((phase) => phase !== undefined)
  const [sentence, log] = failureOf(forgetful).split('\n\n') as [string, string]
  expect(sentence).toMatchInlineSnapshot(`"object-0 wants 1 replicas, 0 run and 0 wait for a node"`)
  expect(log).toMatchInlineSnapshot(`
    "{"log":"stowage","version":1,"controllers":["fixed-count"],"start":1000,"pools":[],"setting":{"seed":0}}
    {"event":{"at":1000,"_tag":"NodeJoined","name":"node-0","node":{"capacity":{"cpu":1}}}}
    {"event":{"at":1000,"_tag":"Reported","controller":"fixed-count","about":"object-0","report":{"count":0,"size":1}}}
    {"event":{"at":1000,"_tag":"Reported","controller":"fixed-count","about":"object-0","report":{"count":1,"size":1}}}
    {"effect":{"_tag":"Place","order":1,"replica":0,"node":"node-0","owner":{"controller":"fixed-count","name":"object-0"},"class":0}}
    {"event":{"at":8784,"_tag":"OrderFailed","order":1,"because":"the order was lost"}}
    {"effects":0}
    {"end":{"now":8784,"hash":"2160f686"}}
    "
  `)
  expect(getOrThrow(replayLog(log, [forgetful])).cutAfter).toBeUndefined()
})
