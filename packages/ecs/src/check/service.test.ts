/** Tests the validation of services. */
import { renderValue } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { complaints, forFargate, inSubnets, service, task } from '../plan/plan.fixture.js'

/** The definition is for Fargate and for instances, so that only the service can be wrong. */
const definition = { ...forFargate, requiresCompatibilities: ['EC2', 'FARGATE'] }
const ofService = (more: object) =>
  complaints(task('web', definition), service('web', { ...inSubnets('a'), ...more })).map((line) =>
    line.slice(8),
  )

const memberOf = { type: 'memberOf', expression: 'attribute:stack == prod' }
const spread = { type: 'spread', field: 'instanceId' }

describe('a service', () => {
  it.each([
    ['of no task', { desiredCount: 0 }],
    ['of daemons', { schedulingStrategy: 'DAEMON', desiredCount: undefined }],
    [
      'on providers',
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'x', weight: 1 }] },
    ],
    ['as it is described', { launchType: 'EC2', capacityProviderStrategy: [] }],
    ['packed as people write it', { placementStrategy: [{ type: 'binpack', field: 'MEMORY' }] }],
    ['of five strategies', { placementStrategy: Array(5).fill(spread) }],
    ['of distinct instances', { placementConstraints: [{ type: 'distinctInstance' }] }],
    ['of 16 subnets', inSubnets(...Array.from({ length: 16 }, (_, i) => `subnet-${i}`))],
    ['of a long name', { serviceName: `Web_1-${'n'.repeat(249)}` }],
    ['of random instances', { placementStrategy: [{ type: 'random', field: 'whatever' }] }],
  ])('is right %s', (_, more) => {
    expect(ofService(more)).toEqual([])
  })

  it.each([
    [
      { desiredCount: undefined },
      'desiredCount: found nothing, expected a whole number of tasks, 0 or more',
    ],
    [{ desiredCount: -1 }, 'desiredCount: found -1, expected a whole number of tasks, 0 or more'],
    [
      {
        launchType: 'FARGATE',
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      },
      'launchType: found "FARGATE", expected nothing, beside a capacityProviderStrategy',
    ],
    [
      {
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE_SPOT', weight: 1 },
          { capacityProvider: 'fleet' },
        ],
      },
      "capacityProviderStrategy: found FARGATE_SPOT, fleet, expected Fargate's providers only, or none of them",
    ],
    [
      { placementStrategy: Array(6).fill(spread) },
      'placementStrategy: found a list of 6, expected at most 5',
    ],
    [
      { placementStrategy: [{ type: 'binpack', field: 'disk' }] },
      'placementStrategy[0].field: found "disk", expected cpu or memory',
    ],
    [
      { placementStrategy: [spread, { type: 'spread', field: 'ecs.availability-zone' }] },
      'placementStrategy[1].field: found "ecs.availability-zone", expected instanceId, host or attribute:NAME',
    ],
    [
      { placementStrategy: [{ type: 'spread' }] },
      'placementStrategy[0].field: found nothing, expected instanceId, host or attribute:NAME',
    ],
    [
      { schedulingStrategy: 'DAEMON', placementStrategy: [spread] },
      'placementStrategy: found a list of 1, expected no strategy, as the service is a DAEMON',
    ],
    [
      { launchType: 'FARGATE', schedulingStrategy: 'DAEMON' },
      'schedulingStrategy: found "DAEMON", expected REPLICA, as Fargate has no DAEMON services',
    ],
    [
      { launchType: 'FARGATE', placementConstraints: [{ type: 'distinctInstance' }] },
      'placementConstraints: found a list of 1, expected no constraints, as Fargate takes none',
    ],
    [
      {
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
        placementStrategy: [{ type: 'random' }],
      },
      'placementStrategy: found a list of 1, expected no strategies, as Fargate takes none',
    ],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'capacityProviderStrategy: found no capacity provider with a weight value greater than zero, expected at least one, in the strategy itself or in the default one of its cluster',
    ],
    [
      { placementConstraints: Array(11).fill(memberOf) },
      'placementConstraints: found a list of 11, expected at most 10',
    ],
    [
      { placementConstraints: [{ type: 'distinctInstance', expression: 'x' }] },
      'placementConstraints[0].expression: found "x", expected no expression beside distinctInstance',
    ],
    [
      { placementConstraints: [{ type: 'memberOf' }] },
      'placementConstraints[0].expression: found nothing, expected an expression of the cluster query language, of at most 2000 characters',
    ],
    ...['my web', 'my.web', 'ü', 'n'.repeat(256)].map(
      (serviceName) =>
        [
          { serviceName },
          `serviceName: found ${renderValue(serviceName)}, expected at most 255 letters, digits, hyphens and underscores`,
        ] as const,
    ),
    [
      inSubnets(...Array.from({ length: 17 }, (_, i) => `subnet-${i}`)),
      'networkConfiguration.awsvpcConfiguration.subnets: found 17 of them, expected at most 16',
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['a'], securityGroups: Array<string>(6).fill('sg') },
        },
      },
      'networkConfiguration.awsvpcConfiguration.securityGroups: found 6 of them, expected at most 5',
    ],
  ] as const)('%j is wrong', (more, line) => {
    expect(ofService(more)).toEqual([line])
  })

  it('counts its constraints together with those of its task definition', () => {
    const own = { placementConstraints: Array(6).fill(memberOf) }
    expect(complaints(task('web', own), service('web', own))).toEqual([
      'file 2, placementConstraints: found 12 constraints, the 6 of the task definition included, expected at most 10',
    ])
  })
})
