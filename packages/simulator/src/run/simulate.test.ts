/**
 * Tests of simulations: equal seeds give equal runs, every command is answered, and each configured
 * fault happens.
 */
import {
  getOrThrow,
  instant,
  openOrdersOf,
  type Controller,
  replayLog,
  stateHash,
  type Pool,
  type StepEvent,
} from '@stowage/kernel'
import { fixedCount, isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resumeSimulation, simulate } from './simulate.js'
import type { Moment, Simulation } from './simulation.js'

const at = instant(0)
const joined = (name: string, cpu = 10): StepEvent => ({
  ...{ at, _tag: 'NodeJoined', name, node: { capacity: { cpu } } },
})
const wish = (count: number, when = 0): StepEvent => ({
  ...{ at: instant(when), _tag: 'Reported', controller: fixedCount.name, about: 'web' },
  report: { count, size: 1 },
})
const base: Simulation = {
  seed: 1,
  controllers: [fixedCount],
  events: [joined('a'), joined('b'), wish(15)],
  until: instant(600_000),
}
const eventsIn = (moments: readonly Moment[]) => moments.flatMap(({ events }) => events)
const effectsIn = (moments: readonly Moment[]) => moments.flatMap(({ effects }) => effects)
const countOf = (all: readonly { readonly _tag: string }[], tag: string): number =>
  all.filter(({ _tag }) => _tag === tag).length
const many = (change: Partial<Simulation>) =>
  Array.from({ length: 40 }, (_, seed) => simulate({ ...base, seed, ...change }).moments).flat()

describe('a simulation', () => {
  const faults = { lost: 0.2, delayed: 0.3, repeated: 0.3, nodeDeaths: 0.5, replicaDeaths: 0.1 }
  it('is the same for the same seed, and another for another', () => {
    const logs = [1, 1, 2].map((seed) => simulate({ ...base, seed, faults }).log)
    expect(logs[1]).toBe(logs[0])
    expect(logs[2]).not.toBe(logs[0])
  })
  it('is a log that replays', () => {
    const { log, state } = simulate({ ...base, faults })
    const replay = getOrThrow(replayLog(log, [fixedCount]))
    expect(replay.cutAfter).toBeUndefined()
    expect(stateHash([fixedCount], replay.state)).toBe(stateHash([fixedCount], state))
    expect(replay.header.setting).toEqual({ seed: 1 })
  })
  it('never goes back, and ends in time', () => {
    const { moments } = simulate({ ...base, faults, until: instant(20_000) })
    const times = moments.map((moment) => moment.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(20_000)
    expect(simulate({ ...base, until: instant(1) }).nextAt).toBeGreaterThan(1)
    expect(simulate(base).nextAt).toBeUndefined()
    expect(eventsIn(moments).every((event) => times.includes(event.at))).toBe(true)
  })
  it('answers every order once when nothing goes wrong', () => {
    const events = [...base.events, wish(5, 9000)]
    const moments = many({ events })
    const facts = eventsIn(moments)
    expect(countOf(effectsIn(moments), 'Place')).toBe(40 * 15)
    expect(countOf(facts, 'ReplicaRunning')).toBe(40 * 15)
    expect(countOf(effectsIn(moments), 'Stop')).toBe(40 * 10)
    expect(countOf(facts, 'ReplicaStopped')).toBe(40 * 10)
    expect(moments.some(({ isFaulty }) => isFaulty)).toBe(false)
  })
  it('takes as long as its latencies say', () => {
    const latencies = { start: [10, 12], stop: [20, 21] } as const
    const { moments } = simulate({ ...base, events: [...base.events, wish(5, 100)], latencies })
    const timesOf = (tag: string) =>
      new Set(eventsIn(moments).flatMap((event) => (event._tag === tag ? [event.at] : [])))
    expect(timesOf('ReplicaRunning')).toEqual(new Set([10, 11, 12]))
    expect(timesOf('ReplicaStopped')).toEqual(new Set([120, 121]))
  })
  it('says which fault ended it, and what was refused', () => {
    const wrong: StepEvent = { at: instant(3), _tag: 'NodeLeft', name: 'c' }
    const { fault, log, moments } = simulate({ ...base, events: [joined('a'), wrong] })
    expect(fault).toMatchObject({ _tag: 'UnknownNode', event: 0 })
    expect(moments).toHaveLength(1)
    expect(log).toContain(JSON.stringify({ event: wrong }))
    expect(replayLog(log, [fixedCount])).toMatchObject({ left: { at: ['event', 'name'] } })
  })
})

describe('a simulation that is resumed', () => {
  const faults = { lost: 0.2, delayed: 0.3, repeated: 0.3, nodeDeaths: 0.5, replicaDeaths: 0.1 }
  const simulation: Simulation = { ...base, faults, until: instant(60_000) }
  const rest = { events: [], until: instant(60_000) }
  const isOneRun = (resume: typeof resumeSimulation) =>
    fc.property(fc.nat(999), fc.nat(60_000), (seed, until) => {
      const first = simulate({ ...simulation, seed, until: instant(until) })
      const whole = simulate({ ...simulation, seed })
      const [one, other] = [resume(first, rest), resume(first, rest)]
      expect(one.log).toBe(whole.log)
      expect([...first.moments, ...one.moments].map(({ at: when }) => when)).toEqual(
        whole.moments.map(({ at: when }) => when),
      )
      // The first run is as it was.
      expect(other.log).toBe(whole.log)
    })
  it('is the run that was not paused', () => {
    fc.assert(isOneRun(resumeSimulation), { numRuns: 100 })
  })
  it('is refuted when what was to happen is forgotten', () => {
    const forgetful: typeof resumeSimulation = (run, next) => {
      const { agenda } = simulate({ ...simulation, events: [] }).pause!.world
      const { world, ...pause } = run.pause!
      return resumeSimulation({ ...run, pause: { ...pause, world: { ...world, agenda } } }, next)
    }
    expect(isRefuted(isOneRun(forgetful))).toBe(true)
  })
  it('is refuted when runs share a world', () => {
    let world: NonNullable<ReturnType<typeof simulate>['pause']>['world'] | undefined
    const sharing: typeof resumeSimulation = (run, next) => {
      const before = world ?? run.pause!.world
      const resumed = resumeSimulation({ ...run, pause: { ...run.pause!, world: before } }, next)
      world = resumed.pause?.world
      return resumed
    }
    expect(isRefuted(isOneRun(sharing))).toBe(true)
  })
  it('learns further facts', () => {
    const first = simulate({ ...base, until: instant(30_000) })
    const { log } = simulate({ ...base, events: [...base.events, wish(3, 40_000)] })
    const resumed = resumeSimulation(first, { events: [wish(3, 40_000)], until: base.until })
    expect(resumed.log).toBe(log)
    expect(resumed.moments[0]?.at).toBe(40_000)
  })
  it('stays at the fault that ended it', () => {
    const wrong: StepEvent = { at: instant(3), _tag: 'NodeLeft', name: 'c' }
    const ended = simulate({ ...base, events: [joined('a'), wrong] })
    expect(resumeSimulation(ended, rest)).toBe(ended)
  })
})

describe('what goes wrong', () => {
  it('are orders that are lost: they fail after the timeout, and are given again', () => {
    const moments = many({ faults: { lost: 0.25 } })
    const [orders, failed] = [
      countOf(effectsIn(moments), 'Place'),
      countOf(eventsIn(moments), 'OrderFailed'),
    ]
    expect(Math.abs(failed / orders - 0.25)).toBeLessThan(0.05)
    expect(countOf(eventsIn(moments), 'ReplicaRunning')).toBe(40 * 15)
    expect(moments.filter(({ isFaulty }) => isFaulty).length).toBeGreaterThan(0)
  })
  it('are facts that are repeated', () => {
    const runs = countOf(eventsIn(many({ faults: { repeated: 0.5 } })), 'ReplicaRunning')
    expect(Math.abs(runs / (40 * 15) - 1.5)).toBeLessThan(0.1)
  })
  it('are facts that are delayed, so that others overtake them', () => {
    const overtaken = (change: Partial<Simulation>): number =>
      Array.from({ length: 40 }, (_, seed) => {
        const events = [...base.events, wish(0, 1500)]
        const { moments } = simulate({ ...base, ...change, seed, events })
        const facts = eventsIn(moments)
        const stopped = new Set<number>()
        let count = 0
        for (const fact of facts) {
          if (fact._tag === 'ReplicaStopped') stopped.add(fact.replica)
          if (fact._tag === 'ReplicaRunning' && stopped.has(fact.replica)) count++
        }
        return count
      }).reduce((sum, count) => sum + count, 0)
    expect(overtaken({})).toBe(0)
    expect(overtaken({ faults: { delayed: 0.5 } })).toBeGreaterThan(0)
  })
  it('are facts about different objects in another order', () => {
    const tagsOf = (change: Partial<Simulation>) =>
      many(change)
        .filter((moment) => moment.at === 0)
        .map(({ events }) => events.map((event) => ('name' in event ? event.name : 'web')).join())
    expect(new Set(tagsOf({}))).toEqual(new Set(['a,b,web']))
    expect(new Set(tagsOf({ faults: { reordered: 1 } })).size).toBe(6)
  })
  it('are nodes that die, and come back', () => {
    const dead = many({ faults: { nodeDeaths: 1, nodeReturns: 0 } })
    expect(countOf(eventsIn(dead), 'NodeLeft')).toBe(80)
    expect(countOf(eventsIn(dead), 'NodeJoined')).toBe(80)
    const back = many({ faults: { nodeDeaths: 1, nodeReturns: 1, until: 31_000 } })
    expect(countOf(eventsIn(back), 'NodeJoined')).toBe(80 + countOf(eventsIn(back), 'NodeLeft'))
  })
  it('are replicas that end by themselves', () => {
    const moments = many({ faults: { replicaDeaths: 0.3, until: 40_000 } })
    const ended = eventsIn(moments).filter((event) => event._tag === 'ReplicaStopped')
    expect(ended.length).toBeGreaterThan(40 * 15 * 0.25)
    expect(new Set(ended.map((event) => 'because' in event && event.because))).toEqual(
      new Set(['it ended by itself']),
    )
  })
  it('ends when it heals', () => {
    const faults = {
      ...{ lost: 0.5, delayed: 0.5, repeated: 0.5, nodeDeaths: 0.5, replicaDeaths: 0.5 },
      until: 30_000,
    }
    const late = many({ faults, events: [...base.events, wish(3, 100_000), wish(15, 110_000)] })
    expect(late.filter((moment) => moment.isFaulty && moment.at > 60_000)).toEqual([])
  })
})

describe('a request that needs an answer', () => {
  /** Asks for a hook until it is told that the hook was called. */
  const asking: Controller<{ readonly isDone: boolean; readonly tries: number }> = {
    name: 'asking',
    start: { isDone: false, tries: 0 },
    learn: (_, memory) => E.right({ memory: { ...memory, isDone: true } }),
    decide: ({ failures }, memory) => {
      if (memory.isDone || (memory.tries > 0 && failures.length === 0))
        return { memory, intents: [] }
      return {
        memory: { ...memory, tries: memory.tries + 1 },
        intents: [{ _tag: 'Ask', request: { hook: memory.tries }, needsAnswer: true }],
      }
    },
    toData: (memory) => memory,
  }
  it('is lost at times, fails then, and is answered by whoever knows it', () => {
    const outcomes = Array.from({ length: 40 }, (_, seed) => {
      const { state, moments, fault } = simulate({
        ...{ seed, controllers: [asking], events: [joined('a')], until: instant(1_000_000) },
        faults: { lost: 0.5 },
        react: (cause, { ready }) =>
          cause._tag === 'Ask'
            ? [
                {
                  ...{ at: ready, _tag: 'Reported', controller: 'asking', about: 'hook' },
                  ...{ report: 'called', order: cause.order },
                },
              ]
            : [],
      })
      expect([fault, openOrdersOf(state)]).toEqual([undefined, []])
      expect(state.memories.get('asking')).toMatchObject({ isDone: true })
      const [asked, failed] = [
        countOf(effectsIn(moments), 'Ask'),
        countOf(eventsIn(moments), 'OrderFailed'),
      ]
      expect(failed).toBe(asked - 1)
      return failed
    })
    expect(new Set(outcomes).size).toBeGreaterThan(2)
  })
})

describe('what a platform reports by itself', () => {
  it('is not about a replica that has ended by then', () => {
    const heardOf = (stop: number): number =>
      countOf(
        eventsIn(
          simulate({
            ...base,
            events: [joined('a'), wish(2), wish(0, stop)],
            latencies: { start: [10, 10], ready: [50, 50], stop: [10, 10] },
            react: (cause, { ready }) =>
              cause._tag === 'ReplicaRunning'
                ? [{ at: ready, _tag: 'OrderFailed', order: 1, because: 'a late word' }]
                : [],
          }).moments,
        ),
        'OrderFailed',
      )
    expect([heardOf(1000), heardOf(20)]).toEqual([2, 0])
  })
  it('comes when its function says', () => {
    const { moments } = simulate({
      ...base,
      events: [joined('a'), wish(2)],
      latencies: { ready: [7, 7] },
      react: (cause, { ready }) =>
        cause._tag === 'ReplicaRunning'
          ? [
              {
                at: ready,
                _tag: 'NodeJoined',
                name: `ready-${cause.replica}`,
                node: { capacity: {} },
              },
            ]
          : [],
    })
    const running = new Map<string, number>(
      eventsIn(moments).flatMap((event) =>
        event._tag === 'ReplicaRunning' ? [[`ready-${event.replica}`, event.at] as const] : [],
      ),
    )
    const ready = eventsIn(moments).filter(
      (event) => event._tag === 'NodeJoined' && event.name !== 'a',
    )
    expect(ready.map((event) => 'name' in event && event.at - running.get(event.name)!)).toEqual([
      7, 7,
    ])
  })
})

describe('pools', () => {
  const offering = { capacity: { cpu: 2 } }
  const fleet: Pool = {
    ...{ _tag: 'Fleet', name: 'fleet', min: 0, max: 2, warmUp: 60_000, idleFor: 5000 },
    offerings: [offering],
  }
  const vending: Pool = { _tag: 'Vending', name: 'vend', max: 9, offering: { capacity: {} } }
  const supplied = {
    ...fixedCount,
    decide: (...args: Parameters<typeof fixedCount.decide>) => {
      const decision = fixedCount.decide(...args)
      return {
        ...decision,
        intents: decision.intents.map((intent) =>
          intent._tag === 'Start' ? { ...intent, supply: { pools: ['fleet', 'vend'] } } : intent,
        ),
      }
    },
  }
  it('have their orders carried out', () => {
    const events = [wish(6), wish(0, 60_000)]
    const { moments, fault, state } = simulate({
      ...{ ...base, controllers: [supplied], events },
      pools: [fleet, vending],
    })
    expect(fault).toBeUndefined()
    const [effects, facts] = [effectsIn(moments), eventsIn(moments)]
    const counts = (all: typeof effects | typeof facts, ...tags: readonly string[]) =>
      tags.map((tag) => countOf(all, tag))
    expect(counts(effects, 'Buy', 'Vend', 'Place', 'Stop', 'Release')).toEqual([2, 2, 4, 6, 2])
    expect(counts(facts, 'NodeJoined', 'ReplicaRunning', 'ReplicaStopped', 'NodeLeft')).toEqual([
      ...[2, 6, 6, 2],
    ])
    expect(openOrdersOf(state)).toEqual([])
  })
})
