/**
 * Tests subnets among the documents: tasks with network interfaces of their own go to instances in
 * the zones of their subnets.
 */
import { instantOfSeconds } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import { complaints, held, input, instance, service, task, unplaced } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'
import { runTask } from '../api/run-task.js'

const subnet = (SubnetId: string, AvailabilityZone: string) => ({
  ...{ SubnetId, AvailabilityZone, CidrBlock: '10.0.0.0/20', State: 'available' },
})
const printed = { Subnets: [subnet('in-a', 'a'), subnet('in-b', 'b')] }
const fleet = [instance('i-1', 'a'), instance('i-2', 'b'), instance('i-3', 'c')]
const web = task('web', { networkMode: 'awsvpc' })
const configured = (...subnets: readonly string[]) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets } },
})
const plan = (...values: readonly object[]) =>
  planOnInstances(input(...values, ...fleet), { instances: [], seed: 0 })
const zoneTexts = ({ warnings }: ReturnType<typeof plan>) =>
  warnings.filter(({ text }) => text.includes('in which zones'))

describe('the zones of subnets', () => {
  it('are where a service has its tasks', () => {
    const spread = { placementStrategy: [{ type: 'spread', field: 'instanceId' }] }
    const webService = service('web', { desiredCount: 3, ...configured('in-b'), ...spread })
    const made = plan(web, webService, printed)
    expect(held(made)).toEqual(['i-1: ', 'i-2: web web web', 'i-3: '])
    expect(zoneTexts(made)).toEqual([])
    const full = plan(web, service('web', { desiredCount: 9, ...configured('in-b') }), printed)
    expect(unplaced(full)[0]).toContain('2 LOCATION')
  })
  it('are told by a list of subnets that a query has left with little', () => {
    const little = { Subnets: [{ SubnetId: 'in-b', AvailabilityZone: 'b' }] }
    const made = plan(web, service('web', configured('in-b')), little)
    expect(held(made)).toEqual(['i-1: ', 'i-2: web', 'i-3: '])
    expect(zoneTexts(made)).toEqual([])
    expect(input(web, { Subnets: [{ AvailabilityZone: 'b' }] }).ignored).toHaveLength(1)
  })
  it('are where a call has them, carried out or planned', () => {
    const call = { taskDefinition: 'web', count: 2, ...configured('in-b') }
    expect(held(plan(web, call, printed))[1]).toBe('i-2: family:web family:web')
    const ran = runTask(clusterOf(input(web, printed, ...fleet)), call, instantOfSeconds(0))
    expect(E.isRight(ran) && ran.right[1].tasks.map((one) => one.containerInstanceArn)).toEqual(
      Array(2).fill(expect.stringContaining('i-2')),
    )
  })
  it('are not asked for where one of them is not known, which is told', () => {
    const made = plan(web, service('web', configured('in-b', 'elsewhere')), printed)
    expect(zoneTexts(made)).toHaveLength(1)
    expect(held(made)[0]).toBe('i-1: web')
  })
  it('are told once, and by a subnet', () => {
    expect(complaints(subnet('x', 'a'), subnet('x', 'b'))).toEqual([
      'file 2, SubnetId: found "x", expected an id of its own: x is also in file 1',
    ])
    expect(complaints({ ...subnet('x', 'a'), AvailabilityZone: 7 })).toEqual([
      'file 1, AvailabilityZone: found 7, expected an availability zone',
    ])
    expect(input(web, { SubnetId: 'x', InstanceId: 'i' }).ignored).toHaveLength(1)
  })
})
