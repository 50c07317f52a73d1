/**
 * Tests registration and deregistration: revisions of definitions, trunk interfaces, draining, and
 * the tasks that are lost when an instance is deregistered by force.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { names, values } from '../../../../test/expected/ecs/a4-query-words.js'
import { memoryMin as memoryRows } from '../../../../test/expected/ecs/a6-accounting.js'
import { trunkNeeds } from '../../../../test/expected/ecs/a7-network.js'
import type { EcsState } from '../cluster/state.js'
import { container, instance, resources, task } from '../plan/plan.fixture.js'
import { describeInstances } from '../cluster/describe.js'
import { amountOf } from '../words/container-instance.js'
import { cluster, done, on, refused } from './call.fixture.js'
import {
  deleteAttributes,
  deregisterContainerInstance,
  deregisterTaskDefinition,
  putAttributes,
  registerContainerInstance,
  registerTaskDefinition,
  reportInstance,
  reportTask,
  runTask,
  updateContainerInstancesState,
} from './untyped.fixture.js'

const web = { taskDefinition: 'web' }
const empty = cluster([])

describe('task definitions', () => {
  const [one, first] = done(registerTaskDefinition(empty, task('web'), instantOfSeconds(1)))
  const [two, second] = done(
    registerTaskDefinition(one, task('web', { cpu: '512' }), instantOfSeconds(2)),
  )
  const revisionOf = (state: EcsState, taskDefinition: string) => {
    const called = runTask(
      { ...state, ...cluster([instance('i-1')]), families: state.families },
      { taskDefinition },
      instantOfSeconds(9),
    )
    return E.isRight(called)
      ? called.right[1].tasks[0]!.taskDefinitionArn.split(':').at(-1)
      : called.left.exception
  }

  it('have revisions that count up', () => {
    expect([first, second].map(({ taskDefinition }) => taskDefinition)).toMatchObject([
      {
        taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1',
        ...{ revision: 1, status: 'ACTIVE' },
      },
      { revision: 2, status: 'ACTIVE', cpu: 512 },
    ])
    expect([one.families.get('web')?.length, two.families.get('web')?.length]).toEqual([1, 2])
    expect(revisionOf(two, 'web')).toBe('2')
  })
  it('go on from those of the documents, whatever the call says', () => {
    const known = cluster([task('web', { revision: 7 })])
    const [, { taskDefinition }] = done(
      registerTaskDefinition(
        known,
        task('web', { revision: 3, status: 'INACTIVE' }),
        instantOfSeconds(0),
      ),
    )
    expect(taskDefinition).toMatchObject({ revision: 8, status: 'ACTIVE' })
    const unnumbered = cluster([task('web'), task('web', { cpu: '512' })])
    expect(revisionOf(unnumbered, 'web')).toBe('ClientException')
    expect(
      revisionOf(
        done(registerTaskDefinition(unnumbered, task('web'), instantOfSeconds(0)))[0],
        'web',
      ),
    ).toBe('3')
  })
  describe('are refused with a ClientException', () => {
    const sized = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] }
    it.each([
      [
        { ...sized, cpu: '256', memory: '8192' },
        'memory: found 256 CPU units with 8192 MiB, expected a Fargate size: 256 CPU units with 2048 MiB, or 1024 CPU units with 8192 MiB',
      ],
      [
        { ...sized, cpu: '256' },
        'memory: found nothing, expected a task-level memory, for Fargate',
      ],
      [
        { ...sized, cpu: '256', memory: '512', networkMode: 'bridge' },
        'networkMode: found "bridge", expected awsvpc, for Fargate',
      ],
      [
        { placementConstraints: [{ type: 'distinctInstance' }] },
        'placementConstraints[0].type: found "distinctInstance", expected memberOf, in a task definition',
      ],
    ])('that say %j', (more, message) => {
      const containerDefinitions = [{ name: 'main', cpu: 1, memory: 6 }]
      const called = registerTaskDefinition(
        empty,
        { family: 'web', containerDefinitions, ...more },
        instantOfSeconds(0),
      )
      expect(E.isLeft(called) && called.left).toMatchObject({
        exception: 'ClientException',
        message,
      })
    })
    it('but not where their form is wrong', () => {
      const called = registerTaskDefinition(empty, { family: 'web' }, instantOfSeconds(0))
      expect(E.isLeft(called) && called.left.exception).toBe('InvalidParameterException')
    })
  })
  it('start no tasks when they are INACTIVE, and give no number away', () => {
    const [gone, answer] = done(
      deregisterTaskDefinition(two, { taskDefinition: 'web:2' }, instantOfSeconds(3)),
    )
    expect(answer.taskDefinition).toMatchObject({ revision: 2, status: 'INACTIVE' })
    expect(['web', 'web:1', 'web:2'].map((name) => revisionOf(gone, name))).toEqual([
      ...['1', '1', 'ClientException'],
    ])
    const [, next] = done(registerTaskDefinition(gone, task('web'), instantOfSeconds(4)))
    expect(next.taskDefinition.revision).toBe(3)
    const [none] = done(
      deregisterTaskDefinition(gone, { taskDefinition: 'web:1' }, instantOfSeconds(4)),
    )
    expect(revisionOf(none, 'web')).toBe('ClientException')
  })
  it('are deregistered by revision, and have to be there', () => {
    const wrong = (taskDefinition: string) =>
      refused(deregisterTaskDefinition(two, { taskDefinition }, instantOfSeconds(3)))
    expect(wrong('web')).toMatchObject({ exception: 'InvalidParameterException' })
    expect(wrong('web:9')).toMatchObject({ exception: 'ClientException' })
  })
  it.each(memoryRows)('of a cluster with Docker %s: containers of %s MiB', (_, memoryMin) => {
    const of = (memory: number) =>
      registerTaskDefinition(
        cluster([], { memoryMin }),
        task('web', { containerDefinitions: [container({ memory })] }),
        instantOfSeconds(0),
      )
    expect(done(of(memoryMin))[1].taskDefinition.revision).toBe(1)
    expect(refused(of(memoryMin - 1)).message).toContain(`${memoryMin} or more`)
  })
})

const identity = (more: object = {}) => ({
  instanceIdentityDocument: JSON.stringify({
    ...{ instanceId: 'i-1', instanceType: 'm5.large', availabilityZone: 'a', imageId: 'ami-1' },
    ...more,
  }),
})
const linux = [{ name: 'ecs.os-type', value: 'linux' }]
const registering = (more: object = {}) => ({
  ...identity(),
  totalResources: resources(2048, 4096),
  attributes: linux,
  ...more,
})

describe('an instance that is registered', () => {
  const known = cluster([task('web')])
  it('has the attributes of its document, and takes tasks', () => {
    const [state, { containerInstance }] = done(
      registerContainerInstance(known, registering(), instantOfSeconds(5)),
    )
    expect(containerInstance).toMatchObject({
      ec2InstanceId: 'i-1',
      containerInstanceArn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i-1',
      ...{ status: 'ACTIVE', agentConnected: true, version: 1 },
      registeredAt: '1970-01-01T00:00:05.000Z',
      attributes: [
        { name: 'ecs.os-type', value: 'linux' },
        { name: 'ecs.instance-type', value: 'm5.large' },
        { name: 'ecs.availability-zone', value: 'a' },
        { name: 'ecs.ami-id', value: 'ami-1' },
      ],
    })
    expect(on(done(runTask(state, web, instantOfSeconds(6)))[1].tasks)).toEqual(['i-1'])
  })
  it('has its GPUs by their ids', () => {
    const platformDevices = ['GPU-1', 'GPU-2'].map((id) => ({ id, type: 'GPU' }))
    const [state] = done(
      registerContainerInstance(known, registering({ platformDevices }), instantOfSeconds(0)),
    )
    expect(describeInstances(state)[0]!.remainingResources).toContainEqual(
      expect.objectContaining({ name: 'GPU', stringSetValue: ['GPU-1', 'GPU-2'] }),
    )
  })
  it('stands among the others by its name', () => {
    const others = cluster([task('web'), instance('i-0'), instance('i-2')])
    const [state] = done(registerContainerInstance(others, registering(), instantOfSeconds(0)))
    expect([...state.instances.keys()]).toEqual(['i-0', 'i-1', 'i-2'])
    expect(describeInstances(state).map(({ ec2InstanceId }) => ec2InstanceId)).toEqual([
      ...['i-0', 'i-1', 'i-2'],
    ])
  })
  it('keeps its tasks when it is registered again', () => {
    const [state] = done(registerContainerInstance(known, registering(), instantOfSeconds(0)))
    const [busy] = done(runTask(state, web, instantOfSeconds(1)))
    const larger = registering({ totalResources: resources(4096, 8192) })
    const [again, { containerInstance }] = done(
      registerContainerInstance(busy, larger, instantOfSeconds(2)),
    )
    expect(containerInstance.version).toBe(3)
    expect(describeInstances(again)[0]).toMatchObject({
      pendingTasksCount: 1,
      remainingResources: [...resources(3840, 7680), { name: 'ENI', integerValue: 2 }],
    })
  })
  it('keeps its ARN, and with it the tasks that are there already', () => {
    const containerInstanceArn = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/abc'
    const there = {
      ...{ taskArn: 'x', taskDefinitionArn: 'web:1', containerInstanceArn },
      ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
    }
    const state = cluster([task('web'), instance('i-1', 'a', { containerInstanceArn }), there])
    const [again, answer] = done(
      registerContainerInstance(state, registering(), instantOfSeconds(1)),
    )
    expect(answer.containerInstance.containerInstanceArn).toBe(containerInstanceArn)
    const [gone] = done(
      reportTask(again, { task: 'x', lastStatus: 'STOPPED' }, instantOfSeconds(2)),
    )
    expect([again, gone].map((of) => describeInstances(of)[0]!.runningTasksCount)).toEqual([1, 0])
    expect(gone.instances.get('i-1')!.version).toBe(2)
  })
  it.each([
    ['instanceIdentityDocument', { instanceIdentityDocument: '{' }],
    ['instanceIdentityDocument', { instanceIdentityDocument: '{}' }],
    ['totalResources', { totalResources: [] }],
    ['attributes', { attributes: [{ name: 'ecs.os-type', value: 'Linux' }] }],
  ])('has to have its %s right: %j', (field, more) => {
    expect(
      refused(registerContainerInstance(known, registering(more), instantOfSeconds(0))).wrong[0]!
        .at[0],
    ).toBe(field)
  })
})

describe('a trunk', () => {
  const trunked = (setting: 'never' | number, more: object) => {
    const awsvpcTrunking = setting === 'never' ? setting : instantOfSeconds(setting)
    const state = cluster([task('web')], { awsvpcTrunking })
    const [after, { containerInstance }] = done(
      registerContainerInstance(state, registering(more), instantOfSeconds(1000)),
    )
    const [active] = done(
      reportInstance(after, { containerInstance: 'i-1', status: 'ACTIVE' }, instantOfSeconds(1001)),
    )
    const eni = amountOf(describeInstances(active)[0]!.remainingResources!, 'ENI')
    return [containerInstance.status, eni]
  }
  const windows = [{ name: 'ecs.os-type', value: 'windows' }]
  const launched = (pendingTime: string) => identity({ pendingTime })
  const without: Readonly<Record<string, readonly [setting: 'never' | number, more: object]>> = {
    'the account setting awsvpcTrunking': ['never', {}],
    Linux: [500, { attributes: windows }],
    'a launch after the setting was made': [500, launched('1970-01-01T00:08:19Z')],
  }
  it('comes while the instance is REGISTERING', () => {
    expect(trunked(500, {})).toEqual(['REGISTERING', 10])
    expect(trunked(500, launched('1970-01-01T00:08:20Z'))).toEqual(['REGISTERING', 10])
  })
  it.each(trunkNeeds)('needs %s', (need) => {
    const [setting, more] = without[need]!
    expect(trunked(setting, more)).toEqual(['ACTIVE', 2])
  })
  it('needs a type that has one', () => {
    expect(trunked(500, identity({ instanceType: 'x9.large' }))).toEqual(['ACTIVE', undefined])
  })
  it('is waited for: no task is placed before', () => {
    const state = cluster([task('web')], { awsvpcTrunking: instantOfSeconds(0) })
    const [registered] = done(registerContainerInstance(state, registering(), instantOfSeconds(0)))
    expect(done(runTask(registered, web, instantOfSeconds(0)))[1].failures).toMatchObject([
      { reason: 'NOT ACTIVE' },
    ])
  })
})

describe('an instance that is deregistered', () => {
  const state = cluster([
    task('web'),
    instance('i-1'),
    instance('i-2', 'b', { runningTasksCount: 1 }),
  ])
  const [busy, { tasks }] = done(runTask(state, { ...web, count: 10 }, instantOfSeconds(0)))
  const here = tasks.filter((each) => on([each])[0] === 'i-1')

  it('has no tasks, unless by force', () => {
    const quiet = done(
      deregisterContainerInstance(state, { containerInstance: 'i-1' }, instantOfSeconds(1)),
    )
    expect(quiet[1].containerInstance).toMatchObject({ status: 'INACTIVE', agentConnected: false })
    for (const [of, containerInstance] of [
      [busy, 'i-1'],
      [state, 'i-2'],
    ] as const)
      expect(
        refused(deregisterContainerInstance(of, { containerInstance }, instantOfSeconds(1))).wrong,
      ).toMatchObject([{ at: ['force'] }])
    expect(
      refused(
        deregisterContainerInstance(quiet[0], { containerInstance: 'i-1' }, instantOfSeconds(2)),
      ).wrong,
    ).toMatchObject([{ at: ['containerInstance'] }])
  })
  it('takes its tasks with it, and nothing of them is left', () => {
    expect(here.length).toBeGreaterThan(0)
    const force = { containerInstance: 'i-1', force: true }
    const [gone] = done(deregisterContainerInstance(busy, force, instantOfSeconds(1)))
    for (const { taskArn } of here)
      expect(gone.tasks.get(taskArn)).toMatchObject({ lastStatus: 'STOPPED', version: 2 })
    expect([gone.replicas.size, gone.tasks.size]).toEqual([
      tasks.length - here.length,
      tasks.length,
    ])
    expect(describeInstances(gone)[0]).toMatchObject({
      ...{ runningTasksCount: 0, remainingResources: resources(2048, 4096) },
    })
    const started = on(done(runTask(gone, { ...web, count: 10 }, instantOfSeconds(2)))[1].tasks)
    expect(started).not.toContain('i-1')
    const [back] = done(registerContainerInstance(gone, registering(), instantOfSeconds(3)))
    expect(on(done(runTask(back, { ...web, count: 10 }, instantOfSeconds(4)))[1].tasks)).toContain(
      'i-1',
    )
  })
})

describe('the state of instances', () => {
  const state = cluster(
    [
      task('web'),
      instance('i-1'),
      instance('i-2', 'b', { status: 'REGISTERING' }),
      { taskArn: 'standing', group: 'family:web' },
      { taskArn: 'pending', group: 'service:web' },
      { taskArn: 'running', group: 'service:web', lastStatus: 'RUNNING' },
    ].map((each) =>
      'taskArn' in each
        ? {
            ...{ taskDefinitionArn: 'web:1', containerInstanceArn: 'i-1' },
            ...{ lastStatus: 'PENDING', desiredStatus: 'RUNNING', ...each },
          }
        : each,
    ),
  )
  const update = (containerInstances: readonly string[], status: string, of = state) =>
    updateContainerInstancesState(of, { containerInstances, status }, instantOfSeconds(1))

  it('is DRAINING, and ACTIVE again', () => {
    const [draining, answer] = done(update(['i-1', 'i-2', 'i-9'], 'DRAINING'))
    expect(answer.containerInstances).toMatchObject([{ ec2InstanceId: 'i-1', status: 'DRAINING' }])
    expect(answer.failures.map(({ reason }) => reason)).toEqual(['REGISTERING', 'MISSING'])
    expect(done(runTask(draining, web, instantOfSeconds(2)))[1].tasks).toEqual([])
    const [active] = done(update(['i-1'], 'ACTIVE', draining))
    expect(done(runTask(active, web, instantOfSeconds(2)))[1].tasks).toHaveLength(1)
  })
  it('that drain lets PENDING tasks of services go, and no others', () => {
    const [draining] = done(update(['i-1'], 'DRAINING'))
    expect([...draining.tasks.values()].map((each) => [each.taskArn, each.lastStatus])).toEqual([
      ...[
        ['pending', 'STOPPED'],
        ['running', 'RUNNING'],
        ['standing', 'PENDING'],
      ],
    ])
    expect(draining.tasks.get('pending')?.stopCode).toBe('ServiceSchedulerInitiated')
  })
  it('is one of two, of so many instances at most', () => {
    expect(refused(update(['i-1'], 'INACTIVE')).wrong[0]!.at).toEqual(['status'])
    expect(refused(update(Array(11).fill('i-1'), 'DRAINING')).wrong[0]!.at).toEqual([
      'containerInstances',
    ])
  })
})

describe('attributes that are put', () => {
  const state = cluster([task('web'), instance('i-1'), instance('i-2')])
  const put = (name: string, value?: string) =>
    putAttributes(state, { attributes: [{ name, value, targetId: 'i-1' }] }, instantOfSeconds(0))
  const placed = (of: EcsState, expression: string) => {
    const placementConstraints = [{ type: 'memberOf', expression }]
    return on(done(runTask(of, { ...web, placementConstraints }, instantOfSeconds(9)))[1].tasks)
  }
  it('are asked for by expressions, and are gone when they are deleted', () => {
    const [prod] = done(put('stack', 'prod'))
    expect(placed(prod, 'attribute:stack == prod')).toEqual(['i-1'])
    const gone = (value?: string) =>
      done(
        deleteAttributes(
          prod,
          { attributes: [{ name: 'stack', value, targetId: 'i-1' }] },
          instantOfSeconds(1),
        ),
      )
    expect(placed(gone('test')[0], 'attribute:stack exists')).toEqual(['i-1'])
    for (const [after] of [gone(), gone('prod')])
      expect(placed(after, 'attribute:stack exists')).toEqual([])
  })
  it.each(names)('have a name such as $text: $valid', ({ text, valid }) => {
    expect(E.isRight(put(text, 'x'))).toBe(valid)
  })
  it.each(values)('have a value such as $text: $valid', ({ text, valid }) => {
    expect(E.isRight(put('x', text))).toBe(valid)
  })
  it('are of instances that there are, ten in a call', () => {
    const to = (targetId: string, count = 1) =>
      putAttributes(
        state,
        { attributes: Array(count).fill({ name: 'a', targetId }) },
        instantOfSeconds(0),
      )
    expect(refused(to('i-9')).wrong[0]!.at).toEqual(['attributes', 0, 'targetId'])
    expect(E.isRight(to('i-1', 10))).toBe(true)
    expect(refused(to('i-1', 11)).wrong[0]!.at).toEqual(['attributes'])
  })
})

const step = fc.oneof(
  fc.record({ register: fc.nat(2), large: fc.boolean() }),
  fc.record({ deregister: fc.nat(2), force: fc.boolean() }),
  fc.record({ drain: fc.nat(2), status: fc.constantFrom('ACTIVE', 'DRAINING') }),
  fc.record({ run: fc.integer({ min: 1, max: 4 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const call = (state: EcsState, one: Step, at: number): EcsState => {
  const id = (n: number) => `i-${n}`
  const after = <Answer>(called: E.Either<unknown, readonly [EcsState, Answer]>) =>
    E.isRight(called) ? called.right[0] : state
  if ('register' in one) {
    const totalResources = one.large ? resources(2048, 4096) : resources(1024, 1024)
    const request = { ...identity({ instanceId: id(one.register) }), totalResources }
    return after(registerContainerInstance(state, request, instantOfSeconds(at)))
  }
  if ('deregister' in one) {
    const request = { containerInstance: id(one.deregister), force: one.force }
    return after(deregisterContainerInstance(state, request, instantOfSeconds(at)))
  }
  if ('drain' in one) {
    const request = { containerInstances: [id(one.drain)], status: one.status }
    return after(updateContainerInstancesState(state, request, instantOfSeconds(at)))
  }
  return after(runTask(state, { ...web, count: one.run }, instantOfSeconds(at)))
}

/**
 * From the records alone: a task that has not stopped is on an instance that is registered, and
 * takes its part of it.
 */
const keepsItsBooks = (calling: typeof call) =>
  fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
    let state = cluster([task('web')])
    return steps.every((one, i) => {
      state = calling(state, one, i)
      const running = [...state.tasks.values()].filter((each) => each.lastStatus !== 'STOPPED')
      const onlyThere = running.every((each) => {
        const status = state.instances.get(on([each])[0]!)?.status
        return status === 'ACTIVE' || status === 'DRAINING'
      })
      const addsUp = describeInstances(state).every((each) => {
        const here = running.filter((other) => on([other])[0] === each.ec2InstanceId).length
        const used = (name: string) =>
          amountOf(each.registeredResources, name)! - amountOf(each.remainingResources!, name)!
        return used('CPU') === 256 * here && used('MEMORY') === 512 * here
      })
      return onlyThere && addsUp && state.replicas.size === running.length
    })
  })

describe('a history of instances', () => {
  it('has its tasks on instances that are registered, and nothing else taken', () => {
    fc.assert(keepsItsBooks(call), { numRuns: 300 })
  })
  it('is refuted when tasks stay on an instance that is deregistered', () => {
    const leaving: typeof call = (state, one, at) => {
      if (!('deregister' in one)) return call(state, one, at)
      const [name, found] = [`i-${one.deregister}`, state.instances.get(`i-${one.deregister}`)]
      if (found === undefined) return state
      return {
        ...state,
        instances: new Map(state.instances).set(name, { ...found, status: 'INACTIVE' }),
      }
    }
    expect(isRefuted(keepsItsBooks(leaving))).toBe(true)
  })
  it('is refuted when an instance that is registered again forgets its tasks', () => {
    const forgetful: typeof call = (state, one, at) => {
      const next = call(state, one, at)
      return 'register' in one ? { ...next, placed: call(cluster([]), one, at).placed } : next
    }
    expect(isRefuted(keepsItsBooks(forgetful))).toBe(true)
  })
})
