/** Tests the explanations of plans on instances. */
import { none, toUndefined } from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { forFargate, input, instance, service, task } from './plan.fixture.js'
import { explainOnInstances, workloadNames } from './explain.js'

const options = { instances: [], seed: 0 }
const read = input(
  task('web'),
  task('far', forFargate),
  service('api', { taskDefinition: 'web', desiredCount: 0 }),
  service('web', {
    desiredCount: 3,
    placementConstraints: [{ type: 'distinctInstance' }],
    placementStrategy: [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ],
  }),
  instance('i-1', 'a'),
  instance('i-2', 'b'),
  instance('i-3', 'b', { status: 'DRAINING' }),
)

describe('an explanation', () => {
  it('is of the first task that found no place, with every reason', () => {
    const full = {
      plugin: 'placementConstraints',
      reasons: ['DistinctInstance placement constraint unsatisfied.'],
      removable: true,
    }
    const inactive = { plugin: 'status', reasons: ['NOT ACTIVE'], removable: false }
    expect(toUndefined(explainOnInstances(read, options, 'web'))).toEqual({
      name: 'web',
      replica: 3,
      explanation: {
        nodes: [
          { name: 'i-1', first: full, all: [full], scores: [] },
          { name: 'i-2', first: full, all: [full], scores: [] },
          { name: 'i-3', first: inactive, all: [inactive], scores: [] },
        ],
        best: [],
      },
      remedies: { drop: { node: 'i-1', rules: [full] }, cut: false },
    })
  })

  it('is of the first task when all have a place, with its strategies as scores', () => {
    const more = { instances: input(instance('i-4', 'c')).instances, seed: 0 }
    const explained = toUndefined(explainOnInstances(read, more, 'web'))
    expect(explained?.replica).toBe(1)
    expect(explained?.explanation).toMatchObject({
      best: ['i-1', 'i-2', 'i-4'],
      chosen: 'i-1',
      runnerUp: 'i-2',
      nodes: [
        {
          scores: [
            { plugin: 'spread(attribute:ecs.availability-zone)', raw: 0 },
            { plugin: 'binpack(memory)', raw: 3584 * 1_048_576 },
          ],
        },
        {},
        {},
        {},
      ],
    })
  })

  it('is of what goes to instances', () => {
    expect(workloadNames(read)).toContain('web')
    for (const name of ['far', 'api', 'nobody'])
      expect(explainOnInstances(read, options, name)).toEqual(none)
  })
})
