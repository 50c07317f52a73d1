/** Tests the tasks that EventBridge rules and schedules start. */
import { describe, expect, it } from 'vitest'
import { complaints, input, taskDefinition } from './template.fixture.js'

const rule = (EcsParameters: object, more: object = {}, ofTarget: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { Targets: [{ Id: 'a', EcsParameters, ...ofTarget }], ...more },
})
const template = (resources: object) => ({ Resources: { Task: taskDefinition(), ...resources } })
const ofTask = { TaskDefinitionArn: { Ref: 'Task' } }

describe('a rule of EventBridge', () => {
  it('starts its tasks as a call does', () => {
    const far = taskDefinition({
      ...{ Family: 'far', Cpu: 256, Memory: 512, NetworkMode: 'awsvpc' },
      RequiresCompatibilities: ['FARGATE'],
    })
    const parameters = {
      ...{ TaskDefinitionArn: { Ref: 'Far' }, TaskCount: '3', LaunchType: 'FARGATE' },
      NetworkConfiguration: { AwsVpcConfiguration: { Subnets: ['subnet-a'] } },
      TagList: [{ Key: 'a', Value: 'b' }],
    }
    expect(input(template({ Far: far, Nightly: rule(parameters) })).workloads).toMatchObject([
      {
        ...{ name: 'family:far', subject: 'call of RunTask for far' },
        request: { count: 3, launchType: 'FARGATE', subnets: ['subnet-a'] },
      },
      { name: 'web' },
    ])
  })
  it('starts one task where it says no number, with the overrides of its input', () => {
    const Input = JSON.stringify({ containerOverrides: [{ name: 'main', memory: 1024 }] })
    expect(input(template({ Nightly: rule(ofTask, {}, { Input }) })).workloads).toMatchObject([
      { request: { count: 1 }, definition: { containerDefinitions: [{ memory: 1024 }] } },
    ])
  })
  it('starts none while it is disabled, or without tasks among its targets', () => {
    const resources = { Off: rule(ofTask, { State: 'DISABLED' }), Queue: rule({}) }
    const { workloads, ignored } = input(
      template({ ...resources, Queue: { Type: 'AWS::Events::Rule' } }),
    )
    expect(workloads.map(({ name }) => name)).toEqual(['web'])
    expect(ignored).toHaveLength(2)
  })
  it('starts its tasks in the cluster of its target', () => {
    const cluster = { Type: 'AWS::ECS::Cluster' }
    const target = (id: string) => rule(ofTask, {}, { Arn: { 'Fn::GetAtt': [id, 'Arn'] } })
    const resources = { Blue: cluster, Green: cluster, One: target('Blue'), Two: target('Green') }
    const { workloads, warnings } = input(template(resources))
    expect(workloads.map((each) => [each.name, each.cluster])).toEqual([
      ['web-Blue/family:web', 'web-Blue'],
      ['web-Green/family:web', 'web-Green'],
    ])
    expect(warnings).toEqual([])
  })
  it.each([
    [10, [10]],
    [11, [10, 1]],
    ['25', [10, 10, 5]],
    [1_000, Array.from({ length: 100 }, () => 10)],
  ])('starts %s tasks in calls of ten at most', (TaskCount, counts) => {
    const { workloads } = input(template({ Nightly: rule({ ...ofTask, TaskCount }) }))
    const calls = workloads.map(({ request }) => request?.count ?? 0)
    expect(calls.sort((a, b) => b - a)).toEqual(counts)
  })
  it('is checked as a call is, with its faults where they stand', () => {
    expect(complaints(template({ Nightly: rule({ ...ofTask, TaskCount: 0 }) }))).toEqual([
      'a/web.yaml, Resources.Nightly.Properties.Targets[0].EcsParameters.TaskCount: found 0 tasks, expected from 1 to 10',
    ])
    const network = { NetworkConfiguration: { AwsVpcConfiguration: { Subnets: ['a'] } } }
    expect(complaints(template({ Nightly: rule({ ...ofTask, ...network }) }))).toEqual([
      'a/web.yaml, Resources.Nightly.Properties.Targets[0].EcsParameters.NetworkConfiguration: found an object, expected nothing, as the networkMode of the task definition is bridge',
    ])
  })
})

describe('a schedule of EventBridge Scheduler', () => {
  it('starts its tasks as a call does', () => {
    const schedule = {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { Target: { EcsParameters: { ...ofTask, TaskCount: 2, Group: 'night' } } },
    }
    expect(input(template({ Nightly: schedule })).workloads).toMatchObject([
      { name: 'night', request: { count: 2 } },
    ])
  })
})
