/**
 * Tests the registration of tasks with load balancers: at every moment of an update, exactly those
 * tasks are registered that run and have not been told to stop, even when tasks die.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import type { AnyController } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import { withIntents } from './planted.fixture.js'

const targets = { targetGroupArn: 'arn:web', containerName: 'main', containerPort: 80 }
const web = (revision: number, more: object) =>
  reported(
    'service web',
    service('web', { taskDefinition: `web:${revision}`, loadBalancers: [targets], ...more }),
  )
const version = (revision: number) =>
  reported(
    `definition web:${revision}`,
    task('web', {
      containerDefinitions: [
        container({ cpu: 8, memory: 8 + revision, portMappings: [{ containerPort: 80 }] }),
      ],
    }),
  )

/** The tasks that the orders so far leave in the target group. */
const registeredIn = (world: World): readonly string[] => {
  const tasks = new Set<string>()
  for (const effect of world.effects()) {
    if (effect._tag !== 'Ask') continue
    const { registerTargets, deregisterTargets } = effect.request as Readonly<
      Record<string, { readonly tasks: readonly string[] } | undefined>
    >
    for (const one of registerTargets?.tasks ?? []) tasks.add(one)
    for (const one of deregisterTargets?.tasks ?? []) tasks.delete(one)
  }
  return [...tasks].sort()
}
const runningIn = (world: World): readonly string[] =>
  world
    .active()
    .filter(({ runningAt }) => runningAt !== undefined)
    .map(({ replica }) => String(replica))
    .sort()

const requestsIn = (world: World): readonly unknown[] =>
  world.effects().flatMap((effect) => (effect._tag === 'Ask' ? [effect.request] : []))

describe('a service', () => {
  it('registers tasks that run with its target group, and says so', () => {
    const world = openWorld(ecsController())
    world.tell([version(1), joined('i-1', instance('i-1'))]).run()
    world.tell([web(1, { desiredCount: 2 })], 10).run(5000)
    const order = { service: 'web', targetGroupArn: 'arn:web', tasks: ['0', '1'] }
    expect(requestsIn(world)).toEqual([{ registerTargets: order }])
    world.tell([web(1, { desiredCount: 0 })]).run()
    expect(requestsIn(world)[1]).toEqual({ deregisterTargets: order })
    expect(describeServices(world.state())[0]!.events.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        '(service web) registered 2 targets in (target-group arn:web).',
        '(service web) has begun draining connections on 2 tasks.',
        '(service web) deregistered 2 targets in (target-group arn:web).',
      ]),
    )
  })
  it('registers with Cloud Map and Service Connect', () => {
    const world = openWorld(ecsController())
    world.tell([version(1), joined('i-1', instance('i-1'))]).run()
    const more = {
      ...{ loadBalancers: [], serviceRegistries: [{ registryArn: 'arn:map' }] },
      serviceConnectConfiguration: { enabled: true, namespace: 'shop' },
    }
    world.tell([web(1, more)], 10).run(5000)
    expect(requestsIn(world)).toEqual([
      { registerInstances: { service: 'web', registryArn: 'arn:map', tasks: ['0'] } },
      { registerEndpoints: { service: 'web', namespace: 'shop', tasks: ['0'] } },
    ])
  })
  it('deregisters what dies without being told', () => {
    const world = openWorld(ecsController())
    world.tell([version(1), joined('i-1', instance('i-1'))]).run()
    world.tell([web(1, {})], 10).run(5000)
    world.tell([{ _tag: 'ReplicaStopped', replica: world.active()[0]!.replica }]).run(5000)
    expect(registeredIn(world)).toEqual([])
  })
})

interface Life {
  readonly desired: number
  readonly minimum: number
  readonly deaths: readonly number[]
  readonly updates: readonly number[]
}
const instants = fc.array(fc.integer({ min: 10, max: 300_000 }), { maxLength: 4 })
const anyLife: fc.Arbitrary<Life> = fc.record({
  desired: fc.integer({ min: 1, max: 4 }),
  minimum: fc.constantFrom(0, 50, 100),
  ...{ deaths: instants, updates: instants },
})

const agree = (controller: AnyController, { desired, minimum, deaths, updates }: Life): boolean => {
  let isRight = true
  const seen = new Set<string>()
  const world = openWorld(controller, { start: [1000, 30_000], stop: 500 }, (now) => {
    const registered = registeredIn(now)
    isRight &&= registered.join() === runningIn(now).join()
    for (const id of registered.filter((one) => !seen.has(one))) {
      seen.add(id)
      now.tell([reported(`task ${id}`, { targetHealth: 'healthy' })], now.now() + 2000)
    }
  })
  const deploymentConfiguration = { minimumHealthyPercent: minimum, maximumPercent: 200 }
  const want = (revision: number) =>
    web(revision, { desiredCount: desired, deploymentConfiguration })
  world.tell([version(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))]).run(1)
  world.tell([want(1)]).run(2)
  const moments = [
    ...deaths.map((at) => [at, 'death'] as const),
    ...updates.map((at) => [at, 'update'] as const),
  ].sort(([a], [b]) => a - b)
  let revision = 1
  for (const [at, kind] of moments) {
    world.run(at)
    const [first] = world.active()
    if (kind === 'update') world.tell([version(++revision), want(revision)], at + 1)
    else if (first !== undefined)
      world.tell([{ _tag: 'ReplicaStopped', replica: first.replica }], at + 1)
  }
  world.run(3_000_000)
  return isRight
}
const allAgree = (controller: AnyController) =>
  fc.property(anyLife, (life) => agree(controller, life))

describe('the target group', () => {
  it('has the tasks that run and are not told to stop, at every moment', () => {
    fc.assert(allAgree(ecsController()), { numRuns: 200, seed: 21 })
  })
  it.each(['registerTargets', 'deregisterTargets'])('is refuted without %s', (order) => {
    const silent = withIntents((intents) =>
      intents.filter((one) => one._tag !== 'Ask' || !(order in (one.request as object))),
    )
    expect(isRefuted(allAgree(silent), { runsMax: 50 })).toBe(true)
  })
})
