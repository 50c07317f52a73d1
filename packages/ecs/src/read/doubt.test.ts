/**
 * Tests the warnings about values that the documentation excludes, where it is not known whether
 * the API refuses them.
 */
import { describe, expect, it } from 'vitest'
import { container, input, service, task } from '../plan/plan.fixture.js'

const doubts = (...values: readonly unknown[]) =>
  input(...values)
    .warnings.filter(({ code }) => code === 'RefusalUncertain')
    .map(({ subject, detail }) => `${subject}: ${detail}`)
const web = task('web')
const ofService = (more: object) => doubts(web, service('web', more))
const zone = 'attribute:ecs.availability-zone'

describe('a value that may be refused', () => {
  it.each(['containerPort', 'hostPort'])('is a %s beside a range of ports', (field) => {
    const portMappings = [{ containerPortRange: '80-90', [field]: 80 }]
    expect(doubts(task('web', { containerDefinitions: [container({ portMappings })] }))).toEqual([
      `task definition web: containerDefinitions[0].portMappings[0].${field}: a mapping with a containerPortRange has no other port`,
    ])
    const zero = [{ containerPortRange: '80-90', [field]: 0 }]
    expect(
      doubts(task('web', { containerDefinitions: [container({ portMappings: zero })] })),
    ).toEqual([])
  })
  it('is a field of random, and a provider twice, of services and of calls', () => {
    const strategies = {
      placementStrategy: [{ type: 'random', field: 'cpu' }],
      capacityProviderStrategy: ['a', 'b', 'a'].map((name) => ({
        capacityProvider: name,
        weight: 1,
      })),
    }
    const lines = [
      'placementStrategy[0].field: the strategy random uses no field',
      'capacityProviderStrategy[2].capacityProvider: an earlier item has the provider',
    ]
    expect(ofService(strategies)).toEqual(
      expect.arrayContaining(lines.map((one) => `service web: ${one}`)),
    )
    const call = { taskDefinition: 'web', count: 1, ...strategies }
    expect(doubts(web, call)).toEqual(
      expect.arrayContaining(lines.map((one) => `call of RunTask for web: ${one}`)),
    )
    expect(ofService({ placementStrategy: [{ type: 'random' }] })).toEqual([])
  })
  it.each<[string, object]>([
    ['a DAEMON is not rebalanced', { schedulingStrategy: 'DAEMON', desiredCount: undefined }],
    ['tasks outside of AWS are not rebalanced', { launchType: 'EXTERNAL' }],
    [
      'a maximumPercent of 100 leaves no room to rebalance',
      { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 } },
    ],
    [
      `the first strategy has to be spread(${zone}), or none`,
      { placementStrategy: [{ type: 'binpack', field: 'memory' }] },
    ],
    [
      `a constraint on ${zone} fixes the zone`,
      { placementConstraints: [{ type: 'memberOf', expression: `${zone} == a` }] },
    ],
  ])('is the rebalancing of a service: %s', (why, more) => {
    const definition =
      'launchType' in more ? task('web', { requiresCompatibilities: ['EXTERNAL'] }) : web
    const of = (others: object) => doubts(definition, service('web', { ...more, ...others }))
    const availabilityZoneRebalancing = 'ENABLED'
    expect(of({ availabilityZoneRebalancing })).toEqual([
      `service web: availabilityZoneRebalancing: ${why}`,
    ])
    expect(of({ availabilityZoneRebalancing: 'DISABLED' })).toEqual([])
    expect(of({ availabilityZoneRebalancing, status: 'ACTIVE' })).toEqual([])
  })
  it('is no rebalancing of a service that is spread over zones first', () => {
    const placementStrategy = [{ type: 'spread', field: zone }, { type: 'random' }]
    expect(ofService({ availabilityZoneRebalancing: 'ENABLED', placementStrategy })).toEqual([])
    expect(ofService({ availabilityZoneRebalancing: 'ENABLED' })).toEqual([])
  })
})
