/**
 * Tests the capacity providers of Auto Scaling groups over time: instances are launched for waiting
 * tasks and released when they are not needed, and under a steady load the size of the group stops
 * changing.
 */
import { instant, startSteps, step } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerContainerInstance } from '../controller/container-instance-node.js'
import { openWorld, reported, type Fact, type World } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { autoScalingGroupPool, type AutoScalingGroup } from '../memory/auto-scaling-group.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { capacityHold, describeCapacity } from './describe-capacity.js'

const offered = (zone: string, cpu = 1024) => ({
  registeredResources: [
    { name: 'CPU', integerValue: cpu },
    { name: 'MEMORY', integerValue: 4096 },
  ],
  attributes: [
    { name: 'ecs.instance-type', value: `m.${cpu}` },
    { name: 'ecs.availability-zone', value: zone },
  ],
})
const group = (more: Partial<AutoScalingGroup> = {}): AutoScalingGroup => ({
  ...{ AutoScalingGroupName: 'asg', MinSize: 0, MaxSize: 20 },
  offerings: [offered('a'), offered('b')],
  ...more,
})
const arn = (name = 'asg') =>
  `arn:aws:autoscaling:us-east-1:1:autoScalingGroup:u:autoScalingGroupName/${name}`
const provider = (more: object = {}, name = 'cp', own = 'asg'): Fact =>
  reported(`capacity-provider ${name}`, {
    name,
    autoScalingGroupProvider: {
      ...{ autoScalingGroupArn: arn(own), managedScaling: { status: 'ENABLED' } },
      ...more,
    },
  })
const definition = (cpu = 512): Fact =>
  reported(`definition web:1`, {
    family: 'web',
    networkMode: 'none',
    containerDefinitions: [{ name: 'main', image: 'web:1', cpu, memory: 64 }],
  })
const service = (desiredCount: number, more: object = {}): Fact =>
  reported('service web', {
    ...{ serviceName: 'web', taskDefinition: 'web:1', desiredCount },
    capacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }],
    ...more,
  })
const minutes = (count: number): number => count * 60_000

const open = (
  groups: readonly AutoScalingGroup[] = [group()],
  options: Partial<EcsControllerOptions> = {},
): World =>
  openWorld(
    ecsController({ groups, ...options }),
    { start: [1000], stop: 500 },
    undefined,
    groups.map(autoScalingGroupPool),
  )
const sizeOf = (world: World): number =>
  describeCapacity(world.state()).reduce((sum, { size, coming }) => sum + size + coming, 0)
const decisionsOf = (world: World) => describeCapacity(world.state())[0]!.decisions

describe('a capacity provider with managed scaling', () => {
  it('buys for tasks that wait, in the zones in turn, and shows M and N', () => {
    const world = open()
      .tell([provider(), definition(), service(6)])
      .run()
    expect(world.active()).toHaveLength(6)
    expect(world.nodesOf('Buy')).toEqual(['asg-1', 'asg-2', 'asg-3'])
    expect(decisionsOf(world)[0]).toEqual({
      ...{ at: minutes(1), needed: 3, running: 0, reservation: 200, group: 0, change: 3 },
      groups: [{ tasks: 6, fit: { instanceType: 'm.1024', instances: 3 } }],
      ...{ leaving: [], holds: [] },
    })
    const bought = world.effects().filter(({ _tag }) => _tag === 'Buy')
    expect(bought.map((effect) => 'offering' in effect && effect.offering)).toEqual([0, 0, 1])
  })
  it('comes to rest, and to nothing when nothing is wanted', () => {
    const world = open()
      .tell([provider(), definition(), service(6)])
      .run()
    world.tell([service(0)]).run()
    expect([sizeOf(world), world.active().length]).toEqual([0, 0])
    expect(world.state().wakes.size).toBe(0)
    const last = decisionsOf(world).slice(-5)
    expect(last.map(({ change, leaving }) => [change, leaving.length])).toEqual([
      [0, 0],
      [-1, 1],
      [-1, 1],
      [-1, 1],
      [0, 0],
    ])
    expect(last.map(({ at }) => at - last[0]!.at)).toEqual([0, 14, 15, 16, 17].map(minutes))
  })
  it('scales out again only when the last instances are warm', () => {
    const world = open()
      .tell([provider(), definition(), service(2)])
      .run(minutes(2))
    world.tell([service(20)]).run()
    const outs = decisionsOf(world).filter(({ change }) => change > 0)
    expect(outs.map(({ at, change }) => [at, change])).toEqual([
      [minutes(1), 2],
      [minutes(6), 8],
    ])
    expect(decisionsOf(world)[1]).toMatchObject({ change: 0, holds: ['instanceWarmupPeriod'] })
  })
  it('says what it waits for when the group is full, or no type fits', () => {
    const small = open([group({ MaxSize: 1 })])
      .tell([provider(), definition(), service(4)])
      .run()
    expect(world(small)).toEqual([2, 1])
    expect(capacityHold(small.state(), 'web/ecs-svc/1')).toContain('held by max')
    const none = open()
      .tell([provider(), definition(2000), service(1)])
      .run()
    expect(world(none)).toEqual([0, 0])
    expect(capacityHold(none.state(), 'web/ecs-svc/1')).toContain(
      '1 task fits no instance of the smallest type',
    )
    function world(of: World): readonly number[] {
      return [of.active().length, sizeOf(of)]
    }
  })
  it('drains an instance with tasks before it goes, and keeps the service whole', () => {
    const world = oneOfTwo({})
    const drained = world.effects().flatMap((effect) => (effect._tag === 'Ask' ? [effect] : []))
    expect(drained.map(({ request }) => request)).toEqual([{ drainInstance: 'asg-1' }])
    expect(world.nodesOf('Release')).toEqual(['asg-1'])
    expect([sizeOf(world), world.active().length]).toEqual([1, 1])
  })
  it('ends an instance with its tasks when managed draining is off', () => {
    const world = oneOfTwo({ managedDraining: 'DISABLED' })
    const requests = world.effects().flatMap((effect) => (effect._tag === 'Ask' ? [effect] : []))
    expect(requests.map(({ request }) => request)).toEqual([{ terminateInstance: 'asg-1' }])
    expect([sizeOf(world), world.active().length]).toEqual([1, 1])
  })
  it('keeps instances with tasks under managed termination protection', () => {
    const world = oneOfTwo({ managedTerminationProtection: 'ENABLED' })
    expect(world.nodesOf('Release')).toEqual(['asg-2'])
    expect(world.effects().filter(({ _tag }) => _tag === 'Ask')).toEqual([])
  })
  it('does not count daemons, nor tasks without a strategy', () => {
    const world = open([group({ MinSize: 1 })])
      .tell([
        ...[provider(), definition(64)],
        reported('service d', {
          ...{ serviceName: 'd', taskDefinition: 'web:1', schedulingStrategy: 'DAEMON' },
        }),
        reported('service own', {
          ...{ serviceName: 'own', taskDefinition: 'web:1', desiredCount: 40, launchType: 'EC2' },
        }),
      ])
      .run()
    expect(sizeOf(world)).toBe(1)
    expect(decisionsOf(world).at(-1)).toMatchObject({ groups: [] })
  })
  it('counts no more waiting tasks than may wait', () => {
    const world = open([group()], { provisioningTasksMax: 4 })
      .tell([provider(), definition(), service(10)])
      .run(minutes(1))
    expect(decisionsOf(world)[0]).toMatchObject({
      groups: [{ tasks: 4 }],
      holds: ['provisioningTasksMax'],
    })
    expect(world.run().active()).toHaveLength(10)
  })
  it('shares tasks over two groups by base and weight', () => {
    const two = [group(), group({ AutoScalingGroupName: 'spot' })]
    const world = open(two)
      .tell([
        ...[provider(), provider({}, 'spare', 'spot'), definition()],
        service(9, {
          capacityProviderStrategy: [
            { capacityProvider: 'cp', base: 1, weight: 1 },
            { capacityProvider: 'spare', weight: 3 },
          ],
        }),
      ])
      .run()
    const nodes = world.active().map(({ node }) => node.split('-')[0])
    expect(nodes.filter((name) => name === 'asg')).toHaveLength(3)
    expect(nodes.filter((name) => name === 'spot')).toHaveLength(6)
  })
  it('leaves the group alone without managed scaling', () => {
    const off = provider({ managedScaling: { status: 'DISABLED' } })
    const world = open()
      .tell([off, definition(), service(2)])
      .run()
    expect([sizeOf(world), decisionsOf(world)]).toEqual([0, []])
  })
})

/** One task on the first of two instances: the group shrinks to one, and the first goes by age. */
const oneOfTwo = (more: object): World =>
  open()
    .tell([provider(more), definition(), service(1)])
    .run()

describe('a report about a capacity provider', () => {
  const run = step([ecsController({ groups: [group()] })], { lowerNode: lowerContainerInstance })
  const start = startSteps({ pools: [autoScalingGroupPool(group())] })
  const learn = (...facts: readonly Fact[]) =>
    facts.reduce(
      (result, fact, i) =>
        E.isLeft(result) ? result : run(result.right.state, [{ ...fact, at: instant(i + 1) }]),
      run(start, [{ _tag: 'ClockAdvanced', at: instant(0) }]),
    )
  it.each<readonly [string, readonly Fact[], string, string]>([
    ['of another name', [reported('capacity-provider x', { name: 'y' })], 'found', 'undefined'],
    [
      'without a group',
      [reported('capacity-provider cp', { name: 'cp' })],
      'Auto Scaling',
      'nothing',
    ],
    ['of no group', [provider({}, 'cp', 'none')], 'one of asg', 'autoScalingGroupArn'],
    ['of a taken group', [provider(), provider({}, 'two')], 'another group', 'cp'],
    ['with a bad name', [provider({}, 'fargate-x')], 'fargate', 'name'],
    ['with a space', [provider({}, 'a b')], 'letters', 'name'],
    [
      'with a target of 0',
      [provider({ managedScaling: { targetCapacity: 0 } })],
      'from 1 to 100',
      'targetCapacity',
    ],
    [
      'with steps that cannot be',
      [provider({ managedScaling: { minimumScalingStepSize: 5, maximumScalingStepSize: 2 } })],
      'at most the maximumScalingStepSize, 2',
      'minimumScalingStepSize',
    ],
    [
      'with protection and no scaling',
      [
        provider({
          managedScaling: { status: 'DISABLED' },
          managedTerminationProtection: 'ENABLED',
        }),
      ],
      'DISABLED, as managed scaling is not ENABLED',
      'managedTerminationProtection',
    ],
    ['that deletes none', [reported('capacity-provider cp', null)], 'no cp', 'null'],
    [
      'that deletes one in use',
      [provider(), definition(), service(1), reported('capacity-provider cp', null)],
      'no service that uses it: web does',
      'null',
    ],
    [
      'about the status of no instance',
      [reported('container-instance i-9', { status: 'DRAINING' })],
      'an instance that is there',
      'i-9',
    ],
    [
      'with a status that is none',
      [reported('container-instance i-9', { status: 'GONE' })],
      'ACTIVE',
      'status',
    ],
  ])('%s is refused', (_, facts, expected, found) => {
    const text = JSON.stringify(learn(...facts))
    expect(text).toContain('"Left"')
    expect(text).toContain(expected)
    if (found !== 'undefined') expect(text).toContain(found)
  })
  it('that deletes an unused one is taken', () => {
    expect(E.isRight(learn(provider(), reported('capacity-provider cp', null)))).toBe(true)
  })
})

/** A steady load: the instances that it needs, and after the way there no change any more. */
const settles = (plant: (options: object) => object = (options) => options) =>
  fc.property(
    fc.record({
      count: fc.integer({ min: 1, max: 12 }),
      targetCapacity: fc.integer({ min: 25, max: 100 }),
      first: fc.integer({ min: 0, max: 12 }),
    }),
    ({ count, targetCapacity, first }) => {
      const packed = { placementStrategy: [{ type: 'binpack', field: 'cpu' }] }
      const scaling = plant({ status: 'ENABLED', targetCapacity })
      const world = open([group({ MaxSize: 200 })])
        .tell([provider({ managedScaling: scaling }), definition(1024), service(first, packed)])
        .run(minutes(40))
      world.tell([service(count, packed)]).run(minutes(120))
      const size = sizeOf(world)
      const orders = world.effects().filter(({ _tag }) => _tag !== 'WakeAt').length
      world.run(minutes(200))
      const isQuiet = world.effects().filter(({ _tag }) => _tag !== 'WakeAt').length === orders
      return isQuiet && size === Math.ceil((100 * count) / targetCapacity)
    },
  )

describe('managed scaling on a steady load', { timeout: 120_000 }, () => {
  it('comes to M = N x target and stays there', () => {
    fc.assert(settles(), { numRuns: 40, seed: 19 })
  })
  it('is refuted when the target is forgotten', () => {
    expect(
      isRefuted(
        settles((options) => ({ ...options, targetCapacity: 100 })),
        { runsMax: 40, seed: 19 },
      ),
    ).toBe(true)
  })
})
