/**
 * Tests the reasons why a service waits: against answers worked out by hand from AWS's documents,
 * and by a property. In random updates, each update either ends by itself, or the service names
 * what it waits for, and the update ends once that has happened.
 */
import { readFileSync } from 'node:fs'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { describeServices, recordsIn, serviceHealth } from './describe-services.js'
import { joined, openWorld, reported, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import { isAwaited } from './lifecycle.js'
import { waitsOf, type ServiceWait } from './service-wait.js'

/** An update of the service `web` from one revision to the next. */
interface Update {
  readonly desired: number
  readonly instances: number
  readonly configuration: object
  readonly hostPort?: number
  /** Of the new revision, in MiB. */
  readonly memory?: number
  /** How many tasks of the old revision are protected. */
  readonly protected?: number
  /** Whether tasks of the new revision stop before they run. */
  readonly isBroken?: boolean
}

const hour = 3_600_000

/** A world with such a service, which is updated; and what would bring what it waits for. */
const openUpdate = (update: Update) => {
  const { desired, instances, hostPort, protected: guarded = 0 } = update
  let { isBroken = false } = update
  let [revision, nodeCount] = [1, 0]
  const fails = (_: number, owner: string) => isBroken && owner === 'web/ecs-svc/2'
  const world = openWorld(ecsController(), { start: [1000], stop: 500, fails })
  const join = (count: number) =>
    world.tell(
      Array.from({ length: count }, () => {
        const name = `i-${++nodeCount}`
        return joined(name, instance(name, 'a'))
      }),
    )
  const define = (memory: number) => {
    const portMappings = hostPort === undefined ? [] : [{ containerPort: 80, hostPort }]
    const containerDefinitions = [container({ cpu: 64, memory, portMappings })]
    world.tell([reported(`definition web:${revision}`, task('web', { containerDefinitions }))])
  }
  const want = (deploymentConfiguration: object) => {
    const taskDefinition = `web:${revision}`
    const wish = { desiredCount: desired, taskDefinition, deploymentConfiguration }
    world.tell([reported('service web', service('web', wish))])
  }
  const wait = (milliseconds = hour) => world.run(world.now() + milliseconds)
  const redefine = (memory: number) => {
    revision++
    define(memory)
  }
  join(instances)
  define(64)
  world.run(1)
  want({})
  wait()
  for (const { replica } of world.active().slice(0, guarded))
    world.tell([reported(`task ${replica}`, { protectionEnabled: true })])
  wait(1)
  redefine(update.memory ?? 65)
  want(update.configuration)
  wait()
  const remedies: Readonly<Record<ServiceWait['kind'], () => void>> = {
    answer: () => {
      for (const { hookId } of hooksIn(world).filter(isAwaited))
        world.tell([reported(`hook ${hookId}`, { action: 'CONTINUE' })])
    },
    bounds: () => want({ minimumHealthyPercent: 0, maximumPercent: 200 }),
    deployment: () => {
      isBroken = false
      redefine(66)
      want({})
    },
    instances: () => {
      join(2 * desired)
      if (update.memory === undefined) return
      redefine(66)
      want({})
    },
    ports: () => join(2 * desired),
    protection: () =>
      world.tell(
        world
          .active()
          .map(({ replica }) => reported(`task ${replica}`, { protectionEnabled: false })),
      ),
    start: () => {
      isBroken = false
    },
  }
  const isDone = () => {
    const [{ deployments, desiredCount, runningCount } = missing] = describeServices(world.state())
    const { healthy = 0, isFailed = true } = serviceHealth(world.state()).get('web') ?? {}
    const isNewest = deployments[0]?.taskDefinition === `web:${revision}`
    const isCompleted = deployments[0]?.rolloutState === 'COMPLETED' && deployments.length === 1
    return isNewest && !isFailed && isCompleted && runningCount + healthy === 2 * desiredCount
  }
  return { world, wait, remedies, isDone }
}
const missing = { deployments: [], desiredCount: 0, runningCount: -1 }

const recordIn = (world: World) => recordsIn(world.state())[0]!
const hooksIn = (world: World) => recordIn(world).deployments[0].lifecycle?.hooks ?? []

const rows = JSON.parse(
  readFileSync(new URL('../../../../test/golden/ecs-services/waits.json', import.meta.url), 'utf8'),
) as readonly (Update & { readonly name: string; readonly waits: readonly string[] })[]

describe('an update waits for', () => {
  it.each(rows)('$name', ({ waits, ...update }) => {
    const { world, isDone } = openUpdate(update)
    const { waitsFor } = serviceHealth(world.state()).get('web')!
    expect(waitsFor.map(({ kind }) => kind)).toEqual(waits)
    expect(isDone()).toBe(waits.length === 0)
  })
})

const anyUpdate: fc.Arbitrary<Update> = fc
  .record({
    desired: fc.integer({ min: 1, max: 3 }),
    instances: fc.integer({ min: 1, max: 4 }),
    minimumHealthyPercent: fc.constantFrom(0, 50, 100),
    maximumPercent: fc.constantFrom(100, 150, 200),
    breaker: fc.constantFrom(undefined, false, true),
    isStaged: fc.boolean(),
    hostPort: fc.constantFrom(undefined, undefined, 80),
    memory: fc.constantFrom(undefined, undefined, 4097),
    protected: fc.nat(2),
    isBroken: fc.boolean(),
  })
  .map(({ hostPort, memory, isStaged, breaker, ...update }) => {
    const { minimumHealthyPercent, maximumPercent, ...others } = update
    const enabled = { deploymentCircuitBreaker: { enable: true, rollback: breaker === true } }
    const hook = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }
    const configuration = isStaged
      ? { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1, lifecycleHooks: [hook] }
      : { minimumHealthyPercent, maximumPercent, ...(breaker === undefined ? {} : enabled) }
    return {
      ...{ ...others, configuration },
      ...(hostPort === undefined ? {} : { hostPort }),
      ...(memory === undefined ? {} : { memory }),
    }
  })

/** No update waits for more things one after the other. */
const remediesMax = 8

/** Whether the update ends by itself, or once all has come that it says it waits for. */
const endsOnceThatCame = (waits: typeof waitsOf, update: Update): boolean => {
  const { world, wait, remedies, isDone } = openUpdate(update)
  for (let i = 0; i < remediesMax; i++) {
    if (isDone()) return true
    // A protection may have ended just now: what goes on by itself is done an hour later.
    if (waits(recordIn(world)).length === 0) wait()
    const all = waits(recordIn(world))
    if (all.length === 0) return isDone()
    for (const { kind } of all) remedies[kind]()
    wait()
  }
  return false
}
const allEnd = (waits: typeof waitsOf) =>
  fc.property(anyUpdate, (update) => endsOnceThatCame(waits, update))

describe('an update', () => {
  it('ends, or names what it waits for, and ends once that has come', () => {
    fc.assert(allEnd(waitsOf), { numRuns: 300, seed: 20 })
  })
  it.each(['answer', 'bounds', 'deployment', 'protection', 'start'])(
    'is refuted when it does not name %s',
    (omitted) => {
      const silent: typeof waitsOf = (record) =>
        waitsOf(record).filter(({ kind }) => kind !== omitted)
      expect(isRefuted(allEnd(silent), { runsMax: 300 })).toBe(true)
    },
  )
  it('is refuted when it names neither instances nor ports', () => {
    const silent: typeof waitsOf = (record) =>
      waitsOf(record).filter(({ kind }) => kind !== 'instances' && kind !== 'ports')
    expect(isRefuted(allEnd(silent), { runsMax: 300 })).toBe(true)
  })
})
