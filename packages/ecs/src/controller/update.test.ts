/**
 * Tests that updates and drains of a service end, and that at every moment the tasks are within
 * `minimumHealthyPercent` and `maximumPercent`. The test counts the tasks independently of the
 * controller.
 */
import type { AnyController } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { container, instance, service, task } from '../plan/plan.fixture.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'
import { withIntents } from './planted.fixture.js'
import type { EcsMemory } from '../memory/memory.js'

/** How a service is changed: by a new definition, by draining, by another count. */
interface Change {
  readonly desired: number
  readonly minimum: number
  readonly maximum: number
  readonly starts: readonly number[]
  readonly stop: number
  readonly kind: 'update' | 'drain' | 'both'
}
const anyChange: fc.Arbitrary<Change> = fc.record({
  desired: fc.integer({ min: 0, max: 7 }),
  minimum: fc.integer({ min: 0, max: 100 }),
  maximum: fc.integer({ min: 100, max: 250 }),
  starts: fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 5 }),
  stop: fc.integer({ min: 0, max: 60_000 }),
  kind: fc.constantFrom('update', 'drain', 'both'),
})

const web = (more: object) => service('web', { taskDefinition: 'web', ...more })
const version = (revision: number) =>
  reported(
    `definition web:${revision}`,
    task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 + revision })] }),
  )
const names = ['i-1', 'i-2', 'i-3']
const draining = (name: string) =>
  ({ _tag: 'NodeChanged', name, node: instance(name, 'a', { status: 'DRAINING' }) }) as const

/** What was wrong at some moment; empty when the change kept to the bounds and ended. */
const faultsOf = (controller: AnyController, change: Change): readonly string[] => {
  const { desired, minimum, maximum } = change
  const tasksMin = Math.ceil((desired * minimum) / 100)
  const tasksMax = Math.floor((desired * maximum) / 100)
  const faults: string[] = []
  let isSettled = false
  const world = openWorld(controller, { start: change.starts, stop: change.stop }, (now) => {
    if (now.active().length > tasksMax) faults.push(`${now.now()}: ${now.active().length} active`)
    if (isSettled && now.healthy().length < tasksMin)
      faults.push(`${now.now()}: ${now.healthy().length} healthy`)
  })
  const deploymentConfiguration = { minimumHealthyPercent: minimum, maximumPercent: maximum }
  const wanted = { desiredCount: desired, deploymentConfiguration }
  world
    .tell([version(1), ...names.map((name) => joined(name, instance(name)))])
    .tell([reported('service web', web({ ...wanted, taskDefinition: 'web:1' }))], 1)
    .run()
  if (world.healthy().length !== desired) return [`${world.healthy().length} at first`]
  isSettled = true
  const isUpdate = change.kind !== 'drain'
  if (change.kind !== 'update') world.tell([draining('i-1'), draining('i-2')], world.now() + 10)
  if (isUpdate)
    world.tell(
      [version(2), reported('service web', web({ ...wanted, taskDefinition: 'web:2' }))],
      world.now() + 10,
    )
  world.run()
  const [described] = describeServices(world.state())
  const isMoved = world.active().every(({ node }) => change.kind === 'update' || node === 'i-3')
  const isNew = !isUpdate || described!.deployments.every((one) => one.taskDefinition === 'web:2')
  const isDone = world.healthy().length === desired && isMoved && isNew
  const isStuck = described!.events[0]!.message.includes('was unable to stop or start tasks')
  if (tasksMax > tasksMin || desired === 0) {
    if (!isDone || described!.deployments[0]!.rolloutState !== 'COMPLETED') faults.push('no end')
  } else if (!isDone && !isStuck) faults.push('stuck, and it does not say so')
  return faults
}

const staysWithin = (controller: AnyController) =>
  fc.property(anyChange, (change) => {
    try {
      return faultsOf(controller, change).length === 0
    } catch {
      return false
    }
  })

describe('an update', () => {
  it('never leaves the two bounds of the service, and ends or says that it cannot', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        expect(faultsOf(ecsController(), change)).toEqual([])
      }),
      { numRuns: 400, seed: 18 },
    )
  })
  it('is refuted when one task more is started', () => {
    const hasty = withIntents((intents) =>
      intents.map((intent) =>
        intent._tag === 'Start' ? { ...intent, count: intent.count + 1 } : intent,
      ),
    )
    expect(isRefuted(staysWithin(hasty), { runsMax: 100 })).toBe(true)
  })
  it('is refuted when stops are forgotten', () => {
    const keeping = withIntents((intents) => intents.filter(({ _tag }) => _tag !== 'Stop'))
    expect(isRefuted(staysWithin(keeping), { runsMax: 100 })).toBe(true)
  })
  it('is refuted when nobody waits for tasks to settle', () => {
    const controller = ecsController()
    const sleepless: AnyController = {
      ...controller,
      decide: (view, memory: EcsMemory) => {
        const { wakeAt: _, ...decision } = controller.decide(view, memory)
        return decision
      },
    }
    expect(isRefuted(staysWithin(sleepless), { runsMax: 100 })).toBe(true)
  })
  it.each([
    ['the minimum is forgotten', { minimumHealthyPercent: 0 }],
    ['the maximum is forgotten', { maximumPercent: 300 }],
  ])('is refuted when %s', (_, deploymentConfiguration) => {
    const controller = ecsController()
    const bold: AnyController = {
      ...controller,
      learn: (draft, memory: EcsMemory, { report, ...fact }) => {
        const known = (report as { deploymentConfiguration?: object }).deploymentConfiguration
        const changed =
          known === undefined
            ? report
            : {
                ...(report as object),
                deploymentConfiguration: { ...known, ...deploymentConfiguration },
              }
        return controller.learn!(draft, memory, { ...fact, report: changed })
      },
    }
    expect(isRefuted(staysWithin(bold), { runsMax: 100 })).toBe(true)
  })
})

describe('protected tasks', () => {
  const protect = (replica: number, more: object) =>
    reported(`task ${replica}`, { protectionEnabled: true, ...more })
  const settled = () =>
    openWorld(ecsController())
      .tell([version(1), ...names.map((name) => joined(name, instance(name)))])
      .tell([reported('service web', web({ desiredCount: 3, taskDefinition: 'web:1' }))], 1)
      .run()
  const stops = (world: ReturnType<typeof settled>) =>
    world.effects().flatMap((effect) => (effect._tag === 'Stop' ? [effect.replica as number] : []))
  it('are not stopped when fewer are wanted, until their time is over', () => {
    const world = settled()
    const at = world.now() + 1
    world.tell([protect(1, { expiresInMinutes: 10 }), protect(2, {})], at).run(at)
    world.tell([reported('service web', web({ desiredCount: 1, taskDefinition: 'web:1' }))], at + 1)
    world.run(at + 1000)
    expect(stops(world)).toEqual([0])
    expect(describeServices(world.state())[0]!.events[0]!.message).toBe(
      '(service web) was unable to stop tasks, as 2 of its tasks are protected from scale-in.',
    )
    world.run(at + 600_000)
    expect(stops(world)).toEqual([0, 1])
  })
  it('hold a deployment up, until they are not protected any more', () => {
    const world = settled()
    world.tell([protect(1, {})], world.now() + 1).run(world.now() + 1)
    world.tell([
      version(2),
      reported('service web', web({ desiredCount: 3, taskDefinition: 'web:2' })),
    ])
    world.run(world.now() + 60_000)
    expect(stops(world).sort()).toEqual([0, 2])
    expect(describeServices(world.state())[0]!.deployments[0]!.rolloutState).toBe('IN_PROGRESS')
    world.tell([reported('task 1', { protectionEnabled: false })], world.now() + 1).run()
    expect(stops(world).sort()).toEqual([0, 1, 2])
    expect(describeServices(world.state())[0]!.deployments[0]!.rolloutState).toBe('COMPLETED')
  })
})
