/**
 * Tests blue/green, linear and canary deployments: their stages against answers worked out by hand
 * from AWS's documents, hooks that answer, pauses that time out, and rollbacks. In random
 * deployments, shares of traffic sum to 100 and only shrink in a rollback.
 */
import { readFileSync } from 'node:fs'
import { later, instant, type AnyController, type StepEffect } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { shiftedTraffic, stageSteps, type TrafficShare } from '../deployment/lifecycle-stages.js'
import type { DeploymentConfiguration } from '../words/deployment-configuration.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Fact, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'

const { orders } = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/stages.json', import.meta.url),
    'utf8',
  ),
) as {
  readonly orders: readonly {
    readonly configuration: DeploymentConfiguration
    readonly otherRevisions?: true
    readonly stages: readonly (readonly [string, number, number])[]
  }[]
}
it.each(orders)('the stages of $configuration are those of the row', (row) => {
  const steps = stageSteps(row.configuration, row.otherRevisions === true)
  expect(steps.map((one) => [one.stage, one.percent, one.bakeMinutes])).toEqual(row.stages)
})

const version = (revision: number): Fact =>
  reported(
    `definition web:${revision}`,
    task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 + revision })] }),
  )
const wish = (revision: number, deploymentConfiguration: object, desiredCount = 2): Fact =>
  reported(
    'service web',
    service('web', { taskDefinition: `web:${revision}`, desiredCount, deploymentConfiguration }),
  )
const described = (world: World) => describeServices(world.state())[0]!
/** The newest deployment, once there is a service. */
const primaryOf = (world: World) => describeServices(world.state())[0]?.deployments[0]?.id
const messages = (world: World): readonly string[] =>
  [...described(world).events].reverse().map(({ message }) => message.replace('(service web) ', ''))
const blueGreen = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 } as const
const lambda = {
  ...{ hookTargetArn: 'arn:aws:lambda:us-east-1:1:function:f', roleArn: 'arn:aws:iam::1:role/r' },
  lifecycleStages: ['POST_SCALE_UP'],
}
const pause = { targetType: 'PAUSE', lifecycleStages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'] } as const

/** The request of an order: shares of traffic, or a hook. */
interface OrderRequest {
  readonly shiftTraffic?: { readonly shares: readonly TrafficShare[] }
  readonly callHook?: { readonly hookId: string; readonly stage: string }
}
const requestsIn = (effects: readonly StepEffect[]): readonly OrderRequest[] =>
  effects.flatMap((effect) => (effect._tag === 'Ask' ? [effect.request as OrderRequest] : []))
const sharesIn = (world: World) =>
  requestsIn(world.effects()).flatMap(({ shiftTraffic }) =>
    shiftTraffic === undefined ? [] : [shiftTraffic.shares],
  )
const hooksIn = (world: World) =>
  requestsIn(world.effects()).flatMap(({ callHook }) => (callHook === undefined ? [] : [callHook]))

const settled = (configuration: object, desiredCount = 2, controller = ecsController()): World =>
  openWorld(controller)
    .tell([version(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))])
    .tell([wish(1, configuration, desiredCount)], 1)
    .run()

describe('a blue/green deployment', () => {
  it('scales up beside the old revision, shifts all traffic, bakes and cleans up', () => {
    const world = settled(blueGreen)
    const at = world.now() + 1
    world.tell([version(2), wish(2, blueGreen)], at).run(at + 2000)
    expect(described(world).deployments.map((one) => one.runningCount)).toEqual([2, 2])
    expect(sharesIn(world)).toEqual([])
    world.run(at + 41_000)
    expect(sharesIn(world).at(-1)).toEqual([{ deployment: 'ecs-svc/2', percent: 100 }])
    world.run(at + 41_000 + 600_000 - 1)
    expect(described(world).deployments.map((one) => one.runningCount)).toEqual([2, 2])
    world.run()
    expect(described(world).deployments.map((one) => [one.id, one.runningCount])).toEqual([
      ['ecs-svc/2', 2],
    ])
    expect(described(world).deployments[0]!.rolloutState).toBe('COMPLETED')
  })
  it('waits for its hooks, and goes on when they succeed', () => {
    const configuration = { ...blueGreen, lifecycleHooks: [lambda, pause] }
    const world = settled(configuration)
    world.tell([version(2), wish(2, configuration)], world.now() + 1).run(world.now() + 100_000)
    const [hook] = hooksIn(world)
    expect(hook).toMatchObject({ stage: 'POST_SCALE_UP', status: 'IN_PROGRESS' })
    world.tell([reported(`hook ${hook!.hookId}`, { hookStatus: 'SUCCEEDED' })]).run(world.now())
    const [, held] = hooksIn(world)
    expect(held).toMatchObject({ stage: 'PRE_PRODUCTION_TRAFFIC_SHIFT', status: 'AWAITING_ACTION' })
    expect(sharesIn(world)).toEqual([])
    const again = reported(`hook ${hook!.hookId}`, { hookStatus: 'FAILED' })
    world.tell([again], world.now() + 1).run(world.now() + 1)
    expect(messages(world).at(-1)).toBe(
      `was answered by lifecycle hook ${hook!.hookId}, for which no deployment waits.`,
    )
    world.tell([reported(`hook ${held!.hookId}`, { action: 'CONTINUE' })], world.now() + 1).run()
    expect(described(world).taskDefinition).toBe('web:2')
  })
  it('goes back when nobody answers within a day', () => {
    const configuration = { ...blueGreen, lifecycleHooks: [pause] }
    const world = settled(configuration)
    const at = world.now() + 1
    world.tell([version(2), wish(2, configuration)], at).run()
    const [hook] = hooksIn(world)
    expect(messages(world)).toContain(
      `(deployment ecs-svc/2) deployment failed: the lifecycle hook ${hook!.hookId} was not answered in time.`,
    )
    expect(described(world).deployments.map((one) => [one.id, one.rolloutState])).toEqual([
      ['ecs-svc/1', 'COMPLETED'],
    ])
    expect(world.now()).toBeGreaterThan(at + 86_400_000)
  })
  it('refuses a second deployment while one waits for a hook', () => {
    const configuration = { ...blueGreen, lifecycleHooks: [pause] }
    const world = settled(configuration)
    world.tell([version(2), wish(2, configuration)], world.now() + 1).run(world.now() + 100_000)
    world.tell([version(3), wish(3, configuration)], world.now() + 1)
    expect(() => world.run(world.now() + 1)).toThrow(/until lifecycle hook .* is answered/)
  })
  it('goes back at once on an alarm while it bakes', () => {
    const alarms = { alarmNames: ['errors'], enable: true, rollback: true }
    const configuration = { ...blueGreen, alarms }
    const world = settled(configuration)
    const at = world.now() + 1
    world.tell([version(2), wish(2, configuration)], at)
    world.tell([reported('alarm errors', { stateValue: 'ALARM' })], at + 100_000)
    world.run(at + 100_000)
    expect(sharesIn(world).at(-1)).toEqual([{ deployment: 'ecs-svc/1', percent: 100 }])
    expect(world.active().map(({ owner }) => owner)).toEqual(['web/ecs-svc/1', 'web/ecs-svc/1'])
    world.run()
    expect(described(world).taskDefinition).toBe('web:1')
  })
  it('waits in vain for tasks that never run, and goes back after a day', () => {
    const world = openWorld(ecsController(), {
      ...{ start: [1000], stop: 500, fails: (_, owner) => owner === 'web/ecs-svc/2' },
    })
      .tell([version(1), joined('i-1', instance('i-1'))])
      .tell([wish(1, blueGreen)], 1)
      .run()
    world.tell([version(2), wish(2, blueGreen)], world.now() + 1).run()
    expect(described(world).taskDefinition).toBe('web:1')
    expect(sharesIn(world)).toEqual([])
  })
})

describe('a canary deployment', () => {
  it('shifts 5 percent, and the rest after ten minutes', () => {
    const world = settled({ strategy: 'CANARY' })
    const at = world.now() + 1
    world.tell([version(2), wish(2, { strategy: 'CANARY' })], at).run()
    expect(sharesIn(world)).toEqual([
      [
        { deployment: 'ecs-svc/1', percent: 95 },
        { deployment: 'ecs-svc/2', percent: 5 },
      ],
      [{ deployment: 'ecs-svc/2', percent: 100 }],
    ])
    const done = described(world).events.find(({ message }) => message.includes('completed'))
    expect(Date.parse(done!.createdAt!)).toBe(at + 41_000 + 600_000 + 500)
  })
})

/** An update by stages, in which hooks are answered and instances drain. */
interface StagedUpdate {
  readonly desired: number
  readonly configuration: DeploymentConfiguration
  readonly answers: readonly ('good' | 'bad' | 'none')[]
  readonly alarmAt: number | undefined
}
const anyHooks = fc.array(
  fc.record({
    targetType: fc.constantFrom('AWS_LAMBDA' as const, 'PAUSE' as const),
    hookTargetArn: fc.constant(lambda.hookTargetArn),
    lifecycleStages: fc.subarray(
      [
        'PRE_SCALE_UP',
        'POST_SCALE_UP',
        'PRE_PRODUCTION_TRAFFIC_SHIFT',
        'POST_PRODUCTION_TRAFFIC_SHIFT',
      ],
      { minLength: 1 },
    ),
    timeoutConfiguration: fc.record({
      timeoutInMinutes: fc.integer({ min: 1, max: 60 }),
      action: fc.constantFrom('CONTINUE' as const, 'ROLLBACK' as const),
    }),
  }),
  { maxLength: 2 },
)
const tenth = (min: number) => fc.integer({ min, max: 1000 }).map((tenths) => tenths / 10)
const anyShift: fc.Arbitrary<DeploymentConfiguration> = fc.oneof(
  fc.constant({ strategy: 'BLUE_GREEN' as const }),
  tenth(30).map((stepPercent) => ({
    strategy: 'LINEAR' as const,
    linearConfiguration: { stepPercent, stepBakeTimeInMinutes: 1 },
  })),
  tenth(1).map((canaryPercent) => ({
    strategy: 'CANARY' as const,
    canaryConfiguration: { canaryPercent },
  })),
)
const anyStaged: fc.Arbitrary<StagedUpdate> = fc.record({
  desired: fc.nat(4),
  configuration: fc
    .tuple(anyShift, anyHooks, fc.nat(9))
    .map(([shift, lifecycleHooks, bakeTimeInMinutes]) => ({
      ...{ ...shift, lifecycleHooks, bakeTimeInMinutes },
      alarms: { alarmNames: ['errors'], enable: true, rollback: true },
    })),
  answers: fc.array(fc.constantFrom('good', 'good', 'good', 'bad', 'none'), {
    minLength: 1,
    maxLength: 5,
  }),
  alarmAt: fc.option(fc.integer({ min: 1, max: 3_600_000 }), { nil: undefined }),
})

/** What was wrong at some moment. */
const faultsOf = (controller: AnyController, update: StagedUpdate): readonly string[] => {
  const { desired, configuration, answers, alarmAt } = update
  const faults: string[] = []
  let [seen, answered, isUpdated, last] = [0, 0, false, 0]
  const world = openWorld(controller, { start: [3000, 20_000], stop: 700 }, (now) => {
    const news = requestsIn(now.effects().slice(seen))
    seen = now.effects().length
    const primary = primaryOf(now)
    for (const { shiftTraffic, callHook } of news) {
      if (callHook !== undefined) {
        const answer = answers[answered++ % answers.length]!
        const isPause = 'targetType' in callHook && callHook.targetType === 'PAUSE'
        const words = isPause
          ? { action: answer === 'good' ? 'CONTINUE' : 'ROLLBACK' }
          : { hookStatus: answer === 'good' ? 'SUCCEEDED' : 'FAILED' }
        if (answer !== 'none')
          now.tell([reported(`hook ${callHook.hookId}`, words)], now.now() + 5000)
      }
      if (shiftTraffic === undefined) continue
      const { shares } = shiftTraffic
      const tenths = shares.reduce((sum, { percent }) => sum + Math.round(percent * 10), 0)
      if (tenths !== 1000) faults.push(`${now.now()}: ${tenths} tenths of a percent`)
      const own = shares.find(({ deployment }) => deployment === 'ecs-svc/2')?.percent ?? 0
      if (primary === 'ecs-svc/2' && own < last) faults.push(`${now.now()}: from ${last} to ${own}`)
      if (primary === 'ecs-svc/1' && own > 0) faults.push(`${now.now()}: ${own} after a rollback`)
      last = own
    }
    const serving = (id: string) =>
      now.healthy().filter(({ owner }) => owner === `web/${id}`).length
    const isOld = last < 100
    if (isUpdated && isOld && serving('ecs-svc/1') < desired)
      faults.push(`${now.now()}: ${serving('ecs-svc/1')} of the old revision serve`)
    if (last > 0 && serving('ecs-svc/2') < desired)
      faults.push(`${now.now()}: ${serving('ecs-svc/2')} of the new revision serve`)
  })
  world
    .tell([version(1), ...['i-1', 'i-2'].map((name) => joined(name, instance(name)))])
    .tell([wish(1, configuration, desired)], 1)
    .run()
  const at = world.now() + 1
  world.tell([version(2), wish(2, configuration, desired)], at)
  if (alarmAt !== undefined)
    world.tell([reported('alarm errors', { stateValue: 'ALARM' })], later(instant(at), alarmAt))
  isUpdated = true
  world.run()
  const { deployments } = described(world)
  const [primary] = deployments
  if (deployments.length !== 1 || primary!.rolloutState !== 'COMPLETED') faults.push('no end')
  if (primary!.runningCount !== desired) faults.push(`${primary!.runningCount} run in the end`)
  if ((primary!.id === 'ecs-svc/2') !== (last === 100)) faults.push(`${last} percent in the end`)
  return faults
}

describe('a deployment by stages', () => {
  const holds = (controller: AnyController) =>
    fc.property(anyStaged, (update) => {
      try {
        return faultsOf(controller, update).length === 0
      } catch {
        return false
      }
    })
  it('keeps what serves, shifts traffic forward only, and ends', () => {
    fc.assert(
      fc.property(anyStaged, (update) => {
        expect(faultsOf(ecsController(), update)).toEqual([])
      }),
      { numRuns: 200, seed: 19 },
    )
  })
  const withConfiguration = (change: (one: DeploymentConfiguration) => DeploymentConfiguration) => {
    const controller = ecsController()
    const changed: AnyController = {
      ...controller,
      learn: (draft, memory: never, { report, ...fact }) => {
        const given = report as {
          readonly deploymentConfiguration?: DeploymentConfiguration
        } | null
        const { deploymentConfiguration: own } = given ?? {}
        const next = own === undefined ? given : { ...given, deploymentConfiguration: change(own) }
        return controller.learn!(draft, memory, { ...fact, report: next })
      },
    }
    return changed
  }
  it('is refuted by a rolling update, and by one stop too many', () => {
    const rolling = withConfiguration(({ alarms }) => ({ alarms, minimumHealthyPercent: 0 }))
    expect(isRefuted(holds(rolling), { runsMax: 50 })).toBe(true)
    const controller = ecsController()
    const hasty: AnyController = {
      ...controller,
      decide: (view, memory: never) => {
        const decision = controller.decide(view, memory)
        return { ...decision, intents: decision.intents.filter(({ _tag }) => _tag !== 'Start') }
      },
    }
    expect(isRefuted(holds(hasty), { runsMax: 50 })).toBe(true)
  })
})

describe('shares of traffic', () => {
  const anyShares = fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 3 })
    .map((weights): readonly TrafficShare[] => {
      const sum = weights.reduce((a, b) => a + b, 0)
      const tenths = weights.map((weight) => Math.floor((weight * 1000) / sum))
      const left = 1000 - tenths.reduce((a, b) => a + b, 0)
      return tenths.map((one, i) => ({
        deployment: `d${i}`,
        percent: (one + (i === 0 ? left : 0)) / 10,
      }))
    })
  const sums = (shift: typeof shiftedTraffic) =>
    fc.property(anyShares, fc.nat(1000), (shares, tenths) => {
      const after = shift(shares, 'new', tenths / 10)
      const own = after.find(({ deployment }) => deployment === 'new')?.percent ?? 0
      const sum = after.reduce((total, { percent }) => total + Math.round(percent * 10), 0)
      return sum === 1000 && Math.round(own * 10) === tenths
    })
  it('sum to 100', () => fc.assert(sums(shiftedTraffic), { numRuns: 1000 }))
  it('are refuted when the remainder is dropped', () => {
    const dropping: typeof shiftedTraffic = (before, deployment, percent) => [
      ...before.map((one) => ({
        ...one,
        percent: Math.floor((one.percent * (100 - percent)) / 100),
      })),
      { deployment, percent },
    ]
    expect(isRefuted(sums(dropping))).toBe(true)
  })
})
