/**
 * Tests that the desired count of a service is raised or lowered to the bounds of its Application
 * Auto Scaling target. Also tests that a warning names these bounds.
 */
import { describe, expect, it } from 'vitest'
import { input, service, template } from './template.fixture.js'

const target = (more: object = {}) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: {
    MinCapacity: 4,
    MaxCapacity: '10',
    ScalableDimension: 'ecs:service:DesiredCount',
    ...more,
  },
})
const scaled = (resource: object, sections: object = {}) => {
  const { warnings, ignored } = input(template({ Scaling: resource }, sections))
  return {
    details: warnings.flatMap(({ code, subject, detail }) =>
      code === 'TasksAutoscaled' ? [`${subject}: ${detail}`] : [],
    ),
    ignored: ignored.map(({ kind }) => kind),
  }
}

describe('a scalable target', () => {
  it.each<readonly [string, object, string]>([
    ['with both bounds', target(), '4 to 10'],
    ['without one', target({ MaxCapacity: undefined }), '4 to what is not said'],
    [
      'with a bound that is not known',
      target({ MinCapacity: { Ref: 'Least' } }),
      'Ref Least (parameter Least has no Default, and no value was given) to 10',
    ],
  ])('%s is told of', (_, resource, bounds) => {
    expect(scaled(resource, { Parameters: { Least: { Type: 'Number' } } })).toEqual({
      details: [`a/web.yaml: Scaling: ${bounds}`],
      ignored: [],
    })
  })
  it('of anything else is ignored', () => {
    const table = target({ ScalableDimension: 'dynamodb:table:ReadCapacityUnits' })
    expect(scaled(table)).toEqual({ details: [], ignored: [table.Type] })
  })
})

describe('the count of a service', () => {
  const count = (desired: unknown, bounds: object, sections: object = {}) => {
    const Web = service({ DesiredCount: desired })
    const Other = service({ ServiceName: 'other', DesiredCount: desired })
    const { workloads } = input(template({ Web, Other, Scaling: target(bounds) }, sections))
    return workloads.map((one) => `${one.name} ${one.service?.desiredCount}`)
  }
  const byName = { ResourceId: 'service/main/web' }

  it.each<readonly [string, unknown, object, string]>([
    ['rises to the least', 2, byName, 'web 4'],
    ['falls to the most', '12', byName, 'web 10'],
    ['stays within', 6, byName, 'web 6'],
    ['is 1 before the bounds where it is left out', undefined, byName, 'web 4'],
    ['is within text', 2, { ...byName, MinCapacity: '5' }, 'web 5'],
    ['has the one bound that is known', 20, { ...byName, MaxCapacity: { Ref: 'Task' } }, 'web 20'],
    [
      'is that of the service which a text refers to',
      2,
      { ResourceId: { 'Fn::Sub': 'service/main/${Web.Name}' } },
      'web 4',
    ],
    [
      'is that of the service which a list refers to, as the AWS CDK writes it',
      2,
      { ResourceId: { 'Fn::Join': ['/', ['service', 'x', { 'Fn::GetAtt': ['Web', 'Name'] }]] } },
      'web 4',
    ],
    ['is of no other service', 2, { ResourceId: 'service/main/nobody' }, 'web 2'],
    ['is of no other number', 2, { ...byName, ScalableDimension: 'ec2:spot' }, 'web 2'],
  ])('%s', (_, desired, bounds, expected) => {
    const before = desired === undefined ? 1 : Number(desired)
    expect(count(desired, bounds)).toEqual([`other ${before}`, expected])
  })
})
