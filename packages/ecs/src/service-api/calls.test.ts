/**
 * Tests the calls about services: what they refuse, which events they report, and what they answer
 * from the state.
 */
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { instance } from '../plan/plan.fixture.js'
import { joined, openWorld, type World } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { callService } from './call-service.js'
import { callIn, refusalIn, webDefinition } from './call-world.fixture.js'

const open = (): World =>
  openWorld(ecsController())
    .tell([webDefinition(1), webDefinition(2), joined('i-1', instance('i-1'))])
    .run()

const web = { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2 }
const arn = 'arn:aws:ecs:us-east-1:000000000000:service/default/web'
const deploymentArn = 'arn:aws:ecs:us-east-1:000000000000:service-deployment/default/web/2'

describe('CreateService', () => {
  it('answers with the defaults of the API, and starts tasks', () => {
    const world = open()
    expect(callIn(world, 'CreateService', web).service).toMatchObject({
      ...{ serviceArn: arn, serviceName: 'web', status: 'ACTIVE', desiredCount: 2 },
      ...{ pendingCount: 2, runningCount: 0, schedulingStrategy: 'REPLICA', launchType: 'EC2' },
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        ...{ minimumHealthyPercent: 100, maximumPercent: 200, strategy: 'ROLLING' },
      },
      ...{ placementConstraints: [], placementStrategy: [], loadBalancers: [] },
      deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
    })
    const again = callService(world.state(), 'CreateService', web, instant(world.now() + 1))
    expect(again).toMatchObject({ right: { events: [] } })
  })
  it.each([
    ['nothing', {}, 'InvalidParameterException', 'serviceName'],
    ['a name that is none', { ...web, serviceName: 7 }, 'InvalidParameterException', 'serviceName'],
    ['no count', { ...web, desiredCount: undefined }, 'InvalidParameterException', 'desiredCount'],
    ['another cluster', { ...web, cluster: 'blue' }, 'ClusterNotFoundException', 'cluster'],
    ['no such definition', { ...web, taskDefinition: 'api' }, 'ClientException', 'taskDefinition'],
    [
      'bounds that cannot be',
      { ...web, deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 90 } },
      'InvalidParameterException',
      'deploymentConfiguration.maximumPercent',
    ],
    [
      'bounds that let nothing go',
      { ...web, deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } },
      'InvalidParameterException',
      'deploymentConfiguration',
    ],
    [
      'a canary of 0 percent',
      {
        ...web,
        deploymentConfiguration: {
          ...{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 0 } },
        },
      },
      'InvalidParameterException',
      'deploymentConfiguration.canaryConfiguration.canaryPercent',
    ],
    [
      'a DAEMON of CODE_DEPLOY',
      {
        ...{ serviceName: 'web', taskDefinition: 'web:1', schedulingStrategy: 'DAEMON' },
        deploymentController: { type: 'CODE_DEPLOY' },
      },
      'InvalidParameterException',
      'schedulingStrategy',
    ],
    [
      'weights that are all zero',
      { ...web, capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 0 }] },
      'InvalidParameterException',
      'capacityProviderStrategy',
    ],
  ])('refuses %s', (_, request, exception, at) => {
    const [found, path] = refusalIn(open(), 'CreateService', request) as [string, string]
    expect(found).toBe(exception)
    expect(path.startsWith(at)).toBe(true)
  })
  it('refuses a name that is taken', () => {
    const world = open()
    callIn(world, 'CreateService', web)
    expect(refusalIn(world, 'CreateService', { ...web, desiredCount: 3 })).toEqual([
      ...['InvalidParameterException', 'serviceName'],
    ])
  })
})

describe('UpdateService', () => {
  it('changes what it names, and makes a deployment of what the API says', () => {
    const world = open()
    callIn(world, 'CreateService', web)
    world.run()
    expect(
      callIn(world, 'UpdateService', { service: arn, desiredCount: 3 }).service.deployments,
    ).toMatchObject([{ id: 'ecs-svc/1', desiredCount: 3, taskDefinition: 'web:1' }])
    world.run()
    const { service } = callIn(world, 'UpdateService', { service: 'web', taskDefinition: 'web:2' })
    expect(service.deployments.map(({ id }) => id)).toEqual(['ecs-svc/2', 'ecs-svc/1'])
    world.run()
    callIn(world, 'UpdateService', { service: 'web', forceNewDeployment: true })
    world.run()
    const { services } = callIn(world, 'DescribeServices', { services: ['web', 'api'] })
    expect(services[0]!.deployments).toMatchObject([{ id: 'ecs-svc/3', runningCount: 3 }])
    callIn(world, 'UpdateService', { service: 'web', desiredCount: 1 })
    expect(
      callIn(world, 'DescribeServices', { services: ['web'] }).services[0]!.deployments,
    ).toMatchObject([{ id: 'ecs-svc/3' }])
  })
  it('refuses what is not there, what is not ACTIVE, and what cannot change', () => {
    const world = open()
    expect(refusalIn(world, 'UpdateService', { service: 'web' })).toEqual([
      ...['ServiceNotFoundException', 'service'],
    ])
    callIn(world, 'CreateService', web)
    expect(refusalIn(world, 'UpdateService', { service: 'web', launchType: 'FARGATE' })).toEqual([
      'InvalidParameterException',
      'launchType',
    ])
    callIn(world, 'DeleteService', { service: 'web', force: true })
    expect(refusalIn(world, 'UpdateService', { service: 'web' })).toEqual([
      ...['ServiceNotActiveException', 'service'],
    ])
    expect(refusalIn(world, 'CreateService', web)).toEqual([
      ...['InvalidParameterException', 'serviceName'],
    ])
  })
})

describe('DeleteService', () => {
  it('wants force while tasks are wanted, drains, and ends', () => {
    const world = open()
    callIn(world, 'CreateService', web)
    world.run()
    expect(refusalIn(world, 'DeleteService', { service: 'web' })).toEqual([
      ...['InvalidParameterException', 'force'],
    ])
    const { service } = callIn(world, 'DeleteService', { service: 'web', force: true })
    expect([service.status, service.desiredCount]).toEqual(['DRAINING', 0])
    world.run()
    expect(callIn(world, 'DescribeServices', { services: ['web'] })).toMatchObject({
      services: [{ serviceArn: arn, status: 'INACTIVE', desiredCount: 0, deployments: [] }],
      failures: [],
    })
    expect(callIn(world, 'ListServices', {}).serviceArns).toEqual([])
    expect(refusalIn(world, 'UpdateService', { service: 'web' })).toEqual([
      ...['ServiceNotActiveException', 'service'],
    ])
    callIn(world, 'CreateService', { ...web, desiredCount: 0 })
    world.run()
    expect(callIn(world, 'DeleteService', { service: 'web' }).service.status).toBe('INACTIVE')
  })
})

describe('ListServices', () => {
  it('pages through the names in their order', () => {
    const world = open()
    for (const serviceName of ['c', 'a', 'b'])
      callIn(world, 'CreateService', { ...web, serviceName, desiredCount: 0 })
    const first = callIn(world, 'ListServices', { maxResults: 2 })
    const names = (arns: readonly string[]) =>
      arns.map((one) => one.slice(one.lastIndexOf('/') + 1))
    expect(names(first.serviceArns)).toEqual(['a', 'b'])
    const next = callIn(world, 'ListServices', { maxResults: 2, nextToken: first.nextToken })
    expect([names(next.serviceArns), next.nextToken]).toEqual([['c'], undefined])
    expect(callIn(world, 'ListServices', { launchType: 'FARGATE' }).serviceArns).toEqual([])
  })
})

describe('a deployment', () => {
  const staged = {
    strategy: 'BLUE_GREEN',
    bakeTimeInMinutes: 1,
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
  }
  const updated = (deploymentConfiguration: object = {}) => {
    const world = open()
    callIn(world, 'CreateService', { ...web, deploymentConfiguration })
    world.run()
    callIn(world, 'UpdateService', { service: 'web', taskDefinition: 'web:2' })
    return world
  }
  const describeIt = (world: World) =>
    callIn(world, 'DescribeServiceDeployments', { serviceDeploymentArns: [deploymentArn] })
      .serviceDeployments[0]
  it('is stopped, and goes back', () => {
    const world = updated()
    expect(describeIt(world)).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
    })
    callIn(world, 'StopServiceDeployment', { serviceDeploymentArn: deploymentArn })
    expect(describeIt(world)!.status).toBe('ROLLBACK_IN_PROGRESS')
    world.run()
    const { services } = callIn(world, 'DescribeServices', { services: ['web'] })
    expect(services[0]!.taskDefinition).toBe('web:1')
    expect(
      refusalIn(world, 'StopServiceDeployment', {
        serviceDeploymentArn: deploymentArn.replace('/2', '/1'),
      }),
    ).toEqual(['ConflictException', 'serviceDeploymentArn'])
    expect(refusalIn(world, 'StopServiceDeployment', { serviceDeploymentArn: 'x/web/9' })).toEqual([
      'ServiceDeploymentNotFoundException',
      'serviceDeploymentArn',
    ])
  })
  it('waits in a pause, and is continued once', () => {
    const world = updated(staged)
    world.run(world.now() + 60_000)
    const [hook] = describeIt(world)!.lifecycleHookDetails
    expect([describeIt(world)!.lifecycleStage, hook!.status]).toEqual([
      ...['POST_SCALE_UP', 'AWAITING_ACTION'],
    ])
    expect(refusalIn(world, 'UpdateService', { service: 'web', taskDefinition: 'web:1' })).toEqual([
      'InvalidParameterException',
      'taskDefinition',
    ])
    const request = { serviceDeploymentArn: deploymentArn, hookId: hook!.hookId }
    callIn(world, 'ContinueServiceDeployment', request)
    expect(refusalIn(world, 'ContinueServiceDeployment', request)).toEqual([
      ...['InvalidParameterException', 'hookId'],
    ])
    expect(describeIt(world)!.targetServiceRevision).toEqual({
      requestedProductionTrafficWeight: 100,
    })
    world.run()
    expect(describeIt(world)!.status).toBe('SUCCESSFUL')
  })
})

describe('task protection', () => {
  it('is set, is read, and ends', () => {
    const world = open()
    callIn(world, 'CreateService', web)
    world.run()
    const tasks = ['0', '7']
    const request = { cluster: 'default', tasks, protectionEnabled: true, expiresInMinutes: 5 }
    expect(callIn(world, 'UpdateTaskProtection', request)).toMatchObject({
      protectedTasks: [{ taskArn: '0', protectionEnabled: true }],
      failures: [{ arn: '7', reason: 'TASK_NOT_VALID' }],
    })
    world.run()
    expect(callIn(world, 'GetTaskProtection', { cluster: 'default', tasks: ['0'] })).toEqual({
      ...{ protectedTasks: [{ taskArn: '0', protectionEnabled: false }], failures: [] },
    })
    expect(refusalIn(world, 'UpdateTaskProtection', { ...request, expiresInMinutes: 0 })).toEqual([
      'InvalidParameterException',
      'expiresInMinutes',
    ])
  })
})
