/**
 * Tests plans of Fargate tasks: the capacity provider and subnet of each task, and why tasks cannot
 * be launched, such as the quota of vCPUs.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { forFargate, inSubnets, input, service, task } from './plan.fixture.js'
import { planTasksOnFargate, planOnInstances, type EcsPlan } from './plan.js'
import { type InstanceOptions } from './options.js'

const web = (more: object = {}): object => task('web', { ...forFargate, ...more })
const capacityProviderStrategy = [
  { capacityProvider: 'FARGATE', base: 1, weight: 1 },
  { capacityProvider: 'FARGATE_SPOT', weight: 3 },
]
const plan = (fargate: InstanceOptions['fargate'], ...values: readonly object[]): EcsPlan =>
  planOnInstances(input(...values), { instances: [], seed: 0, ...(fargate && { fargate }) })
const onSpot = { ...inSubnets('a', 'b'), capacityProviderStrategy }

const launched = (made: EcsPlan): readonly string[] =>
  made.launched.map(({ name, count, capacityProvider, subnet }) =>
    [count, name, capacityProvider, subnet].filter((part) => part !== undefined).join(' '),
  )
const refused = (made: EcsPlan): readonly string[] =>
  made.refused.map(({ name, count, reason }) => `${count} ${name}: ${reason}`)

const running = (id: string, more: object): object => ({
  taskArn: `arn:aws:ecs:r:1:task/default/${id}`,
  ...{ taskDefinitionArn: 'web:1', group: 'service:web', launchType: 'FARGATE' },
  ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING', cpu: '256', memory: '512' },
  ...more,
})
const there = (subnet: string) => ({
  attachments: [
    { type: 'ElasticNetworkInterface', details: [{ name: 'subnetId', value: subnet }] },
  ],
})

describe('tasks that are launched on Fargate', () => {
  it('are of the providers of their strategy, each of which is spread by itself', () => {
    expect(launched(plan({}, web(), service('web', { desiredCount: 5, ...onSpot })))).toEqual([
      '1 web FARGATE a',
      '1 web FARGATE b',
      '2 web FARGATE_SPOT a',
      '1 web FARGATE_SPOT b',
    ])
  })
  it('are of no provider by a launch type, and in a subnet that is named', () => {
    const onDemand = service('web', { desiredCount: 2, launchType: 'FARGATE', ...inSubnets('a') })
    expect(launched(plan({}, web(), onDemand))).toEqual(['2 web a'])
    const byProvider = [{ capacityProvider: 'group', weight: 1 }]
    const elsewhere = service('web', {
      capacityProviderStrategy: byProvider,
      ...inSubnets('b'),
    })
    expect(launched(planTasksOnFargate(input(web(), elsewhere)))).toEqual(['1 web b'])
  })
  it('are those of a call too', () => {
    const call = { taskDefinition: 'web', count: 3, ...onSpot }
    expect(launched(plan({}, web(), call))).toEqual([
      '1 family:web FARGATE a',
      '1 family:web FARGATE_SPOT a',
      '1 family:web FARGATE_SPOT b',
    ])
  })
  it('stay where they are already, and count for bases, weights and spreading', () => {
    const made = plan(
      {},
      ...[web(), service('web', { desiredCount: 5, ...onSpot })],
      running('1', { capacityProviderName: 'FARGATE', ...there('a') }),
      running('2', { capacityProviderName: 'FARGATE_SPOT', ...there('b') }),
      running('3', { ...there('b'), group: 'service:other' }),
      running('4', { ...there('b'), lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }),
    )
    expect(launched(made)).toEqual([
      '2 web FARGATE a',
      '1 web FARGATE_SPOT b',
      '2 web FARGATE_SPOT a',
    ])
    expect(made.vended).toMatchObject([{ name: 'web', count: 5 }])
  })
})

describe('tasks that are not launched', () => {
  it('would pass the quota of vCPUs, which what runs already counts for', () => {
    const vcpusAtOnce = { FARGATE: 1, FARGATE_SPOT: 0.5 }
    const made = plan(
      { vcpusAtOnce },
      ...[web(), service('web', { desiredCount: 9, ...onSpot })],
      running('1', { group: 'service:other' }),
    )
    expect(launched(made)).toEqual([
      '2 web FARGATE a',
      '1 web FARGATE b',
      '1 web FARGATE_SPOT a',
      '1 web FARGATE_SPOT b',
    ])
    const limit = "You've reached the limit on the number of vCPUs you can run concurrently"
    expect(refused(made)).toEqual([`4 web: ${limit} (0.5 vCPUs of FARGATE_SPOT run, and 0.5 may)`])
    expect(made.vended).toMatchObject([{ count: 5 }])
    expect(plan({}, web(), service('web', { desiredCount: 900, ...onSpot })).refused).toEqual([])
  })
  it('are of a platform that there is not', () => {
    const onDemand = (more: object) =>
      service('web', { launchType: 'FARGATE', ...inSubnets('a'), ...more })
    for (const platformVersion of ['9.9.9', '1.2.9', '1.4'])
      expect(refused(plan({}, web(), onDemand({ platformVersion })))).toEqual([
        `1 web: PlatformUnknownException: platformVersion: there is no platform version ${platformVersion} for linux.`,
      ])
    expect(launched(plan({}, web(), onDemand({ platformVersion: '1.3.0' })))).toHaveLength(1)
    const windows = {
      ...{ cpu: '1024', memory: '2048' },
      runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
    }
    const made = plan({}, web(windows), service('web', { desiredCount: 3, ...onSpot }))
    expect(launched(made)).toEqual(['1 web FARGATE a'])
    expect(refused(made)).toEqual([
      '2 web: PlatformTaskDefinitionIncompatibilityException: capacityProvider: no Spot for windows 1.0.0 on X86_64.',
    ])
  })
  it('are more than a plan looks at one by one', () => {
    const many = service('web', {
      desiredCount: 1_000_000,
      launchType: 'FARGATE',
      ...inSubnets('a'),
    })
    expect(refused(plan({}, web(), many))).toEqual([
      '1000000 web: a plan has at most 100000 tasks on Fargate',
    ])
  })
})

describe('the rate of launches', () => {
  const rate = (burst: number, perSecond: number) => ({
    launchRate: { FARGATE: { burst, perSecond }, FARGATE_SPOT: { burst, perSecond } },
  })
  const onDemand = service('web', { desiredCount: 5, launchType: 'FARGATE', ...inSubnets('a') })
  it('lets tasks wait, which is told', () => {
    expect(plan(rate(3, 4), web(), onDemand).warnings).toEqual([
      {
        ...{ code: 'FargateLaunchDelayed', from: 'file 2', subject: 'service web' },
        text: 'Fargate launches 3 tasks at once and 4 a second after that, and so does Fargate Spot',
        detail: 'the last one starts after 0.5 s',
      },
    ])
  })
  it('is by default that of most regions, 100 at once and 20 a second', () => {
    const of = (desiredCount: number) =>
      plan({}, web(), service('web', { desiredCount, launchType: 'FARGATE', ...inSubnets('a') }))
        .warnings
    expect([of(100), of(140)]).toMatchObject([[], [{ detail: 'the last one starts after 2 s' }]])
  })
  it('of 0 lets nothing start', () => {
    expect(refused(plan(rate(0, 0), web(), onDemand))).toEqual([
      '5 web: ThrottlingException: no task may be launched',
    ])
  })
})

/**
 * Every task is launched or refused, and the tasks of a provider are within one of each other in
 * all subnets.
 */
const spreads = (subnetRule: 'fewest' | 'first') =>
  fc.property(
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 16 }),
    fc.integer({ min: 0, max: 12 }),
    (desiredCount, subnets, most) => {
      const names = Array.from({ length: subnets }, (_, i) => `subnet-${i}`)
      const made = plan(
        { subnetRule, vcpusAtOnce: { FARGATE: most, FARGATE_SPOT: most } },
        web(),
        service('web', { desiredCount, ...inSubnets(...names), capacityProviderStrategy }),
      )
      const sum = (all: readonly { readonly count: number }[]): number =>
        all.reduce((total, { count }) => total + count, 0)
      expect(sum(made.launched) + sum(made.refused)).toBe(desiredCount)
      expect(sum(made.vended)).toBe(sum(made.launched))
      for (const provider of ['FARGATE', 'FARGATE_SPOT']) {
        const own = made.launched.filter(({ capacityProvider }) => capacityProvider === provider)
        const counts = names.map((name) => sum(own.filter(({ subnet }) => subnet === name)))
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        expect(sum(own)).toBeLessThanOrEqual(most * 4)
      }
    },
  )

describe('subnets', () => {
  it('have as many tasks of a provider, within one', () => fc.assert(spreads('fewest')))
  it('are refuted when the first has them all', () => {
    expect(isRefuted(spreads('first'))).toBe(true)
  })
})
