/** What the manifest of a cloud assembly says of the stacks of an app. */
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
  it('says nothing of templates that it does not list', () => {
    const elsewhere = artifact({ ...properties, templateFile: 'Other.template.json' })
    const list = { Assets: { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } } }
    expect(planned(readAssembly({ App: elsewhere, ...list }))).toEqual([['App', 1]])
    expect(planned(readAssembly({ App: 1 }))).toEqual([['App', 1]])
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
