/** Tests the translation of placement strategies to scores. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { container, held, input, instance, resources, service, task } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const plan = (seed: number, ...values: readonly object[]) =>
  planOnInstances(input(...values), { instances: [], seed })
const spread = (field: string) => ({ type: 'spread', field })
const binpack = (field: string) => ({ type: 'binpack', field })
const zones = spread('attribute:ecs.availability-zone')
const web = (desiredCount: number, ...placementStrategy: readonly object[]) =>
  service('web', { desiredCount, placementStrategy })
const fleet = [instance('i-1', 'a'), instance('i-2', 'a'), instance('i-3', 'b')]

describe('strategies', () => {
  it.each([
    ['none: zones, then instances', [], ['i-1: web', 'i-2: web', 'i-3: web web']],
    [
      'zones, then the fullest',
      [zones, binpack('memory')],
      ['i-1: web web', 'i-2: ', 'i-3: web web'],
    ],
    ['instances', [spread('instanceId')], ['i-1: web web', 'i-2: web', 'i-3: web']],
    ['hosts, which are instances', [spread('host')], ['i-1: web web', 'i-2: web', 'i-3: web']],
    ['the fullest', [binpack('CPU')], ['i-1: web web web web', 'i-2: ', 'i-3: ']],
  ])('%s', (_, strategies, expected) => {
    expect(held(plan(0, task('web'), web(4, ...strategies), ...fleet))).toEqual(expected)
  })

  it('count an instance without the attribute as a bucket of its own', () => {
    const bare = ['i-4', 'i-5'].map((id) => instance(id, '', { attributes: [] }))
    expect(held(plan(0, task('web'), web(4, zones), ...fleet, ...bare))).toEqual([
      'i-1: web',
      'i-2: ',
      'i-3: web',
      'i-4: web',
      'i-5: web',
    ])
  })

  it('count the tasks of the service alone', () => {
    const api = service('api', { taskDefinition: 'web', desiredCount: 2 })
    const made = plan(0, task('web'), api, web(2, zones), ...fleet)
    expect(held(made)).toEqual(['i-1: api web', 'i-2: ', 'i-3: api web'])
  })

  it('refine what goes before, and nothing behind random', () => {
    const random = { type: 'random' }
    const over = (seed: number, ...strategies: readonly object[]) =>
      held(plan(seed, task('web'), web(1, ...strategies), ...fleet)).join()
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const chosen = new Set(seeds.map((seed) => over(seed, random)))
    expect(chosen.size).toBe(3)
    expect(seeds.map((seed) => over(seed, random, binpack('cpu')))).toEqual(
      seeds.map((seed) => over(seed, random)),
    )
    expect(new Set(seeds.map((seed) => over(seed, zones)))).toHaveLength(1)
  })

  it('are random for a task by itself', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const chosen = seeds.map((seed) => held(plan(seed, task('web'), ...fleet)).join())
    expect(new Set(chosen)).toHaveLength(3)
    expect(seeds.map((seed) => held(plan(seed, task('web'), ...fleet)).join())).toEqual(chosen)
  })
})

const anyAmount = fc.integer({ min: 256, max: 8192 })
const anyFleet = fc.array(fc.tuple(anyAmount, anyAmount), { minLength: 1, maxLength: 6 })

/**
 * The instance with the least memory left, among those that fit, and of these the first by name.
 */
const packs = (strategy: object) =>
  fc.property(anyFleet, anyAmount, (sizes, memory) => {
    const instances = sizes.map(([cpu, all], i) =>
      instance(`i-${i}`, 'a', { registeredResources: resources(cpu, all) }),
    )
    const definition = task('web', { containerDefinitions: [container({ memory })] })
    const chosen = plan(0, definition, web(1, strategy), ...instances).plan.nodes.findIndex(
      ({ holds }) => holds.length > 0,
    )
    const fitting = sizes.filter(([cpu, all]) => cpu >= 256 && all >= memory)
    const least = Math.min(...fitting.map(([, all]) => all))
    expect(chosen).toBe(sizes.findIndex((size) => fitting.includes(size) && size[1] === least))
  })

describe('binpack(memory)', () => {
  it('takes the instance with the least memory left', () => fc.assert(packs(binpack('memory'))))

  it('is refuted by the least cpu left', () => {
    expect(isRefuted(packs(binpack('cpu')))).toBe(true)
  })
})

/** Zones of which each has room for all are never more than one task apart. */
const evens = (strategy: object) =>
  fc.property(
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 0, max: 8 }),
    (instancesOfZone, desiredCount) => {
      const instances = instancesOfZone.flatMap((count, zone) =>
        Array.from({ length: count }, (_, i) => instance(`i-${i}-${zone}`, `zone ${zone}`)),
      )
      const { nodes } = plan(0, task('web'), web(desiredCount, strategy), ...instances).plan
      const counts = instancesOfZone.map((_, zone) =>
        nodes
          .filter(({ name }) => name.endsWith(`-${zone}`))
          .reduce((sum, { holds }) => sum + (holds[0]?.count ?? 0), 0),
      )
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    },
  )

describe('spread over zones', () => {
  it('keeps equal zones within one task of each other', () => fc.assert(evens(zones)))

  it('is refuted by spreading over instances', () => {
    expect(isRefuted(evens(spread('instanceId')))).toBe(true)
  })
})
