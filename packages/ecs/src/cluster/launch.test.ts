/**
 * Tests RunTask on Fargate: the nodes that tasks get, and the failures when a quota or the capacity
 * is used up.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spot as spotRow } from '../../../../test/expected/ecs/c5-fargate.js'
import { reasons } from '../../../../test/expected/ecs/a8-failures.js'
import type { ClusterOptions } from './options.js'
import type { EcsState } from './state.js'
import { container, instance, task } from '../plan/plan.fixture.js'
import { subnetOf } from '../words/task.js'
import { cluster, done, refused } from '../api/call.fixture.js'
import { interruptTask, reportTask, runTask } from '../api/untyped.fixture.js'
import { describeTasks } from '../index.js'

const definition = (more: object = {}) =>
  task('web', {
    ...{ cpu: '256', memory: '512', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
    ...more,
  })
const subnets = (...names: readonly string[]) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: names } },
})
const web = { taskDefinition: 'web', launchType: 'FARGATE', ...subnets('a', 'b') }
const through = (
  ...strategy: readonly (readonly [capacityProvider: string, weight: number])[]
) => ({
  taskDefinition: 'web',
  ...subnets('a', 'b'),
  capacityProviderStrategy: strategy.map(([capacityProvider, weight]) => ({
    capacityProvider,
    weight,
  })),
})
const spot = through(['FARGATE_SPOT', 1])
const on = (fargate: ClusterOptions['fargate'], more: object = {}) =>
  cluster([definition(more)], { fargate })
const wide = { vcpusAtOnce: { FARGATE: 1000, FARGATE_SPOT: 1000 } }

describe('RunTask on Fargate', () => {
  it('spreads tasks over the subnets, for each provider by itself', () => {
    const call = { ...through(['FARGATE', 1], ['FARGATE_SPOT', 1]), count: 6 }
    const [, { tasks }] = done(runTask(on({}), call, instantOfSeconds(0)))
    expect(tasks.map((each) => [each.capacityProviderName, subnetOf(each)])).toEqual([
      ...['a', 'b', 'a'].map((subnet) => ['FARGATE', subnet]),
      ...['a', 'b', 'a'].map((subnet) => ['FARGATE_SPOT', subnet]),
    ])
    expect(tasks.map(({ platformVersion }) => platformVersion)).toEqual(Array(6).fill('1.4.0'))
  })

  it('starts as many as the quota of vCPUs allows, and fails the others', () => {
    const size = { cpu: '1024', memory: '2048' }
    const [full, { tasks, failures }] = done(
      runTask(on({}, size), { ...web, count: 10 }, instantOfSeconds(0)),
    )
    expect([tasks.length, failures]).toEqual([
      6,
      [
        {
          reason: "You've reached the limit on the number of vCPUs you can run concurrently",
          detail: '4 of the tasks: 6 vCPUs of FARGATE run, and 6 may',
        },
      ],
    ])
    const { taskArn } = tasks[0]!
    expect(done(runTask(full, web, instantOfSeconds(1)))[1].tasks).toEqual([])
    const [stopping] = done(
      reportTask(full, { task: taskArn, lastStatus: 'STOPPING' }, instantOfSeconds(1)),
    )
    expect(done(runTask(stopping, web, instantOfSeconds(2)))[1].tasks).toEqual([])
    const [stopped] = done(
      reportTask(stopping, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(2)),
    )
    expect(done(runTask(stopped, { ...web, count: 2 }, instantOfSeconds(3)))[1].tasks).toHaveLength(
      1,
    )
    expect(done(runTask(full, spot, instantOfSeconds(1)))[1].tasks).toHaveLength(1)
  })

  it('fails with the documented reason where Fargate has no capacity', () => {
    const [, documented] = reasons.map(({ reason }) => reason).filter((r) => /Capacity|CPU/.test(r))
    const scarce = on({ vcpusThere: { FARGATE: Infinity, FARGATE_SPOT: 0.25 } })
    const call = { ...through(['FARGATE', 1], ['FARGATE_SPOT', 2]), count: 6 }
    const { tasks, failures } = done(runTask(scarce, call, instantOfSeconds(0)))[1]
    expect(tasks.map(({ capacityProviderName }) => capacityProviderName)).toEqual([
      ...['FARGATE', 'FARGATE', 'FARGATE_SPOT'],
    ])
    expect(failures).toMatchObject([{ detail: '3 of the tasks: no FARGATE_SPOT is left' }])
    expect(failures[0]!.reason.startsWith(documented!)).toBe(true)
  })

  it('refuses a call for whose tasks there are no tokens, and takes none', () => {
    const rate = { burst: 12, perSecond: 2 }
    const state = on({ ...wide, launchRate: { FARGATE: rate, FARGATE_SPOT: rate } })
    const ten = { ...web, count: 10 }
    const [after] = done(runTask(state, ten, instantOfSeconds(5)))
    expect(refused(runTask(after, ten, instantOfSeconds(5)))).toEqual({
      exception: 'ThrottlingException',
      message:
        'Rate exceeded: there is no token of FARGATE for each of 10 tasks, and the next comes at 5.5',
      wrong: [],
    })
    expect(done(runTask(after, { ...web, count: 2 }, instantOfSeconds(5)))[1].tasks).toHaveLength(2)
    expect(refused(runTask(after, ten, instantOfSeconds(8.999))).exception).toBe(
      'ThrottlingException',
    )
    expect(done(runTask(after, ten, instantOfSeconds(9)))[1].tasks).toHaveLength(10)
  })

  const windows = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
  const larger = { cpu: '1024', memory: '2048' }
  it.each([
    ['platformVersion', {}, { ...web, platformVersion: '9.9.9' }, 'PlatformUnknownException'],
    [
      'runtimePlatform',
      { ...larger, runtimePlatform: { ...windows, cpuArchitecture: 'ARM64' } },
      web,
      'PlatformTaskDefinitionIncompatibilityException',
    ],
    [
      'capacityProvider',
      { ...larger, runtimePlatform: windows },
      spot,
      'PlatformTaskDefinitionIncompatibilityException',
    ],
    [
      'overrides.ephemeralStorage.sizeInGiB',
      {},
      { ...web, overrides: { ephemeralStorage: { sizeInGiB: 201 } } },
      'InvalidParameterException',
    ],
    [
      'ephemeralStorage',
      { ephemeralStorage: { sizeInGiB: 21 } },
      { ...web, platformVersion: '1.3.0' },
      'PlatformTaskDefinitionIncompatibilityException',
    ],
    [
      'cpu, memory',
      { cpu: '8192', memory: '16384' },
      { ...web, platformVersion: '1.3.0' },
      'ClientException',
    ],
  ])('refuses by the field %s: %j, %j', (field, more, request, exception) => {
    const found = refused(runTask(on({}, more), request, instantOfSeconds(0)))
    expect(found.exception).toBe(exception)
    expect(found.message).toContain(`${field}: `)
  })

  it('has platform versions, and instances have none', () => {
    const [, { tasks }] = done(
      runTask(on({}), { ...web, platformVersion: '1.3.0' }, instantOfSeconds(0)),
    )
    expect(tasks[0]!.platformVersion).toBe('1.3.0')
    const state = cluster([task('web'), instance('i-1')])
    const request = { taskDefinition: 'web', platformVersion: 'LATEST' }
    expect(refused(runTask(state, request, instantOfSeconds(0))).message).toContain(
      'platformVersion',
    )
  })

  it('counts the tasks that are there already', () => {
    const [, { tasks }] = done(runTask(on(wide), { ...web, count: 10 }, instantOfSeconds(0)))
    const size = { cpu: 512, memory: 1024 }
    const there = [
      ...tasks.map((each) => ({ ...each, ...size })),
      { ...tasks[0]!, taskArn: 'gone', lastStatus: 'STOPPED' },
    ]
    const state = cluster([definition({ cpu: '512', memory: '1024' }), ...there])
    const { tasks: more, failures } = done(
      runTask(state, { ...web, count: 3 }, instantOfSeconds(0)),
    )[1]
    expect([more.map(subnetOf), failures.length]).toEqual([['a', 'b'], 1])
  })
})

describe('a task on Fargate Spot', () => {
  const [running, { tasks }] = done(runTask(on({}), { ...spot, count: 2 }, instantOfSeconds(0)))
  const { taskArn } = tasks[0]!
  it('is told to stop before its capacity is taken back', () => {
    const [afterNotice, { task: stopping, gone }] = done(
      interruptTask(running, { task: taskArn }, instantOfSeconds(10)),
    )
    expect(gone).toBe(instantOfSeconds(10 + spotRow.warning))
    expect(stopping).toMatchObject({
      ...{ desiredStatus: 'STOPPED', lastStatus: 'PROVISIONING', version: 2 },
      ...{ stopCode: spotRow.stopCode, stoppedReason: spotRow.reason },
    })
    const [stopped] = done(reportTask(afterNotice, { task: taskArn, lastStatus: 'STOPPED' }, gone))
    expect(describeTasks(stopped, [taskArn]).tasks[0]!.stopCode).toBe(spotRow.stopCode)
    expect([afterNotice.machine.nodes.size, stopped.machine.nodes.size]).toEqual([2, 1])
    expect(
      refused(interruptTask(afterNotice, { task: taskArn }, instantOfSeconds(11))).wrong[0]!.at,
    ).toEqual(['task'])
  })
  it('is not one of on-demand capacity', () => {
    const [state, answer] = done(runTask(on({}), web, instantOfSeconds(0)))
    const called = interruptTask(state, { task: answer.tasks[0]!.taskArn }, instantOfSeconds(1))
    expect(refused(called).message).toContain('a task on Fargate Spot')
  })
})

const step = fc.oneof(
  fc.record({ run: fc.integer({ min: 1, max: 10 }), isSpot: fc.boolean() }),
  fc.record({ report: fc.nat(30), lastStatus: fc.constantFrom('RUNNING', 'STOPPING', 'STOPPED') }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const vcpusAtOnce = { FARGATE: 2, FARGATE_SPOT: 3 }
const vcpusThere = { FARGATE: 100, FARGATE_SPOT: 1 }
const start = on({ vcpusAtOnce, vcpusThere })
const call = (state: EcsState, one: Step, at: number) => {
  if ('run' in one)
    return runTask(state, { ...(one.isSpot ? spot : web), count: one.run }, instantOfSeconds(at))
  const [arn = 'none'] = [...state.tasks.keys()].slice(one.report)
  return reportTask(state, { task: arn, lastStatus: one.lastStatus }, instantOfSeconds(at))
}

/**
 * From the records alone: as many start as are left of the quota and of the capacity, and the
 * subnet is one that has the fewest.
 */
const keepsQuotas = (calling: typeof call) =>
  fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    let state = start
    return steps.every((one, i) => {
      const before = [...state.tasks.values()].filter((each) => each.lastStatus !== 'STOPPED')
      const called = calling(state, one, i * 10)
      if (E.isLeft(called)) return 'report' in one
      const [next, answer] = called.right
      state = next
      if (!('run' in one) || !('tasks' in answer)) return true
      const kind = one.isSpot ? 'FARGATE_SPOT' : undefined
      const alike = before.filter((each) => each.capacityProviderName === kind)
      const most = one.isSpot ? 4 * Math.min(vcpusAtOnce.FARGATE_SPOT, vcpusThere.FARGATE_SPOT) : 8
      const here = (subnet: string) => alike.filter((each) => subnetOf(each) === subnet).length
      const counts = { a: here('a'), b: here('b') }
      const isFewest = answer.tasks.every((each) => {
        const [subnet, other] =
          subnetOf(each) === 'a' ? (['a', 'b'] as const) : (['b', 'a'] as const)
        return counts[subnet]++ <= counts[other]
      })
      return isFewest && answer.tasks.length === Math.min(one.run, most - alike.length)
    })
  })

describe('a history of calls on Fargate', () => {
  it('keeps to its quotas, its capacity and its subnets', () => {
    fc.assert(keepsQuotas(call), { numRuns: 300 })
  })
  it('is refuted when nodes outlive their tasks', () => {
    const leaking: typeof call = (state, one, at) => {
      const called = call(state, one, at)
      if ('run' in one || E.isLeft(called)) return called
      const [next, answer] = called.right
      return E.right([{ ...next, machine: state.machine }, answer]) as typeof called
    }
    expect(isRefuted(keepsQuotas(leaking))).toBe(true)
  })
  it('is refuted when Spot is taken for on-demand capacity', () => {
    const confused: typeof call = (state, one, at) =>
      call(state, 'run' in one ? { ...one, isSpot: false } : one, at)
    expect(isRefuted(keepsQuotas(confused))).toBe(true)
  })
})

it('takes containers of a definition without a size of its own for no Fargate task', () => {
  const plain = task('web', { networkMode: 'awsvpc', containerDefinitions: [container()] })
  expect(refused(runTask(cluster([plain]), web, instantOfSeconds(0))).message).toContain(
    'task-level cpu and memory',
  )
})
