/**
 * Tests how the tasks of services start: with their task group and deployment, with a capacity
 * provider base that counts for each service, and for a DAEMON on exactly the suitable instances.
 */
import { decodeValue } from '@stowage/documents'
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startedByOfServiceTask } from '../../../../test/expected/ecs/a1-requests.js'
import { withoutStrategy } from '../../../../test/expected/ecs/a2-pipeline.js'
import { turnedFalse } from '../../../../test/expected/ecs/a3-constraints.js'
import { basePer } from '../../../../test/expected/ecs/c1-providers.js'
import type { EcsState } from '../cluster/state.js'
import { container, instance, task } from '../plan/plan.fixture.js'
import { sharesOf } from '../supply/shares.js'
import { tasksTurnedFalse } from './turned-false.js'
import { Service } from '../words/service.js'
import { subnetOf, type Task } from '../words/task.js'
import { cluster, done, on, refused } from '../api/call.fixture.js'
import {
  deleteAttributes,
  putAttributes,
  reportTask,
  runTask,
  startServiceTasks,
  stopTask,
  updateContainerInstancesState,
} from '../api/untyped.fixture.js'

const small = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const service = (serviceName: string, more: object = {}) => ({
  ...{ serviceName, taskDefinition: 'web', desiredCount: 1 },
  ...more,
})
const read = (value: object): Service => {
  const decoded = decodeValue(Service, value)
  return E.isRight(decoded) ? decoded.right : expect.fail(JSON.stringify(decoded.left))
}
const deployment = 'ecs-svc/1'
const start = (state: EcsState, of: object, count?: number, at = state.at) =>
  startServiceTasks(state, { service: of, deployment, count }, at)

describe('a task of a service', () => {
  const zones = ['a', 'a', 'b']
  const state = cluster([task('web', small), ...zones.map((zone, i) => instance(`i-${i}`, zone))])
  const [after, { tasks }] = done(start(state, service('shop'), 4))

  it(`is started by ${startedByOfServiceTask}, in the group of its service`, () => {
    expect(startedByOfServiceTask).toBe('the deployment id')
    for (const each of tasks)
      expect(each).toMatchObject({ startedBy: deployment, group: 'service:shop' })
  })
  it('is spread as is documented where nobody says how', () => {
    const { spread } = withoutStrategy.find((row) => row.task === 'service')!
    if (spread === 'randomly') throw new Error('a service is not')
    const placementStrategy = spread.map((field) => ({ type: 'spread', field }))
    const shop = service('shop', { placementStrategy })
    expect(on(tasks)).toEqual(on(done(start(state, shop, 4))[1].tasks))
  })
  it('is spread over zones and instances where nobody says how', () => {
    expect(on(tasks)).toEqual(['i-0', 'i-2', 'i-1', 'i-2'])
    expect(on(done(start(after, service('other'), 1))[1].tasks)).toEqual(['i-0'])
    expect(on(done(start(after, service('shop'), 1))[1].tasks)).toEqual(['i-0'])
  })
  it('keeps to the constraints and strategies of the service', () => {
    const of = service('packed', {
      placementConstraints: [{ type: 'distinctInstance' }],
      placementStrategy: [{ type: 'binpack', field: 'memory' }],
    })
    const [, answer] = done(start(state, of, 4))
    expect(on(answer.tasks)).toEqual(['i-0', 'i-1', 'i-2'])
    expect(answer.failures).toEqual([
      { reason: 'DistinctInstance placement constraint unsatisfied.' },
    ])
  })
  it.each([
    [['service', 'taskDefinition'], service('x', { taskDefinition: 'none' }), 1],
    [
      ['service', 'launchType'],
      service('x', {
        launchType: 'FARGATE',
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }],
      }),
      1,
    ],
    [
      ['service', 'networkConfiguration'],
      service('x', { networkConfiguration: { awsvpcConfiguration: { subnets: ['s'] } } }),
      1,
    ],
    [['count'], service('x', { schedulingStrategy: 'DAEMON' }), 1],
    [['count'], service('x'), 0],
    [
      ['service', 'schedulingStrategy'],
      service('x', { schedulingStrategy: 'DAEMON', launchType: 'FARGATE' }),
      undefined,
    ],
  ])('is refused at %j', (at, of, count) => {
    expect(refused(start(state, of, count)).wrong[0]!.at).toEqual(at)
  })
})

describe('the base of a strategy', () => {
  const state = cluster([task('web', small)], {
    capacityProviders: { one: 'EC2_AUTOSCALING', other: 'EC2_AUTOSCALING' },
  })
  const capacityProviderStrategy = [
    { capacityProvider: 'one', base: 2, weight: 1 },
    { capacityProvider: 'other', weight: 3 },
  ]
  const counts = (tasks: readonly Task[], group: string) =>
    capacityProviderStrategy.map(
      ({ capacityProvider }) =>
        tasks.filter(
          (each) => each.group === group && each.capacityProviderName === capacityProvider,
        ).length,
    )
  const byCalls = (calling: typeof start) =>
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 6 }))),
      (all) => {
        let next = state
        const wanted = { a: 0, b: 0 }
        return all.every(([name, count]) => {
          next = done(calling(next, service(name, { capacityProviderStrategy }), count))[0]
          wanted[name as 'a'] += count
          return (['a', 'b'] as const).every(
            (each) =>
              counts([...next.tasks.values()], `service:${each}`).join() ===
              sharesOf(capacityProviderStrategy, wanted[each]).join(),
          )
        })
      },
    )

  it(`is one of each ${basePer}, however its tasks were asked for`, () => {
    expect(basePer).toBe('service')
    fc.assert(byCalls(start))
  })
  it('is refuted when it is filled by every call', () => {
    const perCall: typeof start = (before, of, count) => {
      const called = startServiceTasks(
        { ...before, tasks: new Map() },
        { service: of, deployment, count },
        instantOfSeconds(0),
      )
      if (E.isLeft(called)) return called
      const [next, answer] = called.right
      return E.right([{ ...next, tasks: new Map([...before.tasks, ...next.tasks]) }, answer])
    }
    expect(isRefuted(byCalls(perCall))).toBe(true)
  })
  it('is filled again when tasks of it are to stop', () => {
    const of = service('a', { capacityProviderStrategy })
    const [all, { tasks }] = done(start(state, of, 6))
    expect(counts([...all.tasks.values()], 'service:a')).toEqual([3, 3])
    const [less] = done(stopTask(all, { task: tasks[0]!.taskArn }, instantOfSeconds(0)))
    const [more] = done(start(less, of, 1))
    const running = [...more.tasks.values()].filter((each) => each.desiredStatus !== 'STOPPED')
    expect(counts(running, 'service:a')).toEqual([3, 3])
  })
})

it('runs a service on Fargate, by its providers and over its subnets', () => {
  const sized = { cpu: '256', memory: '512', networkMode: 'awsvpc' }
  const state = cluster([task('web', { ...sized, requiresCompatibilities: ['FARGATE'] })])
  const of = service('shop', {
    platformVersion: '1.4.0',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['a', 'b'] } },
    capacityProviderStrategy: [
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ],
  })
  const [some] = done(start(state, of, 2))
  const [all] = done(start(some, of, 2))
  expect(
    [...all.tasks.values()].map((each) => [each.capacityProviderName, subnetOf(each), each.group]),
  ).toEqual([
    ['FARGATE', 'a', 'service:shop'],
    ['FARGATE_SPOT', 'a', 'service:shop'],
    ['FARGATE_SPOT', 'b', 'service:shop'],
    ['FARGATE_SPOT', 'a', 'service:shop'],
  ])
  const older = { ...of, platformVersion: '9.9.9' }
  expect(refused(start(state, older, 1)).exception).toBe('PlatformUnknownException')
})

const daemon = (more: object = {}) =>
  service('agent', { schedulingStrategy: 'DAEMON', desiredCount: undefined, ...more })
const memberOf = (expression: string) => ({
  placementConstraints: [{ type: 'memberOf', expression }],
})
const put = (state: EcsState, targetId: string, value: string) =>
  done(putAttributes(state, { attributes: [{ name: 'stack', value, targetId }] }, state.at))[0]

describe('a daemon', () => {
  const state = cluster([
    task('web', small),
    instance('i-1'),
    instance('i-2', 'b', { status: 'DRAINING' }),
    instance('i-3', 'c'),
    instance('i-4', 'd', {
      registeredResources: [
        { name: 'CPU', integerValue: 0 },
        { name: 'MEMORY', integerValue: 0 },
      ],
    }),
  ])
  const [after, { tasks, failures }] = done(start(state, daemon()))

  it('runs once on each ACTIVE instance that has room', () => {
    expect(on(tasks)).toEqual(['i-1', 'i-3'])
    expect(failures.map(({ reason }) => reason)).toEqual(['RESOURCE:CPU'])
    expect(done(start(after, daemon()))[1].tasks).toEqual([])
    const [stopping] = done(stopTask(after, { task: tasks[0]!.taskArn }, instantOfSeconds(0)))
    expect(on(done(start(stopping, daemon()))[1].tasks)).toEqual(['i-1'])
    const active = { containerInstances: ['i-2'], status: 'ACTIVE' }
    const [joined] = done(updateContainerInstancesState(after, active, instantOfSeconds(0)))
    expect(on(done(start(joined, daemon()))[1].tasks)).toEqual(['i-2'])
  })

  it.each(turnedFalse)(
    'of $schedulingStrategy is stopped when its memberOf turns false: $stopped',
    (row) => {
      const { schedulingStrategy, stopped } = row
      const of = service('agent', {
        ...(schedulingStrategy === 'DAEMON' ? { schedulingStrategy, desiredCount: undefined } : {}),
        ...memberOf('attribute:stack == prod'),
      })
      const prod = put(put(state, 'i-1', 'prod'), 'i-3', 'prod')
      const [running] = done(start(prod, of, stopped ? undefined : 2))
      expect(running.tasks.size).toBe(2)
      expect(tasksTurnedFalse(running, read(of))).toEqual([])
      const turned = put(running, 'i-3', 'test')
      expect(on(tasksTurnedFalse(turned, read(of)))).toEqual(stopped ? ['i-3'] : [])
    },
  )

  it('goes by the constraints of the definition that it was started of, too', () => {
    const constrained = cluster([
      task('web', { ...small, ...memberOf('attribute:stack !exists') }),
      instance('i-1'),
    ])
    const [running] = done(start(constrained, daemon()))
    expect(on(tasksTurnedFalse(put(running, 'i-1', 'x'), read(daemon())))).toEqual(['i-1'])
  })

  it('does not count itself', () => {
    const alone = daemon(memberOf('runningTasksCount < 1'))
    const [running] = done(start(state, alone))
    expect(running.tasks.size).toBe(2)
    expect(tasksTurnedFalse(running, read(alone))).toEqual([])
    const placementConstraints = [{ type: 'memberOf', expression: 'ec2InstanceId == i-3' }]
    const [busy] = done(
      runTask(running, { taskDefinition: 'web', placementConstraints }, instantOfSeconds(0)),
    )
    expect(on(tasksTurnedFalse(busy, read(alone)))).toEqual(['i-3'])
  })
})

const ids = ['i-0', 'i-1', 'i-2', 'i-3']
const step = fc.oneof(
  fc.record({ put: fc.constantFrom(...ids), stack: fc.constantFrom('prod', 'test') }),
  fc.record({ remove: fc.constantFrom(...ids) }),
  fc.record({ run: fc.constantFrom('busy', 'web') }),
  fc.record({ daemons: fc.constant(true) }),
  fc.record({ stop: fc.nat(9) }),
  fc.record({ gone: fc.nat(9) }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Where it is prod, and no task of another group is busy. */
const agent = daemon(memberOf('attribute:stack == prod and not(task:group == busy)'))
const call = (state: EcsState, one: Step): EcsState => {
  const after = <Answer>(called: E.Either<unknown, readonly [EcsState, Answer]>) =>
    E.isRight(called) ? called.right[0] : state
  const nth = (n: number) => [...state.tasks.keys()][n] ?? 'none'
  if ('put' in one) return put(state, one.put, one.stack)
  if ('remove' in one) {
    const attributes = [{ name: 'stack', targetId: one.remove }]
    return after(deleteAttributes(state, { attributes }, instantOfSeconds(0)))
  }
  if ('run' in one)
    return after(runTask(state, { taskDefinition: 'web', group: one.run }, instantOfSeconds(0)))
  if ('daemons' in one) return after(start(state, agent))
  if ('stop' in one) return after(stopTask(state, { task: nth(one.stop) }, instantOfSeconds(0)))
  return after(
    reportTask(state, { task: nth(one.gone), lastStatus: 'STOPPED' }, instantOfSeconds(0)),
  )
}

/**
 * The sentence, asked of the records: every daemon that is to run, on an instance of which the
 * expression does not hold.
 */
const turnedByTheBook = (state: EcsState): readonly string[] => {
  const wanted = [...state.tasks.values()].filter((each) => each.desiredStatus !== 'STOPPED')
  const isRight = (id: string) =>
    state.instances
      .get(id)!
      .attributes!.some(({ name, value }) => name === 'stack' && value === 'prod') &&
    !wanted.some((each) => each.group === 'busy' && on([each])[0] === id)
  return wanted
    .filter((each) => each.group === 'service:agent' && !isRight(on([each])[0]!))
    .map(({ taskArn }) => taskArn)
}
const agrees = (turned: typeof tasksTurnedFalse) =>
  fc.property(fc.array(step, { maxLength: 20 }), fc.nat(9), (steps, seed) => {
    const first = cluster([task('web', small), ...ids.map((id) => instance(id))], { seed })
    const state = steps.reduce(call, first)
    const found = turned(state, read(agent)).map(({ taskArn }) => taskArn)
    return found.join() === turnedByTheBook(state).join()
  })

describe('daemons that have to go', () => {
  it('are those of which the expression no longer holds', () => {
    fc.assert(agrees(tasksTurnedFalse), { numRuns: 500 })
  })
  it('are refuted when attributes are asked as they were', () => {
    const stale: typeof tasksTurnedFalse = (state, of) =>
      tasksTurnedFalse(put(state, 'i-0', 'prod'), of)
    expect(isRefuted(agrees(stale))).toBe(true)
  })
  it('are refuted when tasks of other groups are not counted', () => {
    const blind: typeof tasksTurnedFalse = (state, of) => {
      const arns = [...state.tasks.keys()]
      const busy = arns.filter((arn) => state.tasks.get(arn)!.group === 'busy')
      const quiet = busy.reduce((before, arn) => call(before, { gone: arns.indexOf(arn) }), state)
      return tasksTurnedFalse(quiet, of)
    }
    expect(isRefuted(agrees(blind))).toBe(true)
  })
})
