/**
 * Tests how a capacity provider strategy divides tasks among its providers:
 * 1. the counts equal those that AWS documents;
 * 2. for random strategies, the base is filled first, and each provider is within one task of its
 *    exact weight;
 * 3. strategies outside the documented bounds are refused;
 * 4. tasks wait when their provider has no room.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  bounds,
  failover,
  providerTypes,
  shares,
} from '../../../../test/expected/ecs/c1-providers.js'
import { asynchronous } from '../../../../test/expected/ecs/a8-failures.js'
import { container, instance, task } from '../plan/plan.fixture.js'
import { cluster, done, on, refused } from '../api/call.fixture.js'
import { placeWaiting } from '../cluster/waiting.js'
import type { Task } from '../words/task.js'
import { sharesOf } from './shares.js'
import { giveUpWaiting, reportInstance, runTask, stopTask } from '../api/untyped.fixture.js'

describe('shares', () => {
  it.each(shares)('$providers of $tasks tasks: $counts', ({ providers, tasks, counts }) => {
    expect(sharesOf(providers, tasks)).toEqual(counts)
  })
  const strategy = fc
    .array(fc.record({ base: fc.constant(0), weight: fc.nat(9) }), { minLength: 2, maxLength: 6 })
    .chain((items) =>
      fc
        .tuple(fc.nat(items.length - 1), fc.nat(12))
        .map(([at, base]) => items.map((item, i) => (i === at ? { ...item, base } : item))),
    )
    .filter((items) => items.some(({ weight }) => weight > 0))
  const holds = (share: typeof sharesOf) =>
    fc.property(strategy, fc.nat(60), (items, tasks) => {
      const counts = share(items, tasks)
      const base = items.reduce((sum, each) => sum + each.base, 0)
      const together = items.reduce((sum, { weight }) => sum + weight, 0)
      const left = Math.max(0, tasks - base)
      return (
        counts.reduce((sum, count) => sum + count, 0) === tasks &&
        items.every((each, i) => {
          const beyond = counts[i]! - Math.min(each.base, tasks)
          const exact = (each.weight * left) / together
          return beyond >= 0 && Math.abs(beyond - exact) < 1 && (each.weight > 0 || beyond === 0)
        })
      )
    })
  it('fill the base first, and hold the weights within one task, at every count', () => {
    fc.assert(holds(sharesOf), { numRuns: 2000 })
  })
  it('hold them so too by the largest remainder, of which fewer can come of more', () => {
    const remainder: typeof sharesOf = (items, tasks) => sharesOf(items, tasks, 'largest remainder')
    fc.assert(holds(remainder), { numRuns: 2000 })
    const three = [{ weight: 6 }, { weight: 6 }, { weight: 2 }]
    expect([10, 11].map((tasks) => remainder(three, tasks))).toEqual([
      [4, 4, 2],
      [5, 5, 1],
    ])
  })
  it('are by the option of the cluster', () => {
    const weights = [1, 1, 3]
    const capacityProviderStrategy = weights.map((weight, i) => ({
      capacityProvider: `own-${i}`,
      weight,
    }))
    const own = Object.fromEntries(
      capacityProviderStrategy.map((each) => [each.capacityProvider, 'EC2_AUTOSCALING' as const]),
    )
    const started = (weightRounding: 'quota' | 'largest remainder') => {
      const of = cluster([task('web', both)], { capacityProviders: own, weightRounding })
      const request = { taskDefinition: 'web', count: 2, capacityProviderStrategy }
      const { tasks } = done(runTask(of, request, instantOfSeconds(0)))[1]
      return capacityProviderStrategy.map(
        ({ capacityProvider }) =>
          tasks.filter((each) => each.capacityProviderName === capacityProvider).length,
      )
    }
    expect(started('quota')).toEqual([0, 0, 2])
    expect(started('largest remainder')).toEqual([1, 0, 1])
  })
  it('are refuted when what is left over goes to the heaviest', () => {
    const heaviest: typeof sharesOf = (items, tasks) => {
      const together = items.reduce((sum, { weight = 0 }) => sum + weight, 0)
      const counts = items.map(({ weight = 0 }) => Math.floor((weight * tasks) / together))
      const top = items.reduce(
        (best, { weight = 0 }, i) => (weight > items[best]!.weight! ? i : best),
        0,
      )
      counts[top]! += tasks - counts.reduce((sum, count) => sum + count, 0)
      return counts
    }
    expect(isRefuted(holds(heaviest))).toBe(true)
  })
  it('are refuted when the base is counted into the weights', () => {
    const flat: typeof sharesOf = (items, tasks) =>
      sharesOf(
        items.map(({ weight }) => ({ weight })),
        tasks,
      )
    expect(isRefuted(holds(flat))).toBe(true)
  })
})

const both = { networkMode: 'bridge', containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const fargate = {
  ...{ cpu: '256', memory: '512', networkMode: 'awsvpc' },
  requiresCompatibilities: ['EC2', 'FARGATE'],
}
const networkConfiguration = { awsvpcConfiguration: { subnets: ['s'] } }
const providers = {
  one: 'EC2_AUTOSCALING',
  other: 'EC2_AUTOSCALING',
  group: 'EC2_AUTOSCALING',
} as const
const state = cluster([task('web', fargate), instance('i-1')], { capacityProviders: providers })

describe('a strategy', () => {
  it.each(accepted)('$strategy is accepted: $accepted', ({ strategy, accepted: isAccepted }) => {
    const request = {
      taskDefinition: 'web',
      networkConfiguration,
      capacityProviderStrategy: strategy,
    }
    const called = runTask(state, request, instantOfSeconds(0))
    if (isAccepted) expect(done(called)[1].tasks).toHaveLength(1)
    else {
      const { exception, message } = refused(called)
      expect(exception).toBe('InvalidParameterException')
      expect(message).toContain('capacityProviderStrategy')
    }
  })
  it('has so many providers at most, or as many as the option says', () => {
    const of = (length: number) => ({
      taskDefinition: 'web',
      networkConfiguration,
      capacityProviderStrategy: Array.from({ length }, () => ({
        capacityProvider: 'one',
        weight: 1,
      })),
    })
    const { most } = bounds.providers
    expect(done(runTask(state, of(most), instantOfSeconds(0)))[1].tasks).toHaveLength(1)
    expect(refused(runTask(state, of(most + 1), instantOfSeconds(0))).message).toContain(
      'capacityProviderStrategy',
    )
    const older = { ...state, options: { ...state.options, providersMax: 6 } }
    expect(refused(runTask(older, of(7), instantOfSeconds(0))).message).toContain('at most 6')
  })
  it('has bases and weights within bounds, and a weight of 0 where none is said', () => {
    const { base, weight } = bounds
    const zeroWeightAlone = 'gets every task' as const
    const alone = {
      ...{ taskDefinition: 'web', networkConfiguration },
      capacityProviderStrategy: [{ capacityProvider: 'one', weight: weight.least }],
    }
    const called = (more: object, ...others: readonly object[]) =>
      runTask(
        state,
        {
          ...{ taskDefinition: 'web', networkConfiguration },
          capacityProviderStrategy: [{ capacityProvider: 'one', weight: 1, ...more }, ...others],
        },
        instantOfSeconds(0),
      )
    for (const value of [base.least, base.most]) done(called({ base: value }))
    done(called({ weight: weight.most }))
    refused(called({ weight: weight.least }))
    const lenient = { ...state, options: { ...state.options, zeroWeightAlone } }
    expect(done(runTask(lenient, alone, instantOfSeconds(0)))[1].tasks).toHaveLength(1)
    for (const value of [base.least - 1, base.most + 1]) refused(called({ base: value }))
    for (const value of [weight.least - 1, weight.most + 1]) refused(called({ weight: value }))
    const silent = { capacityProvider: 'other' }
    for (const others of [silent, { ...silent, weight: weight.absent }]) {
      expect(refused(called({ weight: 0 }, others)).message).toContain(
        'no capacity provider with a weight value greater than zero',
      )
      const [{ capacityProviderName }] = done(called({}, others))[1].tasks as [Task]
      expect(capacityProviderName).toBe('one')
    }
    const withBases = (count: number) =>
      Array.from({ length: count }, () => ({ ...silent, base: 1, weight: 1 }))
    done(called({}, ...withBases(bounds.providersWithBase.most)))
    refused(called({}, ...withBases(bounds.providersWithBase.most + 1)))
  })
  it.each(providerTypes)('takes a provider of the type %s', (type) => {
    const own = type === 'EC2_AUTOSCALING' || type === 'MANAGED_INSTANCES' ? { own: type } : {}
    const requiresCompatibilities = ['EC2', 'FARGATE', 'MANAGED_INSTANCES']
    const of = cluster([task('web', { ...fargate, requiresCompatibilities })], {
      capacityProviders: own,
    })
    const capacityProvider = Object.keys(own)[0] ?? type
    const capacityProviderStrategy = [{ capacityProvider, weight: 1 }]
    const request = { taskDefinition: 'web', networkConfiguration, capacityProviderStrategy }
    const [{ capacityProviderName, launchType }] = done(
      runTask(of, request, instantOfSeconds(0)),
    )[1].tasks as [Task]
    const expected = type === 'EC2_AUTOSCALING' ? 'EC2' : type.replace('_SPOT', '')
    expect([capacityProviderName, launchType]).toEqual([capacityProvider, expected])
  })
  it('names providers that are there', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'nobody', weight: 1 }]
    const request = { taskDefinition: 'web', networkConfiguration, capacityProviderStrategy }
    expect(refused(runTask(state, request, instantOfSeconds(0))).message).toContain(
      'capacityProvider',
    )
  })
})

describe('a provider without room', () => {
  const on1 = { capacityProviderName: 'one' }
  const full = { attributes: [{ name: 'no', value: 'room' }] }
  const here = cluster(
    [
      task('web', {
        ...both,
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:no !exists' }],
      }),
      instance('i-1', 'a', { ...on1, ...full }),
      instance('i-2', 'a', { capacityProviderName: 'other' }),
    ],
    { capacityProviders: providers },
  )
  const strategy = [
    { capacityProvider: 'one', weight: 1 },
    { capacityProvider: 'other', weight: 1 },
  ]
  const call = { taskDefinition: 'web', count: 4, capacityProviderStrategy: strategy }
  const [started, answer] = done(runTask(here, call, instantOfSeconds(0)))
  it('passes nothing on to another, and its tasks wait', () => {
    expect(failover).toBe(false)
    expect(on(answer.tasks)).toEqual(['', '', 'i-2', 'i-2'])
    expect(answer.tasks.map(({ lastStatus }) => lastStatus)).toEqual([
      ...['PROVISIONING', 'PROVISIONING', 'PENDING', 'PENDING'],
    ])
    expect([answer.failures, answer.refusals.length]).toEqual([[], 1])
  })
  it('has its tasks placed when it has room', () => {
    const roomy = cluster(
      [task('web', both), instance('i-1', 'a', { ...on1, status: 'DRAINING' })],
      { capacityProviders: providers },
    )
    const alone = { ...call, capacityProviderStrategy: strategy.slice(0, 1) }
    const [waits] = done(runTask(roomy, alone, instantOfSeconds(0)))
    expect(done(placeWaiting(waits, instantOfSeconds(1)))[1].tasks).toEqual([])
    const [active] = done(
      reportInstance(waits, { containerInstance: 'i-1', status: 'ACTIVE' }, instantOfSeconds(2)),
    )
    const [placed, { tasks }] = done(placeWaiting(active, instantOfSeconds(3)))
    expect(on(tasks)).toEqual(['i-1', 'i-1', 'i-1', 'i-1'])
    expect(tasks.map(({ lastStatus, version }) => [lastStatus, version])).toEqual(
      Array(4).fill(['PENDING', 2]),
    )
    expect([placed.waiting.size, placed.replicas.size]).toEqual([0, 4])
  })
  it('fails its tasks for a documented reason when nobody waits any longer', () => {
    const reasonOf = (values: readonly unknown[]) => {
      const cannot = cluster(
        [
          task('web', {
            ...both,
            placementConstraints: [{ type: 'memberOf', expression: 'attribute:no !exists' }],
          }),
          ...values,
        ],
        { capacityProviders: providers },
      )
      const alone = { ...call, count: 1, capacityProviderStrategy: strategy.slice(0, 1) }
      const [waits, { tasks }] = done(runTask(cannot, alone, instantOfSeconds(0)))
      const { task: stopped } = done(
        giveUpWaiting(waits, { task: tasks[0]!.taskArn }, instantOfSeconds(9)),
      )[1]
      expect([stopped.lastStatus, stopped.stopCode]).toEqual(['STOPPED', 'TaskFailedToStart'])
      return stopped.stoppedReason
    }
    const found = [
      reasonOf([instance('i-1', 'a', { ...on1, agentConnected: false })]),
      reasonOf([instance('i-1', 'a', { ...on1, ...full })]),
      reasonOf([instance('i-1', 'a', { ...on1, status: 'DRAINING' })]),
      reasonOf([instance('i-2')]),
    ]
    expect(found).toEqual([
      ...['AGENT', 'MemberOf placement constraint unsatisfied.'],
      ...['NO ACTIVE INSTANCES', 'EMPTY CAPACITY PROVIDER'],
    ])
    expect(asynchronous).toEqual(expect.arrayContaining(found))
  })
  it('has nothing to stop of a task that waits', () => {
    const [after, { task: stopped }] = done(
      stopTask(started, { task: answer.tasks[0]!.taskArn }, instantOfSeconds(5)),
    )
    expect([stopped.lastStatus, stopped.stopCode, after.waiting.size]).toEqual([
      'STOPPED',
      'UserInitiated',
      1,
    ])
  })
})
