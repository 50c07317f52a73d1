/**
 * Tests rebalancing over availability zones in a simulated world: a zone that joins gets its share,
 * one task at a time.
 */
import * as fc from 'fast-check'
import { isRefuted } from '@stowage/testing'
import type { AnyController } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { container, instance, resources, service, task } from '../plan/plan.fixture.js'
import { describeServices } from './describe-services.js'
import { joined, openWorld, reported, type Fact, type World } from './drive.fixture.js'
import { ecsController } from './ecs-controller.js'

const version = reported(
  'definition web:1',
  task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 })] }),
)
const web = (desiredCount: number, more: object = {}): Fact =>
  reported(
    'service web',
    service('web', {
      ...{ taskDefinition: 'web:1', desiredCount, availabilityZoneRebalancing: 'ENABLED' },
      ...more,
    }),
  )
const zoneCounts = (world: World): readonly number[] => {
  const counts = new Map<string, number>()
  for (const { node } of world.active()) counts.set(node[0]!, (counts.get(node[0]!) ?? 0) + 1)
  return ['a', 'b', 'c'].map((zone) => counts.get(zone) ?? 0)
}
const node = (zone: string): Fact => joined(`${zone}-1`, instance(`${zone}-1`, zone))

/** What was wrong while a service of so many tasks got its last zones. */
const faultsOf = (controller: AnyController, desired: number, zones: number): readonly string[] => {
  const faults: string[] = []
  let isSettled = false
  const world = openWorld(controller, undefined, (now) => {
    if (isSettled && now.healthy().length < desired) faults.push(`${now.now()}: too few`)
    if (now.active().length > desired + 1) faults.push(`${now.now()}: too many`)
  })
  const names = ['a', 'b', 'c'].slice(0, zones)
  world
    .tell([version, node('a')])
    .tell([web(desired)], 1)
    .run()
  isSettled = true
  for (const zone of names.slice(1)) world.tell([node(zone)], world.now() + 1).run()
  const counts = zoneCounts(world).slice(0, zones)
  const spread = counts.reduce((a, b) => Math.max(a, b)) - counts.reduce((a, b) => Math.min(a, b))
  if (spread > 1) faults.push(`in the end ${counts.join()}`)
  if (world.healthy().length !== desired) faults.push(`${world.healthy().length} in the end`)
  return faults
}
const holds = (controller: AnyController) =>
  fc.property(fc.nat(7), fc.integer({ min: 1, max: 3 }), (desired, zones) => {
    try {
      return faultsOf(controller, desired, zones).length === 0
    } catch {
      return false
    }
  })

it('ends with no zone two tasks above another, and never fewer tasks than desired', () => {
  fc.assert(
    fc.property(fc.nat(7), fc.integer({ min: 1, max: 3 }), (desired, zones) => {
      expect(faultsOf(ecsController(), desired, zones)).toEqual([])
    }),
    { numRuns: 24, seed: 19 },
  )
})
it('is refuted by a service that is not rebalanced', () => {
  const controller = ecsController()
  const still: AnyController = {
    ...controller,
    learn: (draft, memory: never, { report, ...fact }) => {
      const { availabilityZoneRebalancing: _, ...others } = report as {
        readonly availabilityZoneRebalancing?: string
      }
      return controller.learn!(draft, memory, { ...fact, report: others })
    },
  }
  expect(isRefuted(holds(still), { runsMax: 100 })).toBe(true)
})
it('gives up where a zone has no room, and says so', () => {
  const full = instance('b-1', 'b', { registeredResources: resources(32, 32) })
  const world = openWorld(ecsController())
    .tell([version, node('a')])
    .tell([web(3)], 1)
    .run()
  world.tell([joined('b-1', full)], world.now() + 1).run()
  world.tell([web(3, { healthCheckGracePeriodSeconds: 1 })], world.now() + 1).run()
  world.tell([web(3, { healthCheckGracePeriodSeconds: 2 })], world.now() + 1).run()
  expect(zoneCounts(world)).toEqual([3, 0, 0])
  expect(describeServices(world.state())[0]!.events.map(({ message }) => message)).toContain(
    '(service web) was unable to place a task in b to rebalance its availability zones.',
  )
  expect(world.state().pending).toEqual([])
})
