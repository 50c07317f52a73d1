/**
 * Tests services minute by minute: the counts that result from several policies, cooldowns, bounds
 * and deployments.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyScalingMemory,
  evaluateScaling,
  type ScalingView,
  type StepAlarm,
} from './evaluate.js'
import { defaultScalingOptions } from './options.js'
import { policyOf, register, tracking } from './scaling.fixture.js'

const { registry } = register()
const awake = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
}
const cpu = policyOf(registry, tracking('cpu', 50))
const memory = policyOf(registry, tracking('memory', 50))
const outward = policyOf(registry, tracking('outward', 50, { DisableScaleIn: true }))

interface Story extends Partial<Omit<ScalingView, 'values'>> {
  /** The value of each policy at a minute, with the count of that minute. */
  readonly at: (minute: number, count: number) => Readonly<Record<string, number>>
  readonly minutes: number
}

/** The count after each minute at which it changes. */
const changes = ({ at, minutes, ...view }: Story, evaluate = evaluateScaling) => {
  let count = view.desiredCount ?? 4
  let remembered = emptyScalingMemory
  const found: (readonly [minute: number, count: number])[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    const decision = evaluate({
      target: { MinCapacity: 1, MaxCapacity: 20, SuspendedState: awake },
      ...{ policies: [cpu], alarms: new Map(), isDeploying: false, options: defaultScalingOptions },
      ...view,
      values: new Map(Object.entries(at(minute, count))),
      ...{ desiredCount: count, memory: remembered, now: instant(minute * 60_000) },
    })
    if (decision.desiredCount !== count) found.push([minute, decision.desiredCount])
    count = decision.desiredCount
    remembered = decision.memory
  }
  return found
}

describe('target tracking', () => {
  it('scales out after 3 minutes, and within the cooldown by no more than what goes beyond it', () => {
    expect(changes({ at: () => ({ cpu: 75 }), minutes: 7 })).toEqual([[3, 6]])
    expect(changes({ at: (now) => ({ cpu: now < 5 ? 75 : 100 }), minutes: 7 })).toEqual([
      [3, 6],
      [5, 8],
    ])
    expect(changes({ at: () => ({ cpu: 75 }), minutes: 8 })).toEqual([
      [3, 6],
      [8, 9],
    ])
  })
  it('scales in after 15 minutes below nine tenths of the target', () => {
    expect(changes({ at: () => ({ cpu: 20 }), minutes: 19 })).toEqual([[15, 2]])
    expect(changes({ at: () => ({ cpu: 46 }), minutes: 40 })).toEqual([])
    expect(changes({ at: (now) => (now === 10 ? {} : { cpu: 20 }), minutes: 24 })).toEqual([])
  })
  it('scales out if any policy wants it, in only if all that may do', () => {
    const policies = [cpu, memory]
    expect(changes({ policies, at: () => ({ cpu: 10, memory: 60 }), minutes: 3 })).toEqual([[3, 5]])
    expect(changes({ policies, at: () => ({ cpu: 10, memory: 48 }), minutes: 30 })).toEqual([])
    expect(changes({ policies, at: () => ({ cpu: 10, memory: 30 }), minutes: 15 })).toEqual([
      [15, 3],
    ])
    expect(changes({ policies, at: () => ({ cpu: 10 }), minutes: 30 })).toEqual([])
    const others = [cpu, outward]
    expect(
      changes({ policies: others, at: () => ({ cpu: 30, outward: 48 }), minutes: 15 }),
    ).toEqual([[15, 3]])
    expect(changes({ policies: [outward], at: () => ({ outward: 1 }), minutes: 40 })).toEqual([])
  })
  it('is held back by a deployment, by suspended processes and by the bounds', () => {
    const low = { at: () => ({ cpu: 20 }), minutes: 20 }
    const high = { at: () => ({ cpu: 100 }), minutes: 5 }
    expect(changes({ ...low, isDeploying: true })).toEqual([])
    expect(changes({ ...high, isDeploying: true })).toEqual([[3, 8]])
    const target = { MinCapacity: 1, MaxCapacity: 20 }
    const suspended = (more: object) => ({ ...target, SuspendedState: { ...awake, ...more } })
    expect(changes({ ...low, target: suspended({ DynamicScalingInSuspended: true }) })).toEqual([])
    expect(changes({ ...high, target: suspended({ DynamicScalingOutSuspended: true }) })).toEqual(
      [],
    )
    const narrow = { MinCapacity: 3, MaxCapacity: 5, SuspendedState: awake }
    expect(changes({ ...high, target: narrow })).toEqual([[3, 5]])
    expect(changes({ ...low, target: narrow })).toEqual([[15, 3]])
    expect(changes({ ...low, target: narrow, desiredCount: 9 })[0]).toEqual([1, 5])
  })
})

describe('step scaling', () => {
  const steps = policyOf(registry, {
    PolicyName: 'steps',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'PercentChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 25 },
        { MetricIntervalLowerBound: 10, ScalingAdjustment: 100 },
      ],
      Cooldown: 120,
    },
  })
  const alarm: StepAlarm = {
    threshold: 100,
    comparison: 'GreaterThanOrEqualToThreshold',
    minutes: 2,
  }
  const alarms = new Map([['steps', alarm]])
  const story = { policies: [steps], alarms, minutes: 4 }
  it('takes the step of the difference, counted from before the cooldown', () => {
    expect(changes({ ...story, at: () => ({ steps: 105 }) })).toEqual([
      [2, 5],
      [4, 6],
    ])
    expect(
      changes({ ...story, at: (now) => ({ steps: now < 3 ? 105 : 110 }), minutes: 3 }),
    ).toEqual([
      [2, 5],
      [3, 8],
    ])
  })
  it('never acts without an alarm', () => {
    expect(changes({ ...story, alarms: new Map(), at: () => ({ steps: 500 }) })).toEqual([])
  })
})

/**
 * A load that is shared by the tasks of two minutes ago: it rises and falls back. The count follows
 * it without going beyond, and comes to rest where the load is served.
 */
const rests = (evaluate: typeof evaluateScaling) =>
  fc.property(fc.integer({ min: 50, max: 900 }), fc.integer({ min: 50, max: 900 }), (low, high) => {
    const [need, peak] = [low, high].map((load) => Math.ceil(load / 50)) as [number, number]
    const counts: number[] = []
    const load = (minute: number) => (minute < 60 || minute >= 180 ? low : high)
    const at = (minute: number, count: number) => {
      counts.push(count)
      return { cpu: load(minute - 2) / (counts[minute - 3] ?? count) }
    }
    const found = changes({ at, minutes: 400, desiredCount: need }, evaluate)
    const last = counts[counts.length - 1]!
    const isQuiet = found.every(([minute]) => minute < 300)
    const isServed = low / last <= 50 && Math.max(...counts) <= Math.max(need, peak)
    const isSteady = found.every(([minute], i) => minute < 183 || i === found.length - 1)
    return isQuiet && isServed && isSteady
  })

it('there and back by the same metric comes to rest', () => {
  fc.assert(rests(evaluateScaling), { numRuns: 500, seed: 1 })
})
it('is refuted when scaling in goes one too far', () => {
  const eager: typeof evaluateScaling = (view) => {
    const decision = evaluateScaling(view)
    const isIn = decision.desiredCount < view.desiredCount && decision.desiredCount > 1
    return isIn ? { ...decision, desiredCount: decision.desiredCount - 1 } : decision
  }
  expect(isRefuted(rests(eager), { runsMax: 500 })).toBe(true)
})
it('is refuted when what a cooldown has added is added again', () => {
  const forgetful: typeof evaluateScaling = (view) =>
    evaluateScaling({ ...view, memory: { ...view.memory, out: undefined } })
  expect(isRefuted(rests(forgetful), { runsMax: 500 })).toBe(true)
})
