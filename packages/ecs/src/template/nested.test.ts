/**
 * Tests nested CloudFormation stacks: how their template is found among the files, how parameters
 * are passed to them, and how their outputs are read.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pathOf } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { readEcs } from '../read/input.js'
import { service, taskDefinition } from './template.fixture.js'

const read = (
  documents: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, string>> = {},
) =>
  readEcs(
    Object.entries(documents).map(([from, value]) => ({ from, value })),
    { from: '--parameter', values: new Map(Object.entries(values)) },
  )
const made = (...given: Parameters<typeof read>) => {
  const found = read(...given)
  if (E.isRight(found)) return found.right
  throw new Error(JSON.stringify(found.left))
}
const complaints = (...given: Parameters<typeof read>) => {
  const found = read(...given)
  return E.isLeft(found)
    ? found.left.map(
        (one) => `${one.from}, ${pathOf(one.at)}: found ${one.found}, expected ${one.expected}`,
      )
    : []
}
const counts = (...given: Parameters<typeof read>) =>
  made(...given).workloads.map((one) => [one.name, one.service?.desiredCount])
const left = (...given: Parameters<typeof read>) =>
  made(...given).warnings.flatMap(({ code, subject, detail }) =>
    code === 'NestedStackLeftOut' ? [`${subject}: ${detail ?? ''}`] : [],
  )

const stack = (TemplateURL: unknown, Parameters: object = {}, more: object = {}) => ({
  ...{ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters } },
  ...more,
})
const parent = (Nested: object, more: object = {}, sections: object = {}) => ({
  ...sections,
  Resources: { Nested, ...more },
})
const child = {
  Parameters: { Count: { Type: 'Number', Default: 1 } },
  Resources: {
    Task: taskDefinition(),
    Web: service({ ServiceName: 'web', DesiredCount: { Ref: 'Count' } }),
  },
}
const alone = { Resources: { Job: taskDefinition({ Family: 'job' }) } }

it('a loop over what a parent passes is told of: it was expanded by the default', () => {
  const inner = {
    ...{ Transform: 'AWS::LanguageExtensions', Resources: { Task: taskDefinition() } },
    Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'a' } },
  }
  const copy = { 'Web${N}': service({ ServiceName: '${N}', DesiredCount: 1 }) }
  const Resources = { ...inner.Resources, 'Fn::ForEach::S': ['N', { Ref: 'Names' }, copy] }
  const passing = (Names: string) =>
    made({
      'main.yaml': parent(stack('./web.yaml', { Names })),
      'web.yaml': { ...inner, Resources },
    }).warnings.map(({ code, subject }) => `${code} ${subject}`)
  expect(passing('a')).toEqual([])
  expect(passing('a,b')).toEqual(['TasksNotPlanned web.yaml: Names'])
})

describe('the template of a nested stack', () => {
  it.each<readonly [unknown, string]>([
    ['./web.yaml', 'infra/web.yaml'],
    ['web.yaml', 'infra/web.yaml'],
    ['../web.yaml', 'web.yaml'],
    ['services/./web.yaml', 'infra/services/web.yaml'],
    ['/srv/web.yaml', '/srv/web.yaml'],
    ['templates/web.yaml', 'elsewhere/web.yaml'],
    ['https://s3.eu-west-1.amazonaws.com/bucket/v1/web.yaml', 'infra/web.yaml'],
    ['https://bucket.s3.amazonaws.com/web.yaml?versionId=3', 'infra/deep/web.yaml'],
    [{ 'Fn::Sub': 'https://${Bucket}.s3.amazonaws.com/v1/web.yaml' }, 'web.yaml'],
    [
      { 'Fn::Join': ['/', ['https://s3.amazonaws.com', { Ref: 'Bucket' }, 'web.yaml']] },
      'web.yaml',
    ],
    [{ 'Fn::Sub': ['https://${B}/web.yaml', { B: { Ref: 'Bucket' } }] }, 'infra/web.yaml'],
  ])('that %j names is %s', (url, file) => {
    const Bucket = { Parameters: { Bucket: { Type: 'String' } } }
    const documents = {
      'infra/main.yaml': parent(stack(url, { Count: 3 }), {}, Bucket),
      [file]: child,
    }
    expect(counts(documents)).toEqual([['web', 3]])
    expect(made(documents).ignored).toEqual([])
  })
  it('is the one whose path has most of the address', () => {
    const url = 'https://s3.amazonaws.com/bucket/blue/web.yaml'
    const documents = { 'main.yaml': parent(stack(url, { Count: 3 })), 'a/blue/web.yaml': child }
    const other = { ...child, Resources: { ...alone.Resources } }
    expect(counts({ ...documents, 'a/green/web.yaml': other })).toEqual([
      ['job', undefined],
      ['web', 3],
    ])
  })
  it('is the asset that the AWS CDK names in the metadata or in its list of assets', () => {
    const url = { 'Fn::Sub': 'https://s3.${AWS::URLSuffix}/${AWS::Region}-assets/1ab2.json' }
    const file = 'AppNested.nested.template.json'
    const Metadata = { 'aws:asset:path': file, 'aws:asset:property': 'TemplateURL' }
    const app = (Nested: object) => ({
      'out/App.template.json': parent(Nested),
      [`out/${file}`]: child,
    })
    expect(counts(app(stack(url, { Count: 2 }, { Metadata })))).toEqual([['web', 2]])
    const assets = {
      ...{ version: '36.0.0', dockerImages: {} },
      files: {
        '1ab2': {
          source: { path: file, packaging: 'file' },
          destinations: { current: { bucketName: 'assets', objectKey: 'v1/1ab2.json' } },
        },
      },
    }
    const listed = { ...app(stack(url, { Count: 2 })), 'out/App.assets.json': assets }
    expect(counts(listed)).toEqual([['web', 2]])
    expect(made(listed).ignored).toEqual([])
  })
  it('is told when it is not among the files, and the rest is planned', () => {
    const url = 'https://s3.amazonaws.com/bucket/web.yaml'
    const documents = { 'main.yaml': parent(stack(url), alone.Resources) }
    expect(counts(documents)).toEqual([['job', undefined]])
    expect(left(documents)).toEqual([`main.yaml: Nested: no template among the files is ${url}`])
    const open = { 'main.yaml': parent(stack({ 'Fn::ImportValue': 'Url' }), alone.Resources) }
    expect(left(open)).toEqual([
      'main.yaml: Nested: its TemplateURL is Fn::ImportValue (another stack exports Url)',
    ])
    const none = parent({ Type: 'AWS::CloudFormation::Stack', Properties: {} }, alone.Resources)
    expect(left({ 'main.yaml': none })).toEqual([
      'main.yaml: Nested: its TemplateURL is not written',
    ])
  })
  it('is told when several files may be it', () => {
    const documents = {
      'main.yaml': parent(stack('https://s3.amazonaws.com/v1/web.yaml'), alone.Resources),
      ...{ 'a/web.yaml': child, 'b/web.yaml': child },
    }
    expect(left(documents)).toEqual([
      'main.yaml: Nested: several files may be https://s3.amazonaws.com/v1/web.yaml: a/web.yaml, b/web.yaml',
    ])
  })
  it('is not itself, and a circle ends', () => {
    const one = parent(stack('b.yaml'), alone.Resources)
    const documents = { 'a.yaml': one, 'b.yaml': parent(stack('a.yaml'), child.Resources, child) }
    expect(left(documents)).toEqual(['b.yaml: Nested: a.yaml would be nested in itself'])
    expect(counts(documents)).toEqual([
      ['job', undefined],
      ['web', 1],
    ])
  })
  it('is not planned by itself when a condition does not let it be made', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } }
    const documents = {
      'main.yaml': parent(stack('web.yaml', {}, { Condition: 'Never' }), alone.Resources, {
        Conditions,
      }),
      'web.yaml': child,
    }
    expect(counts(documents)).toEqual([['job', undefined]])
    expect(left(documents)).toEqual([])
  })
  it('is left out when nothing says whether it is made', () => {
    const sections = {
      Parameters: { Env: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
    }
    const documents = {
      'main.yaml': parent(stack('web.yaml', {}, { Condition: 'Prod' }), alone.Resources, sections),
      'web.yaml': child,
    }
    expect(left(documents)).toEqual([
      'main.yaml: Nested: whether it is made is not known: condition Prod (parameter Env has no Default, and no value was given)',
    ])
    expect(counts(documents, { Env: 'prod' })).toEqual([
      ['job', undefined],
      ['web', 1],
    ])
  })
})

describe('the parameters of a nested stack', () => {
  const outer = { Parameters: { Tasks: { Type: 'Number', Default: 4 } } }
  it('are evaluated in its parent', () => {
    const main = parent(stack('web.yaml', { Count: { Ref: 'Tasks' } }), {}, outer)
    expect(counts({ 'main.yaml': main, 'web.yaml': child })).toEqual([['web', 4]])
    expect(counts({ 'main.yaml': main, 'web.yaml': child }, { Tasks: '6' })).toEqual([['web', 6]])
  })
  it('are its defaults where none is passed, or those that are given', () => {
    const documents = { 'main.yaml': parent(stack('web.yaml')), 'web.yaml': child }
    expect(counts(documents)).toEqual([['web', 1]])
    expect(counts(documents, { Count: '7' })).toEqual([['web', 7]])
  })
  it('may be a cluster of the parent, and a list', () => {
    const inner = {
      Parameters: { Cluster: { Type: 'String' }, Names: { Type: 'CommaDelimitedList' } },
      Resources: {
        Task: taskDefinition(),
        Web: service({
          ...{ ServiceName: { 'Fn::Select': [1, { Ref: 'Names' }] }, Cluster: { Ref: 'Cluster' } },
        }),
      },
    }
    const main = parent(stack('web.yaml', { Cluster: { Ref: 'Cluster' }, Names: ['one', 'two'] }), {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'blue' } },
    })
    const { workloads } = made({ 'main.yaml': main, 'web.yaml': inner })
    expect(workloads).toMatchObject([{ name: 'two', cluster: 'blue' }])
  })
  it('must be parameters of its template, with values that it allows', () => {
    const inner = { ...child, Parameters: { Count: { Type: 'Number', MaxValue: 3 } } }
    const main = parent(stack('web.yaml', { Count: 5, Size: 1 }))
    expect(complaints({ 'main.yaml': main, 'web.yaml': inner })).toEqual([
      'main.yaml, Resources.Nested.Properties.Parameters.Size: found "Size", expected a parameter of web.yaml',
      'web.yaml, Parameters.Count: found "5" from main.yaml, expected a value within its MaxValue, 3',
    ])
  })
  it('that stay open are an error where placement needs them', () => {
    const main = parent(
      stack('web.yaml', { Count: { Ref: 'Tasks' } }),
      {},
      {
        Parameters: { Tasks: { Type: 'Number' } },
      },
    )
    expect(complaints({ 'main.yaml': main, 'web.yaml': child })).toEqual([
      'web.yaml, Resources.Web.Properties.DesiredCount: found Ref Tasks (parameter Tasks has no Default, and no value was given), expected a whole number of tasks, 0 or more',
    ])
    expect(counts({ 'main.yaml': main, 'web.yaml': child }, { Count: '2' })).toEqual([['web', 2]])
  })
})

describe('the outputs of a nested stack', () => {
  const definitions = {
    Parameters: { Family: { Type: 'String', Default: 'one' } },
    Resources: { Task: taskDefinition({ Family: { Ref: 'Family' } }) },
    Outputs: {
      Task: { Value: { Ref: 'Task' } },
      Count: { Value: 3 },
      Off: { Condition: 'Never', Value: 'x' },
    },
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  }
  const output = (name: string) => ({ 'Fn::GetAtt': ['Nested', `Outputs.${name}`] })
  it('are read in its parent', () => {
    const Web = service({ TaskDefinition: output('Task'), DesiredCount: output('Count') })
    const documents = {
      'main.yaml': parent(stack('tasks.yaml'), { Web }),
      'tasks.yaml': definitions,
    }
    expect(made(documents).workloads).toMatchObject([
      { name: 'web', definition: { family: 'one' }, service: { desiredCount: 3 } },
    ])
    expect(made(documents).warnings).toEqual([])
  })
  it('are passed to its siblings, and to their nested stacks', () => {
    const inner = {
      Parameters: { Task: { Type: 'String' } },
      Resources: { Web: service({ TaskDefinition: { Ref: 'Task' } }) },
    }
    const middle = {
      Parameters: { Task: { Type: 'String' } },
      Resources: { Deep: stack('web.yaml', { Task: { Ref: 'Task' } }) },
    }
    const documents = {
      'main.yaml': parent(stack('tasks.yaml', { Family: 'two' }), {
        Middle: stack('middle.yaml', { Task: { 'Fn::GetAtt': 'Nested.Outputs.Task' } }),
      }),
      ...{ 'middle.yaml': middle, 'web.yaml': inner, 'tasks.yaml': definitions },
    }
    expect(made(documents).workloads).toMatchObject([
      { name: 'web', definition: { family: 'two' } },
    ])
  })
  it('can be given where its template is not there', () => {
    const Web = service({ TaskDefinition: 'job', DesiredCount: output('Count') })
    const documents = {
      'main.yaml': parent(stack('https://s3/b/tasks.yaml'), { ...alone.Resources, Web }),
    }
    expect(counts(documents, { 'Nested.Outputs.Count': '2' })).toEqual([['web', 2]])
    expect(made(documents).warnings.map(({ code, detail }) => [code, detail])).toEqual([
      ['NestedStackLeftOut', 'no template among the files is https://s3/b/tasks.yaml'],
      [
        'ResourceLeftOut',
        'DesiredCount is Fn::GetAtt Nested.Outputs.Count (no template among the files is https://s3/b/tasks.yaml); the parameter Nested.Outputs.Count can give it',
      ],
    ])
  })
  it('that are not there are named', () => {
    const of = (name: string) => ({
      'main.yaml': parent(stack('tasks.yaml'), { Web: service({ TaskDefinition: output(name) }) }),
      'tasks.yaml': definitions,
    })
    const details = (name: string) => made(of(name)).warnings.map(({ detail }) => detail)
    expect(details('Tsk')).toEqual([
      'TaskDefinition is Fn::GetAtt Nested.Outputs.Tsk (tasks.yaml has no output Tsk); the parameter Nested.Outputs.Tsk can give it',
    ])
    expect(details('Off')).toEqual([
      'TaskDefinition is Fn::GetAtt Nested.Outputs.Off (tasks.yaml has no output Off, as Never does not hold); the parameter Nested.Outputs.Off can give it',
    ])
  })
})

describe('a template that is nested twice', () => {
  const twice = {
    'main.yaml': parent(stack('web.yaml', { Count: 2 }), {
      Other: stack('web.yaml', { Count: 3 }),
    }),
    'web.yaml': child,
  }
  it('is made for each resource, whose services are told apart', () => {
    expect(counts(twice)).toEqual([
      ['main-Nested/web', 2],
      ['main-Other/web', 3],
    ])
  })
  it('names what has no name after the stack that makes it', () => {
    const Web = { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } }
    const documents = { ...twice, 'web.yaml': { ...child, Resources: { ...child.Resources, Web } } }
    expect(counts(documents)).toEqual([
      ['main-Nested-Web', 1],
      ['main-Other-Web', 1],
    ])
  })
})
