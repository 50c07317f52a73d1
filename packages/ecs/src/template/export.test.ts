/**
 * Tests `Fn::ImportValue` between the templates of one input. Also tests which resources are left
 * out of the plan, with a warning, when an imported value is unknown.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readEcs } from '../read/input.js'
import { service, taskDefinition } from './template.fixture.js'

const read = (
  templates: Readonly<Record<string, object>>,
  values: Readonly<Record<string, string>> = {},
) =>
  readEcs(
    Object.entries(templates).map(([from, value]) => ({ from, value })),
    { from: '--parameter', values: new Map(Object.entries(values)) },
  )
const made = (...given: Parameters<typeof read>) => {
  const found = read(...given)
  if (E.isRight(found)) return found.right
  throw new Error(JSON.stringify(found.left))
}
const exporting = (Name: unknown, Value: unknown, more: object = {}) => ({
  Outputs: { Out: { Value, Export: { Name }, ...more } },
})
const shared = (family: string, outputs: object) => ({
  ...outputs,
  Resources: { Task: taskDefinition({ Family: family }) },
})
const importing = (name: unknown, more: object = {}) => ({
  Resources: { Web: service({ TaskDefinition: { 'Fn::ImportValue': name }, ...more }) },
})
const ofTask = exporting('shared:Task', { Ref: 'Task' })
const leftOutIn = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.filter(({ code }) => code === 'ResourceLeftOut')

describe('an import', () => {
  it('is a resource of another template of the input', () => {
    const { workloads, warnings } = made({
      'a.yaml': shared('one', ofTask),
      'b.yaml': importing('shared:Task'),
    })
    expect(workloads).toMatchObject([{ name: 'web', definition: { family: 'one' } }])
    expect(warnings).toEqual([])
  })
  it('is that very definition, where others have its family', () => {
    const { workloads } = made({
      'a.yaml': shared('one', ofTask),
      'b.yaml': importing('shared:Task'),
      'c.yaml': { Resources: { Task: taskDefinition({ Family: 'one', Cpu: 512 }) } },
    })
    expect(workloads.map(({ name, definition }) => [name, definition.cpu])).toEqual([
      ['one:1', 512],
      ['web', undefined],
    ])
  })
  it('may have a name, a value and a condition that are computed', () => {
    const templates = (condition: string) => ({
      'net.yaml': {
        ...shared(
          'one',
          exporting({ 'Fn::Sub': '${AWS::StackName}-Count' }, '3', { Condition: 'Made' }),
        ),
        Conditions: { Made: { 'Fn::Equals': [condition, 'yes'] } },
      },
      'b.yaml': {
        Parameters: { Net: { Type: 'String', Default: 'net' } },
        Resources: {
          Task: taskDefinition(),
          Web: service({ DesiredCount: { 'Fn::ImportValue': { 'Fn::Sub': '${Net}-Count' } } }),
        },
      },
    })
    const [, web] = made(templates('yes')).workloads
    expect(web?.service?.desiredCount).toBe(3)
    expect(leftOutIn(made(templates('no')))).toMatchObject([{ subject: 'b.yaml: Web' }])
  })
  it('may be exported again', () => {
    const chain = {
      'z.yaml': shared('one', ofTask),
      'y.yaml': shared('two', exporting('again', { 'Fn::ImportValue': 'shared:Task' })),
      'x.yaml': importing('again'),
    }
    expect(made(chain).workloads.find(({ name }) => name === 'web')?.definition.family).toBe('one')
  })
  it('may be a cluster with a default strategy', () => {
    const DefaultCapacityProviderStrategy = [{ CapacityProvider: { Ref: 'Group' }, Weight: 1 }]
    const cluster = {
      ...exporting('cluster', { Ref: 'Cluster' }),
      Resources: {
        Group: { Type: 'AWS::ECS::CapacityProvider', Properties: { Name: 'group' } },
        Cluster: { Type: 'AWS::ECS::Cluster', Properties: { DefaultCapacityProviderStrategy } },
      },
    }
    const web = {
      Resources: {
        Task: taskDefinition(),
        Web: service({ Cluster: { 'Fn::ImportValue': 'cluster' } }),
      },
    }
    const [workload] = made({ 'a.yaml': cluster, 'b.yaml': web }).workloads
    expect(workload?.service?.capacityProviderStrategy).toMatchObject([
      { capacityProvider: 'group' },
    ])
  })
  it('of what several templates export is none of them', () => {
    const both = { 'a.yaml': shared('one', ofTask), 'b.yaml': shared('two', ofTask) }
    const found = made({ ...both, 'c.yaml': importing('shared:Task') })
    expect(found.workloads.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(leftOutIn(found)).toEqual([
      {
        ...{ code: 'ResourceLeftOut', from: 'c.yaml', subject: 'c.yaml: Web' },
        text: 'left out of the plan, as a value that it needs is not known',
        detail:
          'TaskDefinition is Fn::ImportValue shared:Task (several templates export it: a.yaml, b.yaml)',
      },
    ])
  })
  it.each([
    [{ 'Fn::Sub': '${Net}:Task' }, 'Fn::ImportValue (another stack exports production:Task'],
    [
      { 'Fn::Join': [':', [{ Ref: 'Open' }, 'Task']] },
      'Fn::ImportValue of Fn::Join of Ref Open (parameter Open has no Default, and no value was given; another stack exports it',
    ],
  ])('says which value of a parameter would find it, for %j', (name, found) => {
    const Parameters = {
      Net: { Type: 'String', Default: 'production' },
      Open: { Type: 'String' },
    }
    const templates = {
      'net.yaml': shared(
        'one',
        exporting({ 'Fn::Sub': '${AWS::StackName}:Task' }, { Ref: 'Task' }),
      ),
      'b.yaml': { Parameters, ...importing(name) },
    }
    const parameter = JSON.stringify(name).includes('Net') ? 'Net' : 'Open'
    expect(leftOutIn(made(templates))).toMatchObject([
      {
        detail: `TaskDefinition is ${found}; net:Task is exported here: --parameter ${parameter}=net would import it)`,
      },
    ])
    expect(leftOutIn(made(templates, { [parameter]: 'net' }))).toEqual([])
  })
  it('says nothing of a parameter where no value of it would find an export', () => {
    const Parameters = { Net: { Type: 'String', Default: 'production' } }
    const templates = {
      'net.yaml': shared('one', exporting('net:Tasks', { Ref: 'Task' })),
      'b.yaml': { Parameters, ...importing({ 'Fn::Sub': '${Net}:Task' }) },
    }
    expect(leftOutIn(made(templates))).toMatchObject([
      { detail: 'TaskDefinition is Fn::ImportValue (another stack exports production:Task)' },
    ])
  })
  it('that leads in a circle ends', () => {
    const circle = {
      'a.yaml': shared('one', exporting('a', { 'Fn::ImportValue': 'b' })),
      'b.yaml': shared('two', exporting('b', { 'Fn::ImportValue': 'a' })),
      'c.yaml': importing('a'),
    }
    expect(leftOutIn(made(circle))).toHaveLength(1)
  })
})

describe('what is not known', () => {
  const counting = {
    Resources: {
      Count: { Type: 'Custom::Count', Properties: {} },
      Task: taskDefinition(),
      Web: service({ DesiredCount: { 'Fn::GetAtt': 'Count.DesiredCount' } }),
      Other: service({ ServiceName: 'other' }),
    },
  }
  it('leaves out its service, whose definition is not planned by itself', () => {
    const found = made({ 'a.yaml': { Resources: { ...counting.Resources, Other: other } } })
    expect(found.workloads.map(({ name }) => name)).toEqual(['batch'])
    expect(leftOutIn(found)).toMatchObject([
      {
        subject: 'a.yaml: Web',
        detail:
          'DesiredCount is Fn::GetAtt Count.DesiredCount (it is known when Count is made); the parameter Count.DesiredCount can give it',
      },
    ])
  })
  it('leaves out the services of a definition too', () => {
    const Task = taskDefinition({ Memory: { 'Fn::GetAtt': ['Count', 'Memory'] } })
    const found = made({
      'a.yaml': { Resources: { ...counting.Resources, Web: service(), Task, Other: other } },
    })
    expect(found.workloads.map(({ name }) => name)).toEqual(['batch'])
    expect(leftOutIn(found)).toMatchObject([
      { subject: 'a.yaml: Task' },
      { subject: 'a.yaml: Web' },
    ])
  })
  it('leaves out its service in the same words where nothing else is to be planned', () => {
    const { Count, Task, Web } = counting.Resources
    const alone = made({ 'a.yaml': { Resources: { Count, Task, Web } } })
    expect(alone.workloads).toEqual([])
    const beside = made({ 'a.yaml': { Resources: { Count, Task, Web, Other: other } } })
    expect(leftOutIn(alone)).toHaveLength(1)
    expect(leftOutIn(alone)).toEqual(leftOutIn(beside))
  })
  it('is an error where a parameter lacks a value', () => {
    const { Task } = counting.Resources
    const open = {
      Parameters: { Count: { Type: 'Number' } },
      Resources: { Task, Web: service({ DesiredCount: { Ref: 'Count' } }), Other: other },
    }
    expect(E.isLeft(read({ 'a.yaml': open }))).toBe(true)
  })
  it('can be given', () => {
    const found = made({ 'a.yaml': counting }, { 'Count.DesiredCount': '7' })
    expect(found.workloads.map(({ service: each }) => each?.desiredCount)).toEqual([2, 7])
    expect(read({ 'a.yaml': counting }, { 'Cuont.DesiredCount': '7' })).toMatchObject({
      left: [{ expected: expect.stringContaining('such as Count') as string }],
    })
  })
})

/** A task definition that no service names. */
const other = taskDefinition({ Family: 'batch' })
