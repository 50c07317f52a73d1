/**
 * Tests the reading of clusters, and that the default strategy of a cluster applies to its services
 * and calls.
 */
import { instantOfSeconds } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import { runTask } from '../api/run-task.js'
import {
  complaints,
  inSubnets,
  input,
  instance,
  service as serviceOf,
  task,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const web = task('web', {
  ...{ cpu: '256', memory: '512', networkMode: 'awsvpc' },
  requiresCompatibilities: ['EC2', 'FARGATE'],
})
const strategy = (capacityProvider: string) => [{ capacityProvider, weight: 1 }]
const cluster = (clusterName: string, capacityProvider: string) => ({
  ...{ clusterName, clusterArn: `arn:aws:ecs:r:1:cluster/${clusterName}`, status: 'ACTIVE' },
  defaultCapacityProviderStrategy: strategy(capacityProvider),
})
const spot = cluster('shop', 'FARGATE_SPOT')

/** Of which provider the only workload's tasks are, or on how many instances they are. */
const where = (...values: readonly object[]) => {
  const made = planOnInstances(input(web, instance('i-1'), ...values), { instances: [], seed: 0 })
  const on = made.plan.nodes.filter(({ holds }) => holds.length > 0).length
  return made.launched.map(({ capacityProvider }) => capacityProvider ?? 'none')[0] ?? on
}
const { networkConfiguration } = inSubnets('a')
const service = (name: string, more: object = {}) =>
  serviceOf(name, { networkConfiguration, ...more })

describe('the default strategy of a cluster', () => {
  it('is that of services and calls which name neither a launch type nor a strategy', () => {
    expect(where(spot, service('web'))).toBe('FARGATE_SPOT')
    expect(where({ clusters: [spot], failures: [] }, service('web'))).toBe('FARGATE_SPOT')
    expect(where(spot, { taskDefinition: 'web', count: 1, networkConfiguration })).toBe(
      'FARGATE_SPOT',
    )
    expect(where(spot, service('web', { capacityProviderStrategy: [], launchType: null }))).toBe(
      'FARGATE_SPOT',
    )
  })
  it('is not that of others, nor of a DAEMON', () => {
    expect(where(spot, service('web', { launchType: 'EC2' }))).toBe(1)
    expect(where(spot, service('web', { launchType: 'FARGATE' }))).toBe('none')
    const own = { capacityProviderStrategy: strategy('FARGATE') }
    expect(where(spot, service('web', own))).toBe('FARGATE')
    expect(where(spot, service('web', { schedulingStrategy: 'DAEMON' }))).toBe(1)
    expect(where({ ...spot, defaultCapacityProviderStrategy: [] }, service('web'))).toBe(1)
  })
  it('is that of the cluster which is named, the only one, or the one called default', () => {
    const others = [spot, cluster('default', 'FARGATE')]
    expect(where(...others, service('web', { cluster: 'shop' }))).toBe('FARGATE_SPOT')
    const clusterArn = 'arn:aws:ecs:r:1:cluster/shop'
    expect(where(...others, service('web', { clusterArn }))).toBe('FARGATE_SPOT')
    expect(where(...others, service('web'))).toBe('FARGATE')
    expect(where(spot, service('web', { cluster: 'other' }))).toBe(1)
  })
  it('lets Fargate refuse what it does not take', () => {
    const placementConstraints = [{ type: 'distinctInstance' }]
    expect(complaints(web, spot, service('web', { placementConstraints }))).toEqual([
      'file 3, placementConstraints: found a list of 1, expected no constraints, as Fargate takes none',
    ])
  })
  it('is that of calls which are carried out', () => {
    const call = { taskDefinition: 'web', networkConfiguration }
    const ran = runTask(clusterOf(input(web, spot)), call, instantOfSeconds(0))
    expect(E.isRight(ran) && ran.right[1].tasks).toMatchObject([
      {
        capacityProviderName: 'FARGATE_SPOT',
        taskArn: expect.stringContaining('/shop/') as string,
      },
    ])
    const other = runTask(
      clusterOf(input(web, spot, instance('i-1')), { cluster: 'x' }),
      call,
      instantOfSeconds(0),
    )
    expect(E.isRight(other) && other.right[1].tasks[0]?.launchType).toBe('EC2')
  })
  it('is refused where the API refuses it', () => {
    const defaultCapacityProviderStrategy = [...strategy('FARGATE'), ...strategy('own')]
    expect(complaints({ clusterName: 'x', defaultCapacityProviderStrategy })).toEqual([
      "file 1, defaultCapacityProviderStrategy: found FARGATE, own, expected Fargate's providers only, or none of them",
    ])
  })
})

describe('a cluster that is INACTIVE', () => {
  it('has no service and no call, as it is deleted', () => {
    const old = { clusterName: 'old', status: 'INACTIVE', capacityProviders: [] }
    const at = { cluster: 'old' }
    const expected = 'cluster: found old, which is INACTIVE, expected a cluster that is ACTIVE'
    expect(
      complaints(old, task('web'), serviceOf('web', at), {
        taskDefinition: 'web',
        count: 1,
        ...at,
      }),
    ).toEqual([`file 3, ${expected}`, `file 4, ${expected}`])
    const printed = { clusters: [{ clusterName: 'old', status: 'INACTIVE' }] }
    expect(complaints(printed, task('web'), serviceOf('web', at))).toEqual([`file 3, ${expected}`])
    const elsewhere = { cluster: 'new' }
    expect(complaints(old, task('web'), serviceOf('web', elsewhere))).toEqual([])
  })
})
