/** Tests the reading of all documents into one input. */
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  complaints,
  container,
  documents,
  forFargate,
  input,
  instance,
  inSubnets,
  service,
  task,
} from '../plan/plan.fixture.js'
import { unknownKind } from '../words/part.js'
import { readEcs } from './input.js'

describe('reading', () => {
  it('finds services, tasks by themselves and instances, by name', () => {
    const read = input(
      instance('i-2'),
      { services: [service('web', { taskDefinition: 'app' }), service('app')] },
      [task('migrate'), task('app'), instance('i-1')],
    )
    expect(read.workloads.map(({ name, subject }) => [name, subject])).toEqual([
      ['app', 'service app'],
      ['migrate', 'task definition migrate'],
      ['web', 'service web'],
    ])
    expect(read.instances.map(({ ec2InstanceId }) => ec2InstanceId)).toEqual(['i-1', 'i-2'])
    expect([read.warnings, read.ignored]).toEqual([[], []])
  })

  it('calls a task by its family where a service has its name', () => {
    const read = input(task('web'), task('app'), service('web', { taskDefinition: 'app' }))
    expect(read.workloads.map(({ name }) => name)).toEqual(['family:web', 'web'])
  })

  it('ignores what it does not know, and says so', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod' }
    expect(input(pod, { services: [service('web'), {}] }, task('web')).ignored).toEqual([
      { from: 'file 1', kind: 'Pod' },
      { from: 'file 2: services[1]', kind: unknownKind },
    ])
  })

  it('says all that is wrong, in the order of the documents', () => {
    const wrong = complaints(
      service('web', { desiredCount: -1 }),
      { taskDefinitions: [task('app'), task('api', { containerDefinitions: [] })] },
      [instance('i-1', 'a', { registeredResources: 7 })],
      service('app', { taskDefinition: 'ap', launchType: 'EC3' }),
    )
    expect(wrong).toEqual([
      'file 1, desiredCount: found -1, expected a whole number of tasks, 0 or more',
      'file 2, taskDefinitions[1].containerDefinitions: found an empty list, expected a list of container definitions, at least one',
      'file 3, [0].registeredResources: found 7, expected a list of resources',
      'file 4, launchType: found "EC3", expected one of EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES',
    ])
  })

  it('keeps a path as data', () => {
    const read = readEcs(documents([{ services: [service('web', { desiredCount: 'many' })] }]))
    expect(isLeft(read) && read.left[0]).toMatchObject({
      from: 'file 1',
      at: ['services', 0, 'desiredCount'],
      found: '"many"',
    })
  })

  it.each([
    [
      [task('web'), service('web'), service('web')],
      'file 3, serviceName: found "web", expected a name of its own: web is also in file 2',
    ],
    [
      [instance('i-1'), instance('i-1')],
      'file 2, ec2InstanceId: found "i-1", expected an id of its own: i-1 is also in file 1',
    ],
    [
      [task('web', { revision: 3 }), task('web', { revision: 3, cpu: 256 })],
      'file 2, revision: found 3, expected a revision of its own: web:3 is also in file 1',
    ],
  ])('finds two of one name', (values, line) => {
    expect(complaints(...values)).toEqual([line])
  })
})

describe('what is read but not honoured yet', () => {
  const resourceRequirements = [{ type: 'InferenceAccelerator', value: 'device' }]
  const greedy = { containerDefinitions: [container({ resourceRequirements })] }

  it('is said once per task definition', () => {
    const services = [service('web'), service('api', { taskDefinition: 'web' })]
    expect(input(task('web', greedy), ...services).warnings).toEqual([
      {
        code: 'FieldNotHonoured',
        from: 'file 1',
        subject: 'task definition web',
        text: 'read but not honoured yet: resourceRequirements of type InferenceAccelerator',
      },
    ])
  })

  it('is not said of what has no say in placement, nor of what runs on Fargate', () => {
    const plain = {
      deploymentConfiguration: { maximumPercent: 200 },
      availabilityZoneRebalancing: 'ENABLED',
      loadBalancers: [{ containerName: 'main' }],
    }
    expect(input(task('web'), service('web', plain)).warnings).toEqual([])
    const onFargate = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] }
    const far = service('web', { ...onFargate, ...inSubnets('a') })
    expect(input(task('web', forFargate), far).warnings).toEqual([])
  })
})
