/**
 * Tests the headroom of a workload, which is how many more of its tasks fit, against plans with one
 * task more each time until a task finds no place.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headroomOnInstances } from './headroom.js'
import { container, input, instance, resources, service, task } from './plan.fixture.js'
import { planOnInstances } from './plan.js'

interface AnyCluster {
  readonly cpus: readonly number[]
  readonly first: number
  readonly last: number
  readonly cpu: number
  readonly isDistinct: boolean
}
const anyCluster: fc.Arbitrary<AnyCluster> = fc.record({
  cpus: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
  first: fc.nat(2),
  last: fc.integer({ min: 1, max: 2 }),
  cpu: fc.integer({ min: 1, max: 3 }),
  isDistinct: fc.boolean(),
})
const inputOf = ({ cpus, first, last, cpu, isDistinct }: AnyCluster, more = 0) =>
  input(
    task('a'),
    task('z', { containerDefinitions: [container({ cpu: cpu * 256 })] }),
    service('a', { desiredCount: first }),
    service('z', {
      desiredCount: last + more,
      ...(isDistinct ? { placementConstraints: [{ type: 'distinctInstance' }] } : {}),
    }),
    ...cpus.map((each, i) =>
      instance(`i-${i}`, 'a', { registeredResources: resources(each * 256, 3000) }),
    ),
  )
const options = { instances: [], seed: 1 }

/** One task more each time, until one finds no place; `z` is planned after `a`. */
const oneByOne = (cluster: AnyCluster): number => {
  const placedWith = (more: number): number =>
    planOnInstances(inputOf(cluster, more), options)
      .plan.nodes.flatMap(({ holds }) => holds)
      .reduce((sum, { name, count }) => (name === 'z' ? sum + count : sum), 0)
  const before = placedWith(0)
  for (let more = 1; ; more++) if (placedWith(more) < before + more) return more - 1
}
const headroomIn = (cluster: AnyCluster): number => {
  const found = headroomOnInstances(inputOf(cluster), options, 'z', 1000)
  return found?._tag === 'Headroom' ? found.count : -1
}
const isOneByOne = (count: typeof headroomIn) =>
  fc.property(anyCluster, (cluster) => {
    expect(count(cluster)).toBe(oneByOne(cluster))
  })

describe('headroom', () => {
  it('is what plans with one task more each time give', () => fc.assert(isOneByOne(headroomIn)))
  it.each<[string, typeof headroomIn]>([
    ['what waits is not planned first', (cluster) => headroomIn({ ...cluster, first: 0 })],
    ['constraints are forgotten', (cluster) => headroomIn({ ...cluster, isDistinct: false })],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(isOneByOne(broken))).toBe(true)
  })
  it('is of the instances of any capacity provider of the service', () => {
    const provided = (id: string, capacityProviderName: string) =>
      instance(id, 'a', { capacityProviderName })
    const strategy = ['one', 'two'].map((capacityProvider) => ({ capacityProvider, weight: 1 }))
    const found = headroomOnInstances(
      input(
        task('z'),
        service('z', { capacityProviderStrategy: strategy }),
        ...[provided('i-1', 'one'), provided('i-2', 'two'), provided('i-3', 'three')],
      ),
      ...([options, 'z', 1000] as const),
    )
    expect(found).toMatchObject({ _tag: 'Headroom', count: 15 })
    expect(found?._tag === 'Headroom' && new Set(found.placed)).toEqual(new Set(['i-1', 'i-2']))
  })
  it.each([
    [{ schedulingStrategy: 'DAEMON', desiredCount: undefined }, 'a DAEMON has one task'],
    [{ launchType: 'EXTERNAL' }, 'it does not run on these instances'],
  ])('is not known of some: %j', (more, why) => {
    const found = headroomOnInstances(
      input(task('z'), service('z', more), instance('i-1')),
      ...([options, 'z', 1000] as const),
    )
    expect(found).toMatchObject({ _tag: 'Unknown', why: expect.stringContaining(why) as string })
  })
  it('is none of an unknown name', () => {
    expect(headroomOnInstances(input(task('z')), options, 'y', 1)).toBeUndefined()
  })
})
