/** Bounds of Application Auto Scaling are said, as a plan goes by the count of the service. */
import { describe, expect, it } from 'vitest'
import { input, template } from './template.fixture.js'

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
