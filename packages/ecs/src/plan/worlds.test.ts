/** Tests the three plans of a comparison: all on instances, all on Fargate, and mixed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import {
  container,
  forFargate,
  held,
  input,
  inSubnets,
  instance,
  service,
  task,
} from './plan.fixture.js'
import { planTasksOnFargate, planOnInstances } from './plan.js'
import { worldsOf } from './worlds.js'

const options = { instances: [], seed: 0 }
const worlds = (...values: readonly object[]) => worldsOf(input(...values), options)

describe('three worlds', () => {
  it('have the same services, on instances, on Fargate and where they ask to be', () => {
    const { ec2, fargate, mixed } = worlds(
      task('web', forFargate),
      task('api'),
      service('web', { launchType: 'FARGATE', ...inSubnets('a') }),
      service('api', { desiredCount: 2 }),
      instance('i-1'),
    )
    expect([held(ec2), held(fargate), held(mixed)]).toEqual([
      ['i-1: api api web'],
      [],
      ['i-1: api api'],
    ])
    const vended = [ec2, fargate, mixed].map((one) => one.vended.map(({ name }) => name))
    expect(vended).toEqual([[], ['api', 'web'], ['web']])
  })
  it('have machines outside AWS in none but the mixed one', () => {
    const { ec2, fargate, mixed } = worlds(
      task('web'),
      service('web', { launchType: 'EXTERNAL' }),
      instance('i-1'),
    )
    expect(held(ec2)).toEqual(['i-1: web'])
    expect(fargate.vended).toHaveLength(1)
    expect(mixed.refused).toMatchObject([{ name: 'web', count: 1 }])
  })
  it('name the fields that Fargate would have otherwise', () => {
    const { changes } = worlds(
      task('web', { networkMode: 'bridge', cpu: '256' }),
      task('ready', forFargate),
      task('pinned', { ...forFargate, requiresCompatibilities: ['EC2'] }),
      task('packed', forFargate),
      service('packed', {
        placementStrategy: [{ type: 'binpack', field: 'cpu' }],
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      }),
      task('never', {
        containerDefinitions: [
          container({ privileged: true, links: ['db'] }),
          container({ name: 'db' }),
        ],
      }),
    )
    expect(Object.fromEntries(changes)).toEqual({
      never: ['cpu', 'memory', 'networkMode', 'privileged', 'links'],
      packed: ['placementStrategy'],
      pinned: ['requiresCompatibilities'],
      ready: [],
      web: ['memory', 'networkMode'],
    })
  })
  it('know the types of instances, of those that say', () => {
    const attributes = [{ name: 'ecs.instance-type', value: 'm5.large' }]
    const { types } = worlds(task('web'), instance('i-1', 'a', { attributes }), instance('i-2'))
    expect([...types]).toEqual([['i-1', 'm5.large']])
  })
  it('know what a task is billed by on Fargate', () => {
    const runtimePlatform = { cpuArchitecture: 'ARM64' }
    const { terms } = worlds(
      task('web', { runtimePlatform, ephemeralStorage: { sizeInGiB: 50 } }),
      task('batch', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }),
    )
    expect(terms.get('web')).toMatchObject({ platform: 'linux/arm64', storage: 30 })
    expect(terms.get('batch')).toMatchObject({ platform: 'windows/x86_64', storage: 0 })
  })
})

const launchTypes = [undefined, 'EC2', 'FARGATE'] as const
const anyServices = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    desiredCount: fc.nat(4),
    launchType: fc.constantFrom(...launchTypes),
    memory: fc.constantFrom(512, 1024, 2048),
  }),
  { selector: ({ name }) => name },
)

/**
 * The mixed world and that of Fargate are the plans there are, and a launch type is nothing to the
 * first world.
 */
const agrees = (without: (launchType: (typeof launchTypes)[number]) => string | undefined) =>
  fc.property(anyServices, (services) => {
    const documents = (launchTypeOf: typeof without) => [
      instance('i-1'),
      instance('i-2'),
      ...services.flatMap(({ name, memory, desiredCount, launchType }) => [
        task(name, { ...forFargate, memory, containerDefinitions: [container({ memory })] }),
        service(name, {
          ...{ desiredCount, launchType: launchTypeOf(launchType) },
          ...inSubnets('a'),
        }),
      ]),
    ]
    const read = input(...documents((launchType) => launchType))
    const { ec2, fargate, mixed } = worldsOf(read, options)
    expect(mixed).toEqual(planOnInstances(read, options))
    expect(fargate).toEqual(planTasksOnFargate(read))
    expect(ec2.plan).toEqual(planOnInstances(input(...documents(without)), options).plan)
  })

describe('worlds and plans', () => {
  it('agree', () => fc.assert(agrees(() => undefined)))
  it('are refuted when a launch type is heeded', () => {
    expect(isRefuted(agrees((launchType) => launchType))).toBe(true)
  })
})
