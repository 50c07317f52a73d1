/** Tests plans on instances. */
import type { SourceDocument } from '@stowage/documents'
import { isRight } from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import {
  container,
  documents,
  forFargate,
  held,
  input,
  instance,
  inSubnets,
  service,
  task,
  unplaced,
} from './plan.fixture.js'
import { readEcs } from '../read/input.js'
import { planTasksOnFargate, planOnInstances } from './plan.js'

const options = { instances: [], seed: 0 }
const plan = (...values: readonly object[]) => planOnInstances(input(...values), options)
const of = (memory: number, more: object = {}) => ({
  containerDefinitions: [container({ cpu: 128, memory, ...more })],
})

describe('a plan on instances', () => {
  it('takes requests by name, and says why what is left has no place', () => {
    const made = plan(
      task('b', of(3000)),
      task('a', of(2000)),
      service('b', { desiredCount: 2 }),
      service('a'),
      instance('i-1'),
      instance('i-2'),
      instance('i-3', 'a', { status: 'DRAINING' }),
    )
    expect(held(made)).toEqual(['i-1: a', 'i-2: b', 'i-3: '])
    expect(made.plan.unplaced).toEqual([
      {
        name: 'b',
        count: 1,
        nodes: 3,
        reasons: [
          { plugin: 'status', reason: 'NOT ACTIVE', nodes: 1 },
          { plugin: 'resources', reason: 'RESOURCE:MEMORY', nodes: 2 },
        ],
      },
    ])
  })

  it('stands on the instances of the input and those besides', () => {
    const { instances } = input(instance('i-2'))
    const made = planOnInstances(input(task('web'), instance('i-1')), { instances, seed: 0 })
    expect(made.plan.nodes.map(({ name }) => name)).toEqual(['i-1', 'i-2'])
    const twice = { instances, seed: 0 }
    expect(() => planOnInstances(input(instance('i-2')), twice)).toThrow(
      'two instances are called i-2',
    )
  })

  it('has no place where there is no instance', () => {
    expect(plan(task('web')).plan.unplaced).toEqual([
      { name: 'web', count: 1, nodes: 0, reasons: [] },
    ])
  })

  it('wants nothing for a service of no tasks', () => {
    const made = plan(
      task('web', { networkMode: 'awsvpc' }),
      service('web', { desiredCount: 0, ...inSubnets('a') }),
    )
    expect([made.plan.unplaced, made.warnings]).toEqual([[], []])
  })

  it('says what AWS would refuse, and what is not counted', () => {
    const definition = { networkMode: 'awsvpc', requiresCompatibilities: ['EXTERNAL'] }
    const web = service('web', inSubnets('a'))
    const { warnings } = plan(task('web', definition), web, instance('i-1'))
    expect(warnings.map(({ subject, text }) => `${subject}: ${text}`)).toEqual([
      'service web: AWS would refuse it on instances as written: requiresCompatibilities must list EC2',
      'container instance i-1: how many tasks in awsvpc mode it can hold is not known for its type, so that none is refused for want of a network interface',
      'service web: networkMode awsvpc: in which zones its subnets are is not known, so that any will do; what describe-subnets prints tells',
    ])
  })
})

describe('a Windows task on instances', () => {
  const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }

  it('is counted by its containers, and that is said', () => {
    const attributes = [{ name: 'ecs.os-type', value: 'windows' }]
    const sized = { runtimePlatform, cpu: 1024, memory: 2048 }
    const made = plan(task('web', sized), instance('i-1', 'a', { attributes }))
    expect(made.plan.nodes[0]?.gauges.map(({ used }) => used)).toEqual([256, 512])
    expect(made.warnings.map(({ text }) => text)).toEqual([
      'task-level cpu and memory are ignored on Windows instances: its containers are counted',
    ])
  })
})

describe('an agent that reports its family as its system', () => {
  it('takes tasks of that family, and no others', () => {
    const attributes = [{ name: 'ecs.os-type', value: 'WINDOWS_SERVER_2019_CORE' }]
    const on = (operatingSystemFamily: string) =>
      held(
        plan(
          task('web', { runtimePlatform: { operatingSystemFamily } }),
          instance('i-1', 'a', { attributes }),
        ),
      )
    expect(on('WINDOWS_SERVER_2019_CORE')).toEqual(['i-1: web'])
    expect(on('WINDOWS_SERVER_2022_CORE')).toEqual(['i-1: '])
    expect(on('LINUX')).toEqual(['i-1: '])
  })
})

describe('a DAEMON service', () => {
  const daemon = { schedulingStrategy: 'DAEMON', desiredCount: undefined }
  const fleet = [
    instance('i-1'),
    instance('i-2', 'b', { agentConnected: false }),
    instance('i-3', 'b', { status: 'DRAINING' }),
    instance('i-4', 'b'),
  ]

  it('has a task on each ACTIVE instance, ahead of all others', () => {
    const made = plan(task('log', of(600)), task('app', of(3600)), service('log', daemon), ...fleet)
    expect(held(made)).toEqual(['i-1: log', 'i-2: ', 'i-3: ', 'i-4: log'])
    expect(unplaced(made)).toEqual([
      '1 app: 1 NOT ACTIVE, 1 AGENT, 2 RESOURCE:MEMORY',
      '1 log: 1 AGENT',
    ])
  })

  it('is not wanted where its task can not run', () => {
    const arm = { runtimePlatform: { cpuArchitecture: 'ARM64' } }
    const made = plan(task('log', arm), service('log', daemon), ...fleet)
    expect(unplaced(made)).toEqual([])
    expect(made.warnings).toEqual([
      {
        code: 'DaemonWithoutInstance',
        from: 'file 2',
        subject: 'service log',
        text: 'no ACTIVE instance suits it, so this DAEMON service has no task',
      },
    ])
  })
})

describe('tasks that are there already', () => {
  const there = (group: string, more: object = {}) => ({
    taskArn: `arn:aws:ecs:r:1:task/c/${group}`,
    taskDefinitionArn: 'arn:aws:ecs:r:1:task-definition/web:1',
    containerInstanceArn: 'arn:aws:ecs:r:1:container-instance/c/i-1',
    ...{ group, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
    ...more,
  })
  const placementConstraints = [{ type: 'memberOf', expression: "task:group =~ 'family:.*'" }]
  const beside = (...tasks: readonly object[]) =>
    unplaced(
      plan({ tasks }, task('web'), service('web', { placementConstraints }), instance('i-1')),
    )
  it('are seen by constraints, and take what they take', () => {
    expect(beside()).toEqual(['1 web: 1 MemberOf placement constraint unsatisfied.'])
    expect(beside(there('family:web'))).toEqual([])
    expect(beside(there('family:web', { desiredStatus: 'STOPPED' }))).toHaveLength(1)
    const made = plan(there('x'), task('web'), service('web'), instance('i-1'))
    expect(made.plan.nodes[0]?.gauges.map(({ used }) => used)).toEqual([512, 1024])
  })
})

describe('the supply', () => {
  const sized = { cpu: 256, memory: 512, networkMode: 'awsvpc' }
  const definition = { ...sized, requiresCompatibilities: ['EC2', 'FARGATE', 'EXTERNAL'] }
  const where = (...values: readonly object[]) => {
    const made = plan(...values, instance('i-1'))
    return [
      ...made.vended.map(({ name }) => `${name} is vended`),
      ...made.refused.map(({ name }) => `${name} is refused`),
      ...made.plan.nodes.flatMap(({ holds }) => holds.map(({ name }) => `${name} is placed`)),
    ]
  }

  it.each([
    [{}, 'placed'],
    [{ launchType: 'EC2' }, 'placed'],
    [{ launchType: 'FARGATE' }, 'vended'],
    [{ launchType: 'EXTERNAL' }, 'refused'],
    [{ capacityProviderStrategy: [{ capacityProvider: 'fleet', weight: 1 }] }, 'placed'],
    [
      {
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', weight: 1 },
          { capacityProvider: 'FARGATE_SPOT', weight: 3 },
        ],
      },
      'vended',
    ],
  ])('of a service that says %j', (more, outcome) => {
    const web = service('web', { ...more, ...inSubnets('a') })
    expect(where(task('web', definition), web)).toEqual([`web is ${outcome}`])
  })

  it.each([
    [undefined, 'placed'],
    [['EC2'], 'placed'],
    [['EC2', 'FARGATE'], 'placed'],
    [['FARGATE'], 'vended'],
    [['EXTERNAL'], 'refused'],
  ])('of a task by itself that requires %j', (requiresCompatibilities, outcome) => {
    expect(where(task('web', { ...sized, requiresCompatibilities }))).toEqual([`web is ${outcome}`])
  })

  it('is Fargate for everything when that is asked', () => {
    const launchTypes = ['EC2', 'EXTERNAL', 'FARGATE']
    const services = launchTypes.map((launchType) =>
      service(launchType, { launchType, taskDefinition: 'web', ...inSubnets('a') }),
    )
    const { vended, refused } = planTasksOnFargate(input(task('web', definition), ...services))
    expect([vended.map(({ name }) => name), refused]).toEqual([launchTypes, []])
  })
})

describe('the order of the documents', () => {
  const values = [
    task('a', { ...of(700), revision: 2 }),
    task('a', { ...of(600), revision: 1 }),
    task('b', of(500)),
    task('b', of(400)),
    task('c', of(300, { portMappings: [{ containerPort: 80, hostPort: 80 }] })),
    service('web', { taskDefinition: 'a', desiredCount: 3 }),
    service('log', { taskDefinition: 'c', schedulingStrategy: 'DAEMON' }),
    task('d', forFargate),
    service('far', { taskDefinition: 'd', launchType: 'FARGATE', ...inSubnets('a') }),
    instance('i-1', 'a'),
    instance('i-2', 'b'),
    instance('i-3', 'b'),
  ]
  const planned = (given: readonly SourceDocument[]) => {
    const read = readEcs(given)
    return isRight(read) ? planOnInstances(read.right, { instances: [], seed: 7 }) : read.left
  }
  const doesNotMatter = (planning: typeof planned) => {
    const given = documents(values)
    const orders = fc.shuffledSubarray([...given], { minLength: given.length })
    return fc.property(orders, (order) => {
      expect(planning(order)).toEqual(planning(given))
    })
  }

  it('does not matter', () => fc.assert(doesNotMatter(planned)))

  it('is refuted when task definitions are numbered as they come', () => {
    const numbering = (given: readonly SourceDocument[]) =>
      planned(
        given.map(({ from, value }, i) => ({
          from,
          value: { ...(value as object), revision: i + 1 },
        })),
      )
    expect(isRefuted(doesNotMatter(numbering))).toBe(true)
  })
})
