/**
 * Tests that names and parameter values of stacks are read from the manifest of an AWS CDK cloud
 * assembly, and that templates outside the manifest are left out.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readEcs, type EcsInput } from '../read/input.js'
import { service, taskDefinition } from './template.fixture.js'

const artifact = (properties: object): object => ({ type: 'aws:cloudformation:stack', properties })
const manifest = (artifacts: object): object => ({ version: '38.0.1', artifacts })
const named = {
  Parameters: { Count: { Type: 'Number', Default: 1, MaxValue: 9 } },
  Resources: {
    Task: taskDefinition({ Family: { Ref: 'AWS::StackName' } }),
    Web: service({ DesiredCount: { Ref: 'Count' } }),
  },
}
const readAssembly = (
  artifacts: object,
  values: Readonly<Record<string, string>> = {},
  folder = 'cdk.out',
) =>
  readEcs(
    [
      { from: `${folder}/manifest.json`, value: manifest(artifacts) },
      { from: `${folder}/App.template.json`, value: named },
    ],
    { from: '--parameter', values: new Map(Object.entries(values)) },
  )
const planned = (found: E.Either<unknown, EcsInput>) =>
  E.isRight(found)
    ? found.right.workloads.map(({ definition, service: made }) => [
        definition.family,
        made?.desiredCount,
      ])
    : found.left

describe('the manifest of a cloud assembly', () => {
  const properties = {
    ...{ templateFile: 'App.template.json', stackName: 'prod-app' },
    parameters: { Count: 3, Unused: 'x' },
  }
  it('names the stack and gives its parameters', () => {
    expect(planned(readAssembly({ App: artifact(properties) }))).toEqual([['prod-app', 3]])
    expect(planned(readAssembly({ App: artifact(properties) }, {}, '.'))).toEqual([['prod-app', 3]])
  })
  it('is of no account where the user gives a value', () => {
    const values = { Count: '5', 'AWS::StackName': 'mine' }
    expect(planned(readAssembly({ App: artifact(properties) }, values))).toEqual([['mine', 5]])
  })
  it('names a stack as its artifact, without a name', () => {
    const { templateFile } = properties
    expect(planned(readAssembly({ Other: artifact({ templateFile }) }))).toEqual([['Other', 1]])
  })
  it('leaves out templates that it does not name, and says so', () => {
    const elsewhere = artifact({ ...properties, templateFile: 'Other.template.json' })
    const found = readAssembly({ App: elsewhere })
    expect(planned(found)).toEqual([])
    expect(E.isRight(found) && found.right.warnings).toMatchObject([
      {
        ...{ code: 'FileNotInManifest', from: 'cdk.out/App.template.json' },
        detail: 'cdk.out/manifest.json',
      },
    ])
    expect(planned(readAssembly({ App: 1 }))).toEqual([['App', 1]])
    expect(planned(readAssembly({ App: elsewhere }, {}, '.'))).toEqual([])
  })
  it('is named by a fault of one of its values', () => {
    const found = readAssembly({ App: artifact({ ...properties, parameters: { Count: '10' } }) })
    expect(found).toMatchObject({
      left: [
        {
          ...{ from: 'cdk.out/App.template.json', at: ['Parameters', 'Count'] },
          found: '"10" from cdk.out/manifest.json',
        },
      ],
    })
  })
  it('is neither ignored nor warned of', () => {
    const found = readAssembly({ App: artifact({ ...properties, parameters: { Count: 3 } }) })
    expect(E.isRight(found) && [found.right.ignored, found.right.warnings]).toEqual([[], []])
  })
  it('is warned of where a template does not declare a parameter', () => {
    const parameters = { Count: 3, Cuont: 5 }
    const found = readAssembly({ App: artifact({ ...properties, parameters }) })
    expect(E.isRight(found) && found.right.warnings).toMatchObject([
      {
        ...{ code: 'ParameterUnused', from: 'cdk.out/manifest.json', subject: 'stack prod-app' },
        detail: 'Cuont; the nearest name is Count',
      },
    ])
  })
})

describe('the folder of a cloud assembly', () => {
  const stack = (file: string) => artifact({ templateFile: file })
  const read = (files: Readonly<Record<string, unknown>>) => {
    const found = readEcs(Object.entries(files).map(([from, value]) => ({ from, value })))
    if (E.isLeft(found)) return found.left
    const { workloads, warnings, ignored } = found.right
    const unnamed = warnings.filter(({ code }) => code === 'FileNotInManifest')
    return [workloads.map(({ from }) => from).sort(), unnamed.map(({ from }) => from), ignored]
  }
  const faulty = { Resources: { Web: service({ DesiredCount: { Ref: 'Nothing' } }) } }

  it('is read by its manifests: a nested one counts when the outer one names it', () => {
    const files = {
      'out/manifest.json': manifest({
        App: stack('App.template.json'),
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
      }),
      'out/App.template.json': named,
      'out/Gone.template.json': faulty,
      'out/assembly-Stage/manifest.json': manifest({ B: stack('B.template.json') }),
      'out/assembly-Stage/B.template.json': named,
      'out/assembly-Old/manifest.json': manifest({ C: stack('C.template.json') }),
      'out/assembly-Old/C.template.json': named,
      'elsewhere/D.template.json': named,
      '../E.template.json': named,
    }
    expect(read(files)).toEqual([
      [
        '../E.template.json',
        'elsewhere/D.template.json',
        'out/App.template.json',
        'out/assembly-Stage/B.template.json',
      ],
      [
        'out/Gone.template.json',
        'out/assembly-Old/C.template.json',
        'out/assembly-Old/manifest.json',
      ],
      [],
    ])
  })
  it('has the nested templates that a named list of assets or a named template leads to', () => {
    const list = (...paths: readonly string[]) => ({
      version: '36.0.0',
      files: Object.fromEntries(paths.map((path) => [path, { source: { path } }])),
    })
    const nest = (path: string) => ({
      Resources: {
        Nested: {
          ...{ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } },
          Metadata: { 'aws:asset:path': path },
        },
      },
    })
    const files = {
      '../F.template.json': named,
      'manifest.json': manifest({
        App: stack('App.template.json'),
        Assets: { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      }),
      'App.template.json': nest('A.nested.template.json'),
      'A.nested.template.json': nest('B.nested.template.json'),
      'B.nested.template.json': named,
      'C.nested.template.json': named,
      'D.nested.template.json': named,
      'App.assets.json': list('C.nested.template.json'),
      'Gone.assets.json': list('D.nested.template.json'),
    }
    expect(read(files)).toEqual([
      ['../F.template.json', 'B.nested.template.json', 'C.nested.template.json'],
      ['D.nested.template.json', 'Gone.assets.json'],
      [],
    ])
  })
})
