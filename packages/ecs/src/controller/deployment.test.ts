/**
 * Tests deployments that fail, roll back, bake and succeed early: by examples, and with random
 * services whose tasks fail by themselves.
 */
import type { AnyController } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import type { DeploymentConfiguration } from '../words/deployment-configuration.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Delays, type Fact, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import type { EcsMemory } from '../memory/memory.js'

const version = (revision: number): Fact =>
  reported(
    `definition web:${revision}`,
    task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 + revision })] }),
  )
const wish = (revision: number, more: object = {}): Fact =>
  reported(
    'service web',
    service('web', { taskDefinition: `web:${revision}`, desiredCount: 2, ...more }),
  )
const rollback = { enable: true, rollback: true }
const withBreaker = (more: object = {}) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { ...rollback, ...more } },
})
const described = (world: World) => describeServices(world.state())[0]!
const messages = (world: World): readonly string[] =>
  [...described(world).events].reverse().map(({ message }) => message.replace('(service web) ', ''))

/** A world at rest with revision 1, in which tasks of the deployments named fail. */
const settled = (more: object, failing: readonly string[], delays: Partial<Delays> = {}): World =>
  openWorld(ecsController(), {
    ...{ start: [1000], stop: 500, ...delays },
    fails: (_, owner) => failing.includes(owner),
  })
    .tell([version(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))])
    .tell([wish(1, more)], 1)
    .run()

describe('a deployment whose tasks never run', () => {
  it('goes back to the last one that was completed', () => {
    const world = settled(withBreaker(), ['web/ecs-svc/2'])
    const at = world.now() + 1000
    world.tell([version(2), wish(2, withBreaker())], at).run()
    expect(messages(world).slice(-7)).toEqual([
      'has started 2 tasks: (task 2) (task 3).',
      'has started 2 tasks: (task 67108867) (task 67108866).',
      'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      '(deployment ecs-svc/2) deployment failed: tasks failed to start.',
      'rolling back to deployment ecs-svc/1.',
      '(deployment ecs-svc/1) deployment completed.',
      'has reached a steady state.',
    ])
    expect(described(world).taskDefinition).toBe('web:1')
    expect(world.failures()).toHaveLength(4)
    // The second wave waits 10 seconds; the timer of the throttle fires last.
    const back = described(world).events.find(({ message }) => message.includes('rolling back'))
    expect(Date.parse(back!.createdAt!)).toBe(at + 1000 + 10_000 + 1000)
  })
  it('stalls without rollback, and keeps the older tasks', () => {
    const world = settled(withBreaker({ rollback: false }), ['web/ecs-svc/2'])
    world.tell([version(2), wish(2, withBreaker({ rollback: false }))], world.now() + 1).run()
    const [failed, older] = described(world).deployments
    expect([failed!.rolloutState, failed!.failedTasks, failed!.runningCount]).toEqual([
      ...['FAILED', 4, 0],
    ])
    expect(failed!.rolloutStateReason).toBe(
      'ECS deployment circuit breaker: tasks failed to start.',
    )
    expect([older!.id, older!.runningCount]).toEqual(['ecs-svc/1', 2])
    world.tell([version(3), wish(3)], world.now() + 1).run()
    expect(described(world).deployments.map((one) => [one.id, one.rolloutState])).toEqual([
      ['ecs-svc/3', 'COMPLETED'],
    ])
  })
  it('has none to go back to when it is the first, or goes back already', () => {
    const first = settled(withBreaker(), ['web/ecs-svc/1'])
    expect(described(first).deployments.map((one) => one.rolloutState)).toEqual(['FAILED'])
    const twice = { minimumHealthyPercent: 0, maximumPercent: 100 }
    const deploymentConfiguration = { ...withBreaker().deploymentConfiguration, ...twice }
    let isBroken = false
    const world = openWorld(ecsController(), {
      ...{ start: [1000], stop: 500 },
      fails: () => isBroken,
    })
      .tell([version(1), joined('i-1', instance('i-1'))])
      .tell([wish(1, { deploymentConfiguration })], 1)
      .run()
    isBroken = true
    world.tell([version(2), wish(2, { deploymentConfiguration })], world.now() + 1).run()
    expect(messages(world).filter((one) => one.includes('deployment failed'))).toHaveLength(2)
    expect(described(world).deployments.map((one) => [one.id, one.rolloutState])).toEqual([
      ['ecs-svc/1', 'FAILED'],
    ])
  })
  it('is tried for ever without a breaker, and every 27 minutes in the end', () => {
    const world = settled({}, ['web/ecs-svc/2'])
    world.tell([version(2), wish(2)], world.now() + 1).run(world.now() + 4 * 3_600_000)
    const starts = described(world)
      .events.filter(({ message }) => message.includes('has started'))
      .map(({ createdAt }) => Date.parse(createdAt!))
    expect(starts[0]! - starts[1]!).toBe(27 * 60_000 + 1000)
    expect(described(world).deployments[0]!.failedTasks).toBeGreaterThan(20)
    const changed = world.now() + 1
    world.tell([version(3), wish(3)], changed).run(changed)
    expect(world.effects().at(-1)).toBeDefined()
    expect(world.active().some(({ owner }) => owner === 'web/ecs-svc/3')).toBe(true)
  })
})

describe('a deployment whose tasks are unhealthy', () => {
  const check = { healthCheck: { command: ['CMD', 'true'] } }
  const checked = (revision: number): Fact =>
    reported(
      `definition web:${revision}`,
      task('web', {
        containerDefinitions: [container({ ...check, cpu: 64, memory: 64 + revision })],
      }),
    )
  it('fails after as many replacements as the threshold', () => {
    const configuration = withBreaker({ thresholdConfiguration: { type: 'COUNT', value: 2 } })
    const world = openWorld(ecsController(), undefined, (now) => {
      for (const { replica, owner, runningAt, isStopOrdered } of now.active())
        if (runningAt === now.now() && !isStopOrdered)
          now.tell(
            [
              reported(`task ${replica}`, {
                healthStatus: owner.endsWith('/1') ? 'HEALTHY' : 'UNHEALTHY',
              }),
            ],
            now.now() + 10,
          )
    })
    world
      .tell([checked(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))])
      .tell([wish(1, configuration)], 1)
      .run()
    expect(described(world).deployments[0]!.rolloutState).toBe('COMPLETED')
    world.tell([checked(2), wish(2, configuration)], world.now() + 1).run()
    expect(messages(world).filter((one) => one.includes('fail') || one.includes('back'))).toEqual([
      '(deployment ecs-svc/2) deployment failed: tasks failed to start.',
      'rolling back to deployment ecs-svc/1.',
    ])
  })
  it('leaves them alone in the grace period', () => {
    const world = openWorld(ecsController())
    world
      .tell([checked(1), joined('i-1', instance('i-1'))])
      .tell([wish(1, { desiredCount: 1, healthCheckGracePeriodSeconds: 60 })], 1)
      .run()
    world.tell([reported('task 0', { healthStatus: 'UNHEALTHY' })], 2000).run()
    const orders = world.effects().filter(({ _tag }) => _tag === 'Place' || _tag === 'Stop')
    expect(orders.map(({ _tag }) => _tag).slice(0, 2)).toEqual(['Place', 'Place'])
    const [started] = described(world).events.filter(({ message }) => message.includes('started'))
    expect(started!.createdAt).toBe('1970-01-01T00:01:01.001Z')
  })
})

describe('alarms', () => {
  const alarms = { alarmNames: ['errors'], enable: true, rollback: true }
  const configuration = { deploymentConfiguration: { alarms, bakeTimeInMinutes: 5 } }
  const alarm = (stateValue: string): Fact => reported('alarm errors', { stateValue })
  it('fail a deployment while it bakes, and not later', () => {
    const world = settled(configuration, [])
    const at = world.now() + 1
    world
      .tell([version(2), wish(2, configuration)], at)
      .tell([alarm('ALARM')], at + 200_000)
      .run()
    expect(messages(world)).toContain('(deployment ecs-svc/2) deployment failed: alarm detected.')
    expect(described(world).taskDefinition).toBe('web:1')
    const late = settled(configuration, [])
    late.tell([version(2), wish(2, configuration)], late.now() + 1).run()
    late.tell([alarm('ALARM')], late.now() + 1).run()
    expect(described(late).taskDefinition).toBe('web:2')
  })
  it('are ignored by a deployment that begins while one is in ALARM', () => {
    const world = settled(configuration, [])
    world.tell([alarm('ALARM')], world.now() + 1)
    world.tell([version(2), wish(2, configuration)], world.now() + 2).run()
    expect(described(world).deployments.map((one) => one.rolloutState)).toEqual(['COMPLETED'])
    expect(described(world).taskDefinition).toBe('web:2')
  })
})

describe('early success', () => {
  const early = (sourceServiceRevisionCleanup: string, bakeTimeInMinutes?: number) => ({
    desiredCount: 4,
    deploymentConfiguration: {
      ...{ minimumHealthyPercent: 50, maximumPercent: 150, bakeTimeInMinutes },
      earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup },
    },
  })
  const completedAfter = (more: object): number => {
    const world = settled(more, [])
    const at = world.now() + 1
    world.tell([version(2), wish(2, more)], at).run()
    const [done] = described(world).events.filter(({ message }) =>
      message.includes('(deployment ecs-svc/2) deployment completed'),
    )
    expect(described(world).deployments.map((one) => one.runningCount)).toEqual([4])
    return Date.parse(done!.createdAt!) - at
  }
  it('comes with so many healthy tasks, and waits for the older ones when it blocks', () => {
    const [deferred, blocking] = ['DEFERRED', 'BLOCKING'].map((one) => completedAfter(early(one)))
    expect(deferred).toBe(41_000)
    expect(blocking).toBeGreaterThan(deferred!)
    expect(completedAfter(early('DEFERRED', 2))).toBe(41_000 + 120_000)
  })
})

/** A service whose tasks fail by themselves as its update says. */
interface FailingUpdate {
  readonly desired: number
  readonly minimum: number
  readonly maximum: number
  readonly fails: readonly boolean[]
  readonly starts: readonly number[]
  readonly threshold: number
  readonly isRollback: boolean
}
const anyUpdate: fc.Arbitrary<FailingUpdate> = fc.record({
  desired: fc.integer({ min: 1, max: 6 }),
  minimum: fc.integer({ min: 0, max: 100 }),
  maximum: fc.integer({ min: 100, max: 250 }),
  fails: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
  starts: fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 4 }),
  threshold: fc.integer({ min: 1, max: 6 }),
  isRollback: fc.boolean(),
})

/** What was wrong at some moment of the update. */
const faultsOf = (controller: AnyController, update: FailingUpdate): readonly string[] => {
  const { desired, minimum, maximum, threshold } = update
  const tasksMin = Math.ceil((desired * minimum) / 100)
  const tasksMax = Math.floor((desired * maximum) / 100)
  const faults: string[] = []
  let [failuresBefore, isFailed, isUpdated] = [0, false, false]
  const delays: Delays = {
    ...{ start: update.starts, stop: 300 },
    fails: (nth, owner) => owner === 'web/ecs-svc/2' && update.fails[nth % update.fails.length]!,
  }
  const world = openWorld(controller, delays, (now) => {
    if (!isUpdated) return
    const at = `${now.now()}: `
    if (now.active().length > tasksMax) faults.push(`${at}${now.active().length} active`)
    if (now.healthy().length < tasksMin) faults.push(`${at}${now.healthy().length} healthy`)
    const failures = now.failures().length
    const one = described(now).deployments.find(({ id }) => id === 'ecs-svc/2')
    const isBack = described(now).taskDefinition === 'web:1'
    const isFailedNow = isFailed || isBack || one?.rolloutState === 'FAILED'
    if (isFailedNow && !isFailed && (failures < threshold || failuresBefore >= threshold))
      faults.push(`${at}failed after ${failures} failures, ${failuresBefore} before`)
    if (!isFailedNow && failures >= threshold && one?.rolloutState === 'IN_PROGRESS')
      faults.push(`${at}not failed after ${failures} failures`)
    ;[failuresBefore, isFailed] = [failures, isFailedNow]
  })
  const deploymentConfiguration: DeploymentConfiguration = {
    ...{ minimumHealthyPercent: minimum, maximumPercent: maximum },
    deploymentCircuitBreaker: {
      ...{ enable: true, rollback: update.isRollback, resetOnHealthyTask: false },
      thresholdConfiguration: { type: 'COUNT', value: threshold },
    },
  }
  const more = { desiredCount: desired, deploymentConfiguration }
  world
    .tell([version(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))])
    .tell([wish(1, more)], 1)
    .run()
  world.tell([version(2), wish(2, more)], world.now() + 1)
  isUpdated = true
  world.run()
  const { deployments, events, taskDefinition } = described(world)
  const [primary] = deployments
  const isBlocked = events[0]!.message.includes('was unable to stop or start tasks')
  const end = isFailed
    ? update.isRollback
      ? 'COMPLETED web:1'
      : 'FAILED web:2'
    : 'COMPLETED web:2'
  if (`${primary!.rolloutState} ${taskDefinition}` !== end && !isBlocked)
    faults.push(`ends as ${primary!.rolloutState} ${taskDefinition}, not as ${end}`)
  return faults
}

/** The controller with what it remembers of each deployment changed after each pass. */
const withCounts = (change: (failedTasks: number) => number): AnyController => {
  const controller = ecsController()
  return {
    ...controller,
    decide: (view, memory: EcsMemory) => {
      const decision = controller.decide(view, memory)
      const services = new Map(
        [...decision.memory.services].map(([name, record]) => {
          const [primary, ...older] = record.deployments
          const failedTasks = change(primary.failedTasks)
          return [
            name,
            { ...record, deployments: [{ ...primary, failedTasks }, ...older] as const },
          ]
        }),
      )
      return { ...decision, memory: { ...decision.memory, services } }
    },
  }
}

describe('an update whose tasks fail', () => {
  const holds = (controller: AnyController) =>
    fc.property(anyUpdate, (update) => {
      try {
        return faultsOf(controller, update).length === 0
      } catch {
        return false
      }
    })
  it('keeps to its bounds, fails exactly at its threshold, and ends', () => {
    fc.assert(
      fc.property(anyUpdate, (update) => {
        expect(faultsOf(ecsController(), update)).toEqual([])
      }),
      { numRuns: 300, seed: 19 },
    )
  })
  it.each([
    ['failures are forgotten', withCounts(() => 0)],
    ['a failure is counted twice', withCounts((count) => (count === 1 ? 2 : count))],
  ])('is refuted when %s', (_, controller) => {
    expect(isRefuted(holds(controller), { runsMax: 200 })).toBe(true)
  })
  it('is refuted when a failed deployment goes on', () => {
    const controller = ecsController()
    const stubborn: AnyController = {
      ...controller,
      learn: (draft, memory: EcsMemory, { report, ...fact }) => {
        const { deploymentConfiguration: given, ...others } = (report ?? {}) as {
          readonly deploymentConfiguration?: DeploymentConfiguration
        }
        const { deploymentCircuitBreaker: _, ...deploymentConfiguration } = given ?? {}
        const changed = given === undefined ? report : { ...others, deploymentConfiguration }
        return controller.learn!(draft, memory, { ...fact, report: changed })
      },
    }
    expect(isRefuted(holds(stubborn), { runsMax: 200 })).toBe(true)
  })
})
