/**
 * Tests which task definitions and services a CloudFormation template gives, and the errors for
 * templates that CloudFormation would refuse.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import {
  complaints,
  container,
  input,
  read,
  service,
  taskDefinition,
  template,
} from './template.fixture.js'
import { noParameters } from './parameter.js'
import { partsOfTemplates } from './part.js'
import { apiName, apiValue } from './spelling.js'

const open = { Parameters: { Env: { Type: 'String' }, Count: { Type: 'Number', Default: 2 } } }
const noValue = 'Ref Env (parameter Env has no Default, and no value was given)'

/** What Fargate needs of a task definition and of a service. */
const forFargate = {
  ...{ Cpu: 256, Memory: 512, NetworkMode: 'awsvpc', RequiresCompatibilities: ['FARGATE'] },
}
const inSubnet = { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-a'] } } }

describe('a template', () => {
  it('has the services that its resources say', () => {
    const { workloads, warnings } = input(template())
    expect(warnings).toEqual([])
    expect(workloads).toMatchObject([
      {
        name: 'web',
        definition: {
          family: 'web',
          containerDefinitions: [{ name: 'main', cpu: 256, memory: 512 }],
        },
        service: { taskDefinition: 'web', desiredCount: 2 },
      },
    ])
  })

  it('gives numbers and truth values as texts, as Ref does', () => {
    const [web] = input(
      template(
        {
          Task: taskDefinition({
            ContainerDefinitions: [
              container({
                Cpu: '128',
                Privileged: 'true',
                PortMappings: [{ ContainerPort: '8080', HostPort: '80' }],
              }),
            ],
            Cpu: '0.5 vCPU',
          }),
          Web: service({ DesiredCount: { Ref: 'Count' } }),
        },
        open,
      ),
      { Count: '7' },
    ).workloads
    expect(web).toMatchObject({
      definition: {
        cpu: 512,
        containerDefinitions: [
          { cpu: 128, privileged: true, portMappings: [{ containerPort: 8080, hostPort: 80 }] },
        ],
      },
      service: { desiredCount: 7 },
    })
  })

  it('leaves names and the number of tasks to the stack where it says nothing of them', () => {
    const unnamed = { ServiceName: { Ref: 'AWS::NoValue' }, DesiredCount: { Ref: 'AWS::NoValue' } }
    const value = template({
      Task: taskDefinition({ Family: { Ref: 'AWS::NoValue' } }),
      Web: service(unnamed),
    })
    expect(input(value).workloads).toMatchObject([
      { name: 'web-Web', service: { desiredCount: 1, taskDefinition: 'web-Task' } },
    ])
    expect(input(value, { 'AWS::StackName': 'shop' }).workloads).toMatchObject([
      { name: 'shop-Web', definition: { family: 'shop-Task' } },
    ])
  })

  it('has no number of tasks for a daemon', () => {
    const [web] = input(
      template({
        Web: service({ SchedulingStrategy: 'DAEMON', DesiredCount: { Ref: 'AWS::NoValue' } }),
      }),
    ).workloads
    expect(web?.service?.desiredCount).toBeUndefined()
  })

  it('makes what its conditions let it make', () => {
    const conditions = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } }
    const batch = { ...taskDefinition({ Family: 'batch' }), Condition: 'Never' }
    expect(input(template({ Batch: batch }, conditions)).workloads.map(({ name }) => name)).toEqual(
      ['web'],
    )
    const always = { Conditions: { Never: { 'Fn::Equals': ['a', 'a'] } } }
    expect(input(template({ Batch: batch }, always)).workloads.map(({ name }) => name)).toEqual([
      'batch',
      'web',
    ])
  })

  it.each([
    [
      'the cluster',
      {
        Cluster: {
          Type: 'AWS::ECS::Cluster',
          Properties: {
            DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: '1' }],
          },
        },
      },
      'FARGATE_SPOT',
    ],
    [
      'an association',
      {
        Cluster: { Type: 'AWS::ECS::Cluster' },
        Group: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: {} } },
        With: {
          Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
          Properties: {
            Cluster: { Ref: 'Cluster' },
            DefaultCapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Group' }, Weight: 1 }],
          },
        },
      },
      'web-Group',
    ],
  ])('takes the default strategy of %s', (_, resources, capacityProvider) => {
    const strategyOf = (more: object): unknown =>
      input(
        template({
          ...resources,
          Task: taskDefinition(forFargate),
          Web: service({ Cluster: { Ref: 'Cluster' }, ...inSubnet, ...more }),
        }),
      ).workloads[0]?.service?.capacityProviderStrategy
    expect(strategyOf({})).toMatchObject([{ capacityProvider }])
    expect(strategyOf({ LaunchType: 'EC2' })).toBeUndefined()
    const mine = [{ CapacityProvider: 'mine', Weight: 1 }]
    expect(strategyOf({ CapacityProviderStrategy: mine })).toMatchObject([
      { capacityProvider: 'mine' },
    ])
  })

  it('spells strategies in the plural', () => {
    const PlacementStrategies = [{ Type: 'binpack', Field: 'memory' }]
    expect(
      input(template({ Web: service({ PlacementStrategies }) })).workloads[0]?.service
        ?.placementStrategy,
    ).toEqual([{ type: 'binpack', field: 'memory' }])
  })

  it('is ignored where it is about something else', () => {
    const { ignored } = input(
      template({ Queue: { Type: 'AWS::SQS::Queue' }, Cluster: { Type: 'AWS::ECS::Cluster' } }),
    )
    expect(ignored).toEqual([{ from: 'a/web.yaml', kind: 'AWS::SQS::Queue' }])
  })

  it.each([
    ['AWS::EKS::Cluster'],
    ['AWS::EMR::Cluster'],
    ['AWS::ECS::PrimaryTaskSet'],
    ['AWS::AppRunner::Service'],
    ['AWS::Scheduler::ScheduleGroup'],
    ['AWS::EC2::Instance'],
    ['Custom::Service'],
  ])('may have a type that is not read: %s', (Type) => {
    const { ignored } = input(template({ Other: { Type } }))
    expect(ignored).toEqual([{ from: 'a/web.yaml', kind: Type }])
  })

  it('names what its Auto Scaling groups would start', () => {
    const group = (more: object) => ({
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: 1, ...more },
    })
    const { warnings } = input(
      template(
        {
          One: group({
            DesiredCapacity: { Ref: 'Count' },
            LaunchConfigurationName: { Ref: 'Old' },
          }),
          Old: {
            Type: 'AWS::AutoScaling::LaunchConfiguration',
            Properties: { InstanceType: 'c4.large' },
          },
          Two: group({ LaunchTemplate: { LaunchTemplateId: { Ref: 'New' }, Version: '1' } }),
          New: {
            Type: 'AWS::EC2::LaunchTemplate',
            Properties: { LaunchTemplateData: { InstanceType: { Ref: 'Env' } } },
          },
        },
        open,
      ),
    )
    expect(warnings.map(({ subject, detail }) => [subject, detail])).toEqual([
      ['a/web.yaml: One', '2 of c4.large'],
      ['a/web.yaml: Two', `1 of ${noValue}`],
    ])
  })
})

describe('the bounds of a deployment', () => {
  const bounds = (DeploymentConfiguration: unknown) =>
    input(
      template(
        { Web: service({ DeploymentConfiguration }) },
        { Parameters: { Max: { Type: 'Number' } } },
      ),
    ).workloads[0]?.service?.deploymentConfiguration
  it('are numbers, also as texts, and are not needed', () => {
    expect(bounds({ MinimumHealthyPercent: '50', MaximumPercent: 150 })).toEqual({
      ...{ minimumHealthyPercent: 50, maximumPercent: 150 },
    })
    expect(bounds({ MinimumHealthyPercent: 50, MaximumPercent: { Ref: 'Max' } })).toEqual({
      minimumHealthyPercent: 50,
    })
    expect(bounds({ Ref: 'Max' })).toBeUndefined()
  })
})

describe('a task set of a template', () => {
  it('starts its share of the tasks of its service', () => {
    const Properties = {
      ...{ ServiceName: 'web', DesiredCount: 4, DeploymentController: { Type: 'EXTERNAL' } },
    }
    const set = (Value: string) => ({
      Type: 'AWS::ECS::TaskSet',
      Properties: {
        ...{ Cluster: { Ref: 'Cluster' }, Service: { 'Fn::GetAtt': 'Web.Name' } },
        ...{ TaskDefinition: { Ref: 'Task' }, Scale: { Unit: 'PERCENT', Value } },
      },
    })
    const Web = {
      ...{ Type: 'AWS::ECS::Service' },
      Properties: { ...Properties, Cluster: { Ref: 'Cluster' } },
    }
    const Cluster = { Type: 'AWS::ECS::Cluster' }
    const { workloads, ignored, warnings } = input(template({ Cluster, Web, Blue: set('50') }))
    expect(workloads.map(({ name, service: made }) => [name, made?.desiredCount])).toEqual([
      ['web', 2],
    ])
    expect([ignored, warnings]).toEqual([[], []])
  })
  it.each([
    ['known', ['subnet-1'], ['subnet-1']],
    ['open', { Ref: 'AWS::NotificationARNs' }, []],
  ])('has a network in its own spelling, whose subnets are %s', (_, Subnets, subnets) => {
    const Set = {
      Type: 'AWS::ECS::TaskSet',
      Properties: {
        ...{ Service: { Ref: 'Web' }, TaskDefinition: { Ref: 'Task' } },
        NetworkConfiguration: { AwsVpcConfiguration: { Subnets } },
      },
    }
    const Task = taskDefinition({ NetworkMode: 'awsvpc' })
    const Web = {
      Type: 'AWS::ECS::Service',
      Properties: { ServiceName: 'web', DeploymentController: { Type: 'EXTERNAL' } },
    }
    const { workloads } = input(template({ Task, Web, Set }))
    expect(workloads.map(({ request }) => request?.subnets)).toEqual([subnets])
  })
  it('is told when its service is not known', () => {
    const Set = {
      Type: 'AWS::ECS::TaskSet',
      Properties: { Service: { Ref: 'Other' }, TaskDefinition: { Ref: 'Task' } },
    }
    const { workloads, warnings } = input(
      template({ Set }, { Parameters: { Other: { Type: 'String' } } }),
    )
    expect(workloads.map(({ name }) => name)).toEqual(['web'])
    expect(warnings.map(({ code, subject }) => [code, subject])).toContainEqual([
      'ServiceWithoutTasks',
      'task set web-Set',
    ])
  })
})

describe('what is open', () => {
  it('is named where nobody needs it', () => {
    const { warnings } = input(
      template(
        {
          Web: service({
            Role: { Ref: 'Env' },
            LoadBalancers: [{ TargetGroupArn: { Ref: 'Env' } }],
          }),
        },
        open,
      ),
    )
    const text = 'not resolved, and of no account for where tasks go'
    const all = { code: 'ValueNotResolved', from: 'a/web.yaml', subject: 'a/web.yaml: Web', text }
    expect(warnings).toEqual([
      { ...all, detail: `LoadBalancers[0].TargetGroupArn is ${noValue}` },
      { ...all, detail: `Role is ${noValue}` },
    ])
  })
  it.each<readonly [string, object, string]>([
    [
      'a number of tasks',
      { Web: service({ DesiredCount: { Ref: 'Env' } }) },
      `Resources.Web.Properties.DesiredCount: found ${noValue}, expected a whole number of tasks, 0 or more`,
    ],
    [
      'a size',
      { Task: taskDefinition({ ContainerDefinitions: [container({ Cpu: { Ref: 'Env' } })] }) },
      `Resources.Task.Properties.ContainerDefinitions[0].Cpu: found ${noValue}, expected a whole number of CPU units, 0 or more`,
    ],
    [
      'a family, which is said once',
      { Task: taskDefinition({ Family: { Ref: 'Env' } }) },
      `Resources.Task.Properties.Family: found ${noValue}, expected the name of a family`,
    ],
  ])('is refused where it is needed: %s', (_, resources, line) => {
    expect(complaints(template(resources, open))).toEqual([`a/web.yaml, ${line}`])
  })
  it('is left out of a network configuration, which nobody needs to place a task', () => {
    const written = (subnet: unknown): unknown => {
      const NetworkConfiguration = { AwsvpcConfiguration: { Subnets: [subnet] } }
      const value = template({ Web: service({ NetworkConfiguration }) }, open)
      const found = partsOfTemplates([{ from: 'a', value }], noParameters)
      const parts = isRight(found) ? found.right.flatMap((each) => each.parts) : []
      return parts.find(({ kind }) => kind === 'service')?.value
    }
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['s-1'] } }
    expect(written('s-1')).toMatchObject({ networkConfiguration })
    expect(written({ Ref: 'Env' })).not.toHaveProperty('networkConfiguration')
  })
  it('is refused where it is all that there is', () => {
    const Task = {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { 'Fn::Transform': { Name: 'M' } },
    }
    expect(complaints(template({ Task }))).toEqual([
      'a/web.yaml, Resources.Task.Properties: found Fn::Transform (this function is not evaluated), expected an object',
    ])
  })
  it('is named where a macro stands beside what is written', () => {
    const web = service({ 'Fn::Transform': { Name: 'M' } })
    const { warnings } = input(template({ Web: web }, { Transform: 'N' }))
    const text = 'a macro is not applied, so that what it would add or change is not known'
    const all = { code: 'MacroNotApplied', from: 'a/web.yaml', text }
    expect(warnings).toEqual([
      { ...all, subject: 'a/web.yaml', detail: 'Transform' },
      { ...all, subject: 'a/web.yaml: Web', detail: '["Fn::Transform"]' },
    ])
  })
  it('is refused where it decides whether there is a service', () => {
    const Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } }
    const value = template({ Web: { ...service(), Condition: 'IsProd' } }, { ...open, Conditions })
    expect(complaints(value)).toEqual([
      'a/web.yaml, Resources.Web.Condition: found condition IsProd (parameter Env has no Default, and no value was given), expected a condition of which it is known whether it holds: --parameter NAME=VALUE gives a parameter its value',
    ])
    expect(input(value, { Env: 'prod' }).workloads).toMatchObject([{ name: 'web', service: {} }])
    const Away = { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }] }
    const away = template({ Web: { ...service(), Condition: 'Away' } }, { Conditions: { Away } })
    expect(complaints(away)).toEqual([
      'a/web.yaml, Resources.Web.Condition: found condition Away (AWS::Region was not given), expected a condition of which it is known whether it holds: --parameter NAME=VALUE gives a parameter its value',
    ])
    expect(complaints(away, { 'AWS::Region': 'us-east-1' })).toEqual([])
    expect(input(value, { Env: 'dev' }).workloads).toMatchObject([
      { subject: 'task definition web' },
    ])
  })
})

describe('a template that CloudFormation would refuse', () => {
  const parameter = (more: object) => ({ Parameters: { Size: { Type: 'String', ...more } } })
  it.each<readonly [string, object, Readonly<Record<string, string>>, string]>([
    [
      'a reference to nothing',
      template({ Web: service({ Role: { Ref: 'Rol' } }) }),
      {},
      'Resources.Web.Properties.Role.Ref: found "Rol", expected the name of a parameter or of a resource of the template',
    ],
    [
      'one in a branch that is not taken',
      template(
        { Web: service({ Role: { 'Fn::If': ['Yes', 'a', { 'Fn::GetAtt': ['Rol', 'Arn'] }] } }) },
        { Conditions: { Yes: { 'Fn::Equals': [1, 1] } } },
      ),
      {},
      'Resources.Web.Properties.Role["Fn::If"][2]["Fn::GetAtt"]: found "Rol", expected the name of a resource of the template',
    ],
    [
      'one in a text',
      template({ Web: service({ Role: { 'Fn::Sub': 'a-${Rol}' } }) }),
      {},
      'Resources.Web.Properties.Role["Fn::Sub"]: found "Rol", expected the name of a parameter or of a resource of the template',
    ],
    [
      'a condition that is not there',
      template({ Web: { ...service(), Condition: 'Prod' } }),
      {},
      'Resources.Web.Condition: found "Prod", expected the name of a condition of the template',
    ],
    [
      'a mapping that is not there',
      template({ Web: service({ Role: { 'Fn::FindInMap': ['M', 'a', 'b'] } }) }),
      {},
      'Resources.Web.Properties.Role["Fn::FindInMap"]: found "M", expected the name of a mapping of the template',
    ],
    [
      'conditions in a circle',
      template(
        {},
        { Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { Condition: 'A' } } },
      ),
      {},
      'Conditions.A: found a circle, A -> B -> A, expected nothing that needs itself',
    ],
    [
      'resources in a circle',
      template({
        A: { Type: 'AWS::X::Y', DependsOn: ['B'] },
        B: { Type: 'AWS::X::Y', Properties: { P: { 'Fn::Sub': '${A.Arn}' } } },
      }),
      {},
      'Resources.A: found a circle, A -> B -> A, expected nothing that needs itself',
    ],
    [
      'a value that is not allowed',
      template({}, parameter({ AllowedValues: ['s', 'm'] })),
      { Size: 'l' },
      'Parameters.Size: found "l" from --parameter, expected one of its AllowedValues, s, m',
    ],
    [
      'a default that is not allowed',
      template({}, parameter({ AllowedValues: [1, 2], Default: 3 })),
      {},
      'Parameters.Size.Default: found "3", expected one of its AllowedValues, 1, 2',
    ],
    [
      'a number that is none',
      template({}, parameter({ Type: 'Number', Default: 'x' })),
      {},
      'Parameters.Size.Default: found "x", expected a number',
    ],
    [
      'a number out of its bounds',
      template({}, parameter({ Type: 'Number', MaxValue: 9 })),
      { Size: '10' },
      'Parameters.Size: found "10" from --parameter, expected a value within its MaxValue, 9',
    ],
    [
      'a text that is too short',
      template({}, parameter({ MinLength: '2' })),
      { Size: 'a' },
      'Parameters.Size: found "a" from --parameter, expected a value within its MinLength, 2',
    ],
    [
      'a resource without a type',
      template({ X: {} }),
      {},
      'Resources.X.Type: found nothing, expected a type',
    ],
    [
      'a misspelt type',
      template({ Web: { ...service(), Type: 'AWS::ECS::Servce' } }),
      {},
      'Resources.Web.Type: found "AWS::ECS::Servce", expected AWS::ECS::Service',
    ],
    [
      'a type in lower case',
      template({ Web: { ...service(), Type: 'aws::ecs::taskdefinition' } }),
      {},
      'Resources.Web.Type: found "aws::ecs::taskdefinition", expected AWS::ECS::TaskDefinition',
    ],
    [
      'a type of a service with a misspelt name',
      template({ Web: { ...service(), Type: 'AWS::ESC::Service' } }),
      {},
      'Resources.Web.Type: found "AWS::ESC::Service", expected AWS::ECS::Service',
    ],
    [
      'the spelling of the API',
      template({ Web: service({ launchType: 'EC2' }) }),
      {},
      'Resources.Web.Properties.launchType: found "launchType", expected LaunchType, as properties are spelt in a template',
    ],
    [
      'no containers',
      template({ Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'web' } } }),
      {},
      'Resources.Task.Properties.ContainerDefinitions: found nothing, expected a list of container definitions, at least one',
    ],
  ])('%s', (_, value, values, line) => {
    expect(complaints(value, values)).toEqual([`a/web.yaml, ${line}`])
  })
  it('is not one with a condition, a mapping and a parameter or resource of one name', () => {
    const sections = {
      Parameters: { Logs: { Type: 'String', Default: 'yes' } },
      Mappings: { Web: { a: { b: 'c' } } },
      Conditions: { Logs: { 'Fn::Equals': [{ Ref: 'Logs' }, 'yes'] }, Web: { Condition: 'Logs' } },
    }
    const role = { 'Fn::FindInMap': ['Web', 'a', 'b'] }
    const web = { ...service({ Role: { 'Fn::If': ['Web', role, 'd'] } }), Condition: 'Web' }
    expect(complaints(template({ Web: web }, sections))).toEqual([])
    expect(input(template({ Web: web }, sections)).workloads).toMatchObject([{ name: 'web' }])
  })
  it('is told of parameters that no template has', () => {
    expect(complaints(template({}, open), { Cout: '1' })).toEqual([
      '--parameter, : found "Cout", expected a parameter of a template, such as Count, Env',
    ])
    expect(complaints([], { Cout: '1' })).toEqual([
      '--parameter, : found "Cout", expected nothing, as no template has parameters',
    ])
  })
  it('is no deeper than can be walked through', () => {
    const nested = (levels: number): unknown => {
      let value: unknown = 1
      for (let level = 0; level < levels; level++) value = [value]
      return value
    }
    expect(complaints(template({ Web: service({ Role: nested(200) }) }))).toEqual([])
    expect(complaints(template({ Web: service({ Role: nested(100_000) }) }))).toEqual([
      'a/web.yaml, Resources.Web.Properties.Role[0]: found more levels, expected at most 250 levels of nesting',
    ])
  })
  it('may refer to what a macro will add', () => {
    expect(
      complaints(template({ Web: service({ Role: { Ref: 'Rol' } }) }, { Transform: 'X' })),
    ).toEqual([])
  })
})

const keys = [
  ...[
    'Ref',
    'Fn::Sub',
    'Fn::Join',
    'Fn::If',
    'Fn::Select',
    'Fn::Split',
    'Fn::GetAtt',
    'Fn::Equals',
  ],
  ...['Fn::And', 'Fn::FindInMap', 'Fn::Length', 'Fn::Nothing', 'Condition', 'Type', 'Properties'],
  ...['Family', 'Memory', 'Name', 'ContainerDefinitions', 'Default', 'AllowedValues', '__proto__'],
]
const { node: anyNode } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      0,
      '0',
      '',
      'Task',
      'Yes',
      'Size',
      '${Size}',
      '${Task.Arn}',
      'AWS::NoValue',
      null,
      true,
    ),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 2 }),
  ),
}))
const anyMembers = fc.dictionary(fc.constantFrom('Yes', 'No', 'Size'), anyNode, { maxKeys: 3 })

/** Whatever a template has in it, it is read or refused; nothing else happens. */
const isAnswered = (reading: (value: unknown) => { readonly _tag: string }) =>
  fc.property(anyMembers, anyMembers, anyNode, anyNode, (Mappings, Conditions, role, other) => {
    const Parameters = { Size: { Type: 'String', Default: 'a', Description: other } }
    const more = { Role: role, Cluster: role, LoadBalancers: [other] }
    const value = template({ Web: service(more) }, { Parameters, Mappings, Conditions })
    expect(['Left', 'Right']).toContain(reading(value)._tag)
  })

describe('any template', () => {
  it('is read or refused', () =>
    fc.assert(
      isAnswered((value) => read(value)),
      { numRuns: 2000 },
    ))
  it('is refuted when something is taken for granted', () => {
    const careless = (value: unknown): { readonly _tag: string } => {
      const { Web } = (value as { Resources: { Web: { Properties: { Role: { Ref: string } } } } })
        .Resources
      return Web.Properties.Role.Ref.length > 0 ? read(value) : read(value)
    }
    expect(isRefuted(isAnswered(careless))).toBe(true)
  })
})

/** The other way round, with all numbers and truth values as texts. */
const spelt = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spelt)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      key === 'options' ? member : spelt(member),
    ]),
  )
}
const definition = fc.record({
  family: fc.string(),
  cpu: fc.nat(),
  containerDefinitions: fc.array(
    fc.record({
      name: fc.string(),
      memory: fc.nat(),
      privileged: fc.boolean(),
      logConfiguration: fc.record({ options: fc.dictionary(fc.string(), fc.string()) }),
      portMappings: fc.array(fc.record({ containerPort: fc.nat(), protocol: fc.constant('tcp') })),
    }),
  ),
})

/** What was spelt as a template is what it was. */
const comesBack = (back: (value: unknown) => unknown) =>
  fc.property(definition, (made) => {
    expect(back(spelt(made))).toEqual(made)
  })

describe('spelling', () => {
  it('is undone', () => fc.assert(comesBack(apiValue)))
  it('is refuted when the keys of free maps are taken for properties', () => {
    const everywhere = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(everywhere)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, member]: [string, unknown]) => [
          apiName(key),
          everywhere(member),
        ]),
      )
    }
    expect(isRefuted(comesBack((value) => everywhere(apiValue(value))))).toBe(true)
  })
})

/** A template whose numbers stand in parameters says the same as one where they stand in place. */
const sameByParameter = (
  given: (count: number, memory: number) => Readonly<Record<string, string>>,
) =>
  fc.property(fc.nat(50), fc.integer({ min: 6, max: 9000 }), (count, memory) => {
    const web = (countIs: unknown, memoryIs: unknown): object => ({
      Task: taskDefinition({ ContainerDefinitions: [container({ Memory: memoryIs })] }),
      Web: service({ DesiredCount: countIs }),
    })
    const parameters = { Parameters: { C: { Type: 'Number', Default: 0 }, M: { Type: 'Number' } } }
    const byParameter = template(web({ Ref: 'C' }, { 'Fn::Sub': '${M}' }), parameters)
    expect(input(byParameter, given(count, memory)).workloads).toEqual(
      input(template(web(count, memory))).workloads,
    )
  })

describe('parameters', () => {
  it('stand for their values', () =>
    fc.assert(sameByParameter((C, M) => ({ C: String(C), M: String(M) }))))
  it('are refuted when a default is taken in place of a value', () => {
    expect(isRefuted(sameByParameter((_, M) => ({ M: String(M) })))).toBe(true)
  })
})
