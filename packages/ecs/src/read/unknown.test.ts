/** Tests the warnings about fields of documents and templates that their kinds do not have. */
import { describe, expect, it } from 'vitest'
import { input, instance, service, task } from '../plan/plan.fixture.js'
import {
  container,
  input as templateInput,
  service as serviceResource,
  taskDefinition,
  template,
} from '../template/template.fixture.js'

const linesOf = (warnings: readonly { code: string; subject: string; text: string }[]) =>
  warnings
    .filter(({ code }) => code === 'UnknownField')
    .map(({ subject, text }) => `${subject}: ${text}`)

const webContainer = { name: 'main', memory: 64, memmory: 128, resourceRequirement: [] }

describe('an unknown field of a document', () => {
  const more = { launchTyp: 'EC2' }
  const ofService =
    'service web: unknown field "launchTyp" is ignored; the nearest name is launchType'
  it('is told of with its path and the nearest name', () => {
    const definition = task('web', { containerDefinitions: [webContainer] })
    expect(linesOf(input(definition, service('web', more)).warnings)).toEqual([
      'task definition web: unknown field "containerDefinitions[0].memmory" is ignored; the nearest name is memory',
      'task definition web: unknown field "containerDefinitions[0].resourceRequirement" is ignored; the nearest name is resourceRequirements',
      ofService,
    ])
  })
  it('is told of in the answer of a call', () => {
    expect(linesOf(input({ services: [service('web', more)] }, task('web')).warnings)).toEqual([
      ofService,
    ])
    expect(linesOf(input({ service: service('web', more) }, task('web')).warnings)).toEqual([
      ofService,
    ])
  })
  it('is not the cluster of an object, which may be written on each', () => {
    const here = { ...instance('i-1'), cluster: 'c' }
    expect(linesOf(input(task('web'), here).warnings)).toEqual([])
    expect(linesOf(input(task('web'), { ...here, clusters: 'c' }).warnings)).toHaveLength(1)
  })
  it('is none of those that the API prints', () => {
    const printed = {
      ...{ taskDefinitionArn: 'arn:aws:ecs:r:1:task-definition/web:1', revision: 1 },
      ...{ requiresAttributes: [{ name: 'a' }], compatibilities: ['EC2'], status: 'ACTIVE' },
      ...{ registeredAt: '2026-01-01T00:00:00Z', registeredBy: 'arn:aws:iam::1:root' },
    }
    const described = {
      ...{ events: [{ id: '1', message: 'm' }], createdBy: 'x', enableECSManagedTags: true },
      deployments: [{ id: 'd', rolloutState: 'COMPLETED', failedTasks: 0 }],
    }
    expect(
      linesOf(
        input({ taskDefinition: task('web', printed), tags: [] }, service('web', described))
          .warnings,
      ),
    ).toEqual([])
  })
})

describe('an unknown property of a template', () => {
  const warningsOf = (resource: object) =>
    templateInput(
      template({
        Task: taskDefinition({ ContainerDefinitions: [container(resource)] }),
        Web: serviceResource({ PlacementStrategy: [], Tags: [{ Key: 'a', Value: 'b' }] }),
      }),
    ).warnings
  const ofService =
    'a/web.yaml: Web: unknown field "PlacementStrategy" is ignored; the nearest name is PlacementStrategies'
  it('is told of in the spelling of the template', () => {
    expect(linesOf(warningsOf({ PortMapping: [] }))).toEqual([
      'a/web.yaml: Task: unknown field "ContainerDefinitions[0].PortMapping" is ignored; the nearest name is PortMappings',
      ofService,
    ])
  })
  it('is no value that is open, and no macro, of which others tell', () => {
    const open = { Image: { Ref: 'AWS::Region' }, HealthCheck: { Ref: 'AWS::StackId' } }
    expect(linesOf(warningsOf(open))).toEqual([ofService])
    const macro = warningsOf({ 'Fn::Transform': { Name: 'N' }, 'Fn::ForEach::X': ['a', [], {}] })
    expect(linesOf(macro)).toEqual([ofService])
    expect(
      macro.filter(({ code }) => code === 'MacroNotApplied').map(({ detail }) => detail),
    ).toEqual([
      'ContainerDefinitions[0]["Fn::ForEach::X"]',
      'ContainerDefinitions[0]["Fn::Transform"]',
    ])
  })
})

describe('an object in the spelling of a template that is in none', () => {
  const service = { ServiceName: 'api', TaskDefinition: 'api', DesiredCount: 2 }
  const definition = { Family: 'api', ContainerDefinitions: [] }
  const seen = (...values: readonly unknown[]) =>
    input(task('web'), ...values)
      .warnings.filter(({ code }) => code === 'TemplateSpelling')
      .map(({ subject, text }) => [subject, /such as (\w+)/.exec(text)?.[1]])
  it('is told of, with what to write', () => {
    expect(
      seen(service, definition, { services: [{ ...service, ServiceName: undefined }] }),
    ).toEqual([
      ['AWS::ECS::TaskDefinition api', 'containerDefinitions'],
      ['AWS::ECS::Service api', 'taskDefinition'],
      ['AWS::ECS::Service', 'taskDefinition'],
    ])
  })
  it('is none where the resource of a template has it', () => {
    const { warnings } = templateInput(template())
    expect(warnings.filter(({ code }) => code === 'TemplateSpelling')).toEqual([])
  })
})
