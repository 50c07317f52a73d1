/**
 * Tests Spot capacity: tasks on FARGATE_SPOT beside FARGATE that are interrupted, and instances
 * that their agent drains when EC2 takes them back.
 */
import { instant, step } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { instance, task } from '../plan/plan.fixture.js'
import { fargatePool, lowerContainerInstance } from './container-instance-node.js'
import { joined, openWorld, reported, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'

const pools = (['FARGATE', 'FARGATE_SPOT'] as const).map((name) => fargatePool(name, 100))
const definition = reported('definition web:1', {
  ...task('web', { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] }),
  ...{ cpu: '256', memory: '512', containerDefinitions: [{ name: 'main', image: 'web:1' }] },
})
const service = reported('service web', {
  ...{ serviceName: 'web', taskDefinition: 'web:1', desiredCount: 5 },
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
  capacityProviderStrategy: [
    { capacityProvider: 'FARGATE', base: 1, weight: 1 },
    { capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ],
})
const open = (): World =>
  openWorld(
    ecsController({ pools: ['FARGATE', 'FARGATE_SPOT'] }),
    { start: [1000], stop: 90_000 },
    undefined,
    pools,
  )
    .tell([definition, service])
    .run()
const onSpot = (world: World) =>
  world.active().filter(({ node }) => node.startsWith('FARGATE_SPOT'))
const interruption = (replica: number) =>
  reported(`task ${replica}`, { stopCode: 'SpotInterruption' })

it('replaces an interrupted task at once, on Spot again, and the task ends within two minutes', () => {
  const world = open()
  expect([world.active().length, onSpot(world).length]).toEqual([5, 3])
  const [victim] = onSpot(world)
  const at = world.now() + 1000
  world.tell([interruption(victim!.replica)], at).run(at)
  expect(world.active().map(({ replica }) => replica)).not.toContain(victim!.replica)
  expect([world.active().length, onSpot(world).length]).toEqual([5, 3])
  const stop = world.effects().find((effect) => effect._tag === 'Stop')
  expect(stop).toMatchObject({
    ...{ replica: victim!.replica, because: 'Your Spot Task was interrupted.' },
  })
  world.run(at + 120_000)
  const seen = world.effects().filter(({ _tag }) => _tag === 'Stop')
  expect(seen).toHaveLength(1)
})

it('is no failure of a deployment, whether the task has run or not', () => {
  const world = openWorld(
    ecsController({ pools: ['FARGATE', 'FARGATE_SPOT'] }),
    { start: [60_000], stop: 500 },
    undefined,
    pools,
  )
  world.tell([definition, service]).run(1000)
  const [victim] = onSpot(world)
  world.tell([interruption(victim!.replica)], 2000).run(5000)
  const { services } = world.state().memories.get('ecs') as never as {
    readonly services: ReadonlyMap<string, { readonly deployments: readonly object[] }>
  }
  expect(services.get('web')!.deployments[0]).toMatchObject({ failedTasks: 0 })
  expect(world.active()).toHaveLength(5)
})

it('of a task that is gone, or ends already, is nothing', () => {
  const world = open()
  const [victim] = onSpot(world)
  world.tell([interruption(victim!.replica)]).run(world.now() + 1000)
  const count = world.effects().length
  world.tell([interruption(victim!.replica), interruption(999)]).run(world.now() + 1)
  expect(world.effects().filter(({ _tag }) => _tag === 'Stop')).toHaveLength(1)
  expect(world.effects().length).toBe(count)
})

it.each([
  [{ stopCode: 'TerminationNotice' }, 'SpotInterruption'],
  [{ stopCode: 'SpotInterruption' }, 'no tasks on FARGATE_SPOT'],
])('refuses %j about a task on an instance', (report, expected) => {
  const world = openWorld(ecsController())
    .tell([
      joined('i-1', instance('i-1')),
      reported('definition own:1', task('own')),
      reported('service own', { serviceName: 'own', taskDefinition: 'own:1', desiredCount: 1 }),
    ])
    .run()
  const [own] = world.active()
  const advance = step([ecsController()], { lowerNode: lowerContainerInstance })
  const event = { ...reported(`task ${own!.replica}`, report), at: instant(world.now() + 1) }
  const result = advance(world.state(), [event])
  expect(result._tag).toBe('Left')
  expect(JSON.stringify(result)).toContain(expected)
})

it('drains an instance that EC2 takes back: its tasks are replaced before it is gone', () => {
  const world = openWorld(ecsController(), { start: [1000], stop: 500 })
    .tell([
      ...['i-1', 'i-2'].map((name) => joined(name, instance(name))),
      reported('definition own:1', task('own')),
      reported('service own', { serviceName: 'own', taskDefinition: 'own:1', desiredCount: 2 }),
    ])
    .run()
  const at = world.now() + 1000
  world.tell([reported('container-instance i-1', { status: 'DRAINING' })], at)
  world.tell([{ _tag: 'NodeLeft', name: 'i-1' }], at + 120_000)
  world.run(at + 119_000)
  expect(world.active().map(({ node }) => node)).toEqual(['i-2', 'i-2'])
  expect(world.healthy()).toHaveLength(2)
  world.run()
  expect(world.active()).toHaveLength(2)
})

it('takes an instance that is ACTIVE again', () => {
  const world = openWorld(ecsController())
    .tell([joined('i-1', instance('i-1')), reported('definition own:1', task('own'))])
    .run()
  world.tell([reported('container-instance i-1', { status: 'DRAINING' })]).run()
  world.tell([
    reported('service own', { serviceName: 'own', taskDefinition: 'own:1', desiredCount: 1 }),
  ])
  expect(world.run().active()).toEqual([])
  world.tell([reported('container-instance i-1', { status: 'ACTIVE' })]).run()
  expect(world.active().map(({ node }) => node)).toEqual(['i-1'])
})
