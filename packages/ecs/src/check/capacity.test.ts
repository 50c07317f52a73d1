/**
 * Tests the checks of launch type and network configuration. With equal fields, a RunTask call and
 * a service are refused for the same reasons, whether they are sent to the API or read from a file.
 */
import * as fc from 'fast-check'
import { instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { cluster } from '../api/call.fixture.js'
import { runTask } from '../api/run-task.js'
import {
  complaints,
  container,
  forFargate,
  inSubnets,
  instance,
  task,
} from '../plan/plan.fixture.js'
import { startServiceTasks } from '../service/start.js'

const anyDefinition = fc.record({
  networkMode: fc.constantFrom('bridge', 'awsvpc', 'host'),
  compatibilities: fc.constantFrom(['EC2'], ['FARGATE'], ['EC2', 'FARGATE'], ['EXTERNAL']),
  volumes: fc.constantFrom([], [{ host: { sourcePath: '/srv' } }]),
  memory: fc.constantFrom('512', '700'),
})
const publicNetwork = {
  awsvpcConfiguration: { subnets: ['a'], assignPublicIp: 'ENABLED' },
}
const anyStarter = fc.record({
  launchType: fc.constantFrom('EC2', 'FARGATE'),
  networkConfiguration: fc.constantFrom(
    ...[undefined, inSubnets('a').networkConfiguration, publicNetwork],
    inSubnets(...Array<string>(17).fill('a')).networkConfiguration,
  ),
  platformVersion: fc.constantFrom(undefined, 'LATEST'),
  placementConstraints: fc.constantFrom([], [{ type: 'distinctInstance' }]),
})

/** The reasons of all answers about one definition and one way to start its tasks. */
const agree = (ofService: (starter: object) => object) =>
  fc.property(anyDefinition, anyStarter, (more, starter) => {
    const definition = task('web', { ...forFargate, requiresCompatibilities: [], ...more })
    const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
    const call = { taskDefinition: 'web', count: 1, ...starter }
    const texts = (lines: readonly string[]) =>
      lines.map((line) => line.replace(/^(file 2, |service\.)/, '')).sort()
    const state = cluster([definition, instance('i-1')])
    const thrown = (called: ReturnType<typeof runTask>) =>
      E.isRight(called) ? [] : texts(called.left.message.split('; '))
    const at = instantOfSeconds(0)
    const started = { ...service, ...ofService(starter) }
    expect(thrown(startServiceTasks(state, { service: started, deployment: 'd' }, at))).toEqual(
      thrown(runTask(state, call, at)),
    )
    expect(texts(complaints(definition, started))).toEqual(texts(complaints(definition, call)))
  })

describe('what starts tasks', () => {
  it('is checked alike as a call and as a service', () => fc.assert(agree((starter) => starter)))
  it('is refuted for a service whose network is not looked at', () => {
    const { networkConfiguration } = inSubnets('a')
    expect(isRefuted(agree((starter) => ({ ...starter, networkConfiguration })))).toBe(true)
  })
  it('is refuted for a service whose public address is not looked at', () => {
    const { networkConfiguration } = inSubnets('a')
    const hidden = (starter: object) =>
      'networkConfiguration' in starter && starter.networkConfiguration === publicNetwork
        ? { ...starter, networkConfiguration }
        : starter
    expect(isRefuted(agree(hidden))).toBe(true)
  })
  it('is refuted for a service whose launch type is not looked at', () => {
    expect(isRefuted(agree((starter) => ({ ...starter, launchType: 'EC2' })))).toBe(true)
  })

  const web = (more: object = {}) => ({
    ...{ serviceName: 'web', taskDefinition: 'web', desiredCount: 1 },
    ...more,
  })
  it('has a network where the mode is awsvpc, and nowhere else', () => {
    expect(complaints(task('web', { networkMode: 'awsvpc' }), web())).toEqual([
      'file 2, networkConfiguration: found nothing, expected subnets, as the networkMode of the task definition is awsvpc',
    ])
    expect(complaints(task('web'), web(inSubnets('a')))).toEqual([
      'file 2, networkConfiguration: found an object, expected nothing, as the networkMode of the task definition is bridge',
    ])
  })
  it('leaves its network to its task sets', () => {
    const definition = task('web', { networkMode: 'awsvpc' })
    const external = { deploymentController: { type: 'EXTERNAL' } }
    expect(complaints(definition, web(external))).toEqual([])
    const set = { taskDefinition: 'web' }
    const ofSet = { ...set, ...inSubnets('a') }
    expect(complaints(definition, web({ ...external, taskSets: [ofSet] }))).toEqual([])
    expect(complaints(definition, web({ ...external, taskSets: [set] }))).toEqual([
      'file 2, taskSets[0].networkConfiguration: found nothing, expected subnets, as the networkMode of the task definition is awsvpc',
    ])
  })
  it('says what Fargate would not take', () => {
    const main = { name: 'main', image: 'x', memory: 64, links: ['db'] }
    const containerDefinitions = [main, { name: 'db', image: 'x', memory: 64 }]
    const service = web({ launchType: 'FARGATE' })
    expect(complaints(task('web', { containerDefinitions }), service)).toEqual([
      'file 2, taskDefinition: found "web", expected a task definition for Fargate: container main has links, which Fargate does not take; a task-level cpu and memory; networkMode awsvpc',
    ])
  })
})

describe('a public address', () => {
  const definition = task('web', { ...forFargate, requiresCompatibilities: ['EC2', 'FARGATE'] })
  const starter = (assignPublicIp: string, more: object) => ({
    taskDefinition: 'web',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['a'], assignPublicIp } },
    ...more,
  })
  const asService = { serviceName: 'web', desiredCount: 1 }
  const onFargate = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] }
  it.each([
    ['ENABLED', { launchType: 'FARGATE' }],
    ['ENABLED', onFargate],
    ['DISABLED', { launchType: 'EC2' }],
    ['ENABLED', {}],
  ])('may be %s for %j', (assigned, more) => {
    expect(complaints(definition, starter(assigned, more))).toEqual([])
    expect(complaints(definition, starter(assigned, { ...more, ...asService }))).toEqual([])
  })

  const at = 'file 2, networkConfiguration.awsvpcConfiguration.assignPublicIp'
  it.each([
    ['ENABLED', { launchType: 'EC2' }, 'DISABLED, as the launch type is EC2'],
    ['ENABLED', { containerInstances: ['i-1'] }, 'DISABLED, as the launch type is EC2'],
    ['yes', { launchType: 'FARGATE' }, 'one of ENABLED, DISABLED'],
  ])('is wrong as %s for %j', (assigned, more, expected) => {
    const lines = [`${at}: found "${assigned}", expected ${expected}`]
    expect(complaints(definition, starter(assigned, more))).toEqual(lines)
    if ('launchType' in more)
      expect(complaints(definition, starter(assigned, { ...more, ...asService }))).toEqual(lines)
  })

  it('is refused of a call on the instances of a capacity provider', () => {
    const call = starter('ENABLED', {
      capacityProviderStrategy: [{ capacityProvider: 'fleet', weight: 1 }],
    })
    const options = { capacityProviders: { fleet: 'EC2_AUTOSCALING' } } as const
    const state = cluster(
      [definition, instance('i-1', 'a', { capacityProviderName: 'fleet' })],
      options,
    )
    const result = runTask(state, call as never, instantOfSeconds(0))
    expect(E.isLeft(result) && result.left.message).toContain('DISABLED, as the launch type is EC2')
  })
})

describe('what a service serves', () => {
  const definition = task('web', {
    containerDefinitions: [
      container({ portMappings: [{ containerPort: 80 }, { containerPortRange: '90-92' }] }),
      container({ name: 'side' }),
    ],
  })
  const ofService = (more: object) =>
    complaints(definition, {
      ...{ serviceName: 'web', taskDefinition: 'web', desiredCount: 1 },
      ...more,
    })
  it.each([
    { containerName: 'main', containerPort: 80 },
    { containerName: 'main', containerPort: 92, targetGroupArn: 'arn' },
    { containerName: 'side' },
    { registryArn: 'arn', port: 8080 },
    { containerName: null, containerPort: 8080 },
  ])('is there: %j', (served) => {
    expect(ofService({ loadBalancers: [served], serviceRegistries: [served] })).toEqual([])
  })

  it.each([
    [
      { containerName: 'x', containerPort: 80 },
      'containerName: found "x", expected a container of the task definition: main, side',
    ],
    [
      { containerName: 'main', containerPort: 93 },
      'containerPort: found 93, expected a container port that main maps: 80, 90-92',
    ],
    [
      { containerName: 'side', containerPort: 80 },
      'containerPort: found 80, expected a container port that side maps: it maps none',
    ],
  ])('is missing: %j', (served, line) => {
    for (const field of ['loadBalancers', 'serviceRegistries'])
      expect(ofService({ [field]: [served] })).toEqual([`file 2, ${field}[0].${line}`])
  })

  it('is that of its task sets, where it has any', () => {
    const loadBalancers = [{ containerName: 'main', containerPort: 93 }]
    const set = { taskDefinition: 'web', loadBalancers }
    const external = { deploymentController: { type: 'EXTERNAL' } }
    expect(ofService({ ...external, taskSets: [set] })).toEqual([
      'file 2, taskSets[0].loadBalancers[0].containerPort: found 93, expected a container port that main maps: 80, 90-92',
    ])
  })
})
