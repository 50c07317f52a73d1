/**
 * Tests the task sets of services of the deployment controller EXTERNAL: their calls, and their
 * tasks.
 */
import { readFileSync } from 'node:fs'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, openWorld, type World } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { computedCount } from '../memory/task-sets.js'
import { instance } from '../plan/plan.fixture.js'
import type { ServiceActionName } from './call-service.js'
import { callIn, refusalIn, webDefinition } from './call-world.fixture.js'

const open = (): World =>
  openWorld(ecsController(), { start: [1000], stop: 500 })
    .tell([webDefinition(1), webDefinition(2), joined('i-1', instance('i-1'))])
    .run()
const call = <Name extends ServiceActionName>(world: World, name: Name, request: object) =>
  callIn(world, name, { cluster: 'default', ...request })
const web = {
  ...{ serviceName: 'web', desiredCount: 4, deploymentController: { type: 'EXTERNAL' } },
}
const percent = (value: number) => ({ value, unit: 'PERCENT' })
const set = (revision: number, value: number, more: object = {}) => ({
  ...{ service: 'web', taskDefinition: `web:${revision}`, scale: percent(value) },
  ...more,
})

const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/task-sets.json', import.meta.url),
    'utf8',
  ),
) as readonly {
  readonly desiredCount: number
  readonly scale: number
  readonly computedDesiredCount: number
}[]

it.each(rows)('$scale percent of $desiredCount tasks are $computedDesiredCount', (row) => {
  const world = open()
  call(world, 'CreateService', { ...web, desiredCount: row.desiredCount })
  const { taskSet } = call(world, 'CreateTaskSet', set(1, row.scale))
  expect(taskSet.computedDesiredCount).toBe(row.computedDesiredCount)
  expect(world.run().active()).toHaveLength(row.computedDesiredCount)
})

describe('a service of task sets', () => {
  const world = open()
  it('is created without a task definition, and has no tasks by itself', () => {
    const { service } = call(world, 'CreateService', web)
    expect(service).toMatchObject({
      ...{ serviceName: 'web', status: 'ACTIVE', desiredCount: 4, runningCount: 0 },
      ...{ deploymentController: { type: 'EXTERNAL' }, deployments: [], taskSets: [] },
    })
    expect(call(world, 'ListServices', {}).serviceArns).toHaveLength(1)
  })
  it('has the tasks of a task set, and says so', () => {
    const { taskSet } = call(world, 'CreateTaskSet', set(1, 100, { externalId: 'blue' }))
    expect(taskSet).toMatchObject({
      ...{ id: 'ecs-svc/1', status: 'ACTIVE', externalId: 'blue', computedDesiredCount: 4 },
      taskSetArn: 'arn:aws:ecs:us-east-1:000000000000:task-set/default/web/ecs-svc/1',
      ...{ scale: percent(100), stabilityStatus: 'STABILIZING', pendingCount: 4 },
    })
    world.run()
    const { taskSets } = call(world, 'DescribeTaskSets', { service: 'web' })
    expect(taskSets).toMatchObject([{ runningCount: 4, stabilityStatus: 'STEADY_STATE' }])
    const [service] = call(world, 'DescribeServices', { services: ['web'] }).services
    expect(service!.events.at(-1)!.message).toContain(
      '(service web, taskSet ecs-svc/1) has started 4 tasks',
    )
  })
  it('moves to another one by scale, and makes it PRIMARY', () => {
    call(world, 'CreateTaskSet', set(2, 25))
    world.run()
    expect(world.active()).toHaveLength(5)
    call(world, 'UpdateTaskSet', { service: 'web', taskSet: 'ecs-svc/2', scale: percent(100) })
    const primary = { service: 'web', primaryTaskSet: 'ecs-svc/2' }
    expect(call(world, 'UpdateServicePrimaryTaskSet', primary).taskSet.status).toBe('PRIMARY')
    call(world, 'UpdateTaskSet', { service: 'web', taskSet: 'ecs-svc/1', scale: percent(0) })
    world.run()
    const gone = call(world, 'DeleteTaskSet', { service: 'web', taskSet: 'ecs-svc/1' })
    expect(gone.taskSet).toMatchObject({ id: 'ecs-svc/1', status: 'DRAINING' })
    world.run()
    const owners = new Set(world.active().map(({ owner }) => owner))
    expect([...owners]).toEqual(['web.2/ecs-svc/2'])
    const { taskSets, failures } = call(world, 'DescribeTaskSets', {
      ...{ service: 'web', taskSets: ['ecs-svc/1', 'ecs-svc/2'] },
    })
    expect(taskSets.map(({ id, status }) => [id, status])).toEqual([['ecs-svc/2', 'PRIMARY']])
    expect(failures).toMatchObject([{ reason: 'MISSING' }])
  })
  it('changes its count by UpdateService alone, and replaces a task that stops', () => {
    call(world, 'UpdateService', { service: 'web', desiredCount: 2 })
    world.run()
    expect(world.active()).toHaveLength(2)
    const [victim] = world.active()
    world.tell([{ _tag: 'ReplicaStopped', replica: victim!.replica }]).run()
    expect(world.active()).toHaveLength(2)
  })
  it('is deleted with its task sets by force', () => {
    expect(refusalIn(world, 'DeleteService', { service: 'web' })).toEqual([
      'InvalidParameterException',
      'force',
    ])
    const { service } = call(world, 'DeleteService', { service: 'web', force: true })
    expect(service.status).toBe('INACTIVE')
    expect(world.run().active()).toEqual([])
  })
})

describe('a call about task sets', () => {
  const world = open()
  call(world, 'CreateService', web)
  call(world, 'CreateService', { serviceName: 'own', taskDefinition: 'web:1', desiredCount: 1 })
  call(world, 'CreateTaskSet', set(1, 50))
  const named = { cluster: 'default', service: 'web' }
  const full = { cluster: 'default', ...set(1, 50) }
  it.each<[ServiceActionName, object, string, string]>([
    [
      'CreateService',
      { ...web, taskDefinition: 'web:1' },
      'InvalidParameterException',
      'taskDefinition',
    ],
    ['CreateService', { ...web, desiredCount: 9 }, 'InvalidParameterException', 'serviceName'],
    ['CreateTaskSet', { ...full, cluster: undefined }, 'InvalidParameterException', 'cluster'],
    ['CreateTaskSet', { ...full, cluster: 'blue' }, 'ClusterNotFoundException', 'cluster'],
    ['CreateTaskSet', { ...full, service: 'no' }, 'ServiceNotFoundException', 'service'],
    ['CreateTaskSet', { ...full, service: 'own' }, 'InvalidParameterException', 'service'],
    [
      'CreateTaskSet',
      { ...full, taskDefinition: 'no' },
      'InvalidParameterException',
      'taskDefinition',
    ],
    [
      'CreateTaskSet',
      { ...full, taskDefinition: undefined },
      'InvalidParameterException',
      'taskDefinition',
    ],
    ['CreateTaskSet', { ...full, scale: percent(101) }, 'InvalidParameterException', 'scale.value'],
    [
      'CreateTaskSet',
      { ...full, scale: { value: 1, unit: 'TASKS' } },
      'InvalidParameterException',
      'scale.unit',
    ],
    ['UpdateTaskSet', { ...named, taskSet: 'ecs-svc/2' }, 'InvalidParameterException', 'scale'],
    [
      'UpdateTaskSet',
      { ...named, taskSet: 'ecs-svc/99', scale: percent(1) },
      ...(['TaskSetNotFoundException', 'taskSet'] as const),
    ],
    ['DeleteTaskSet', { ...named, taskSet: 'ecs-svc/2' }, 'InvalidParameterException', 'force'],
    ['DeleteTaskSet', { ...named, taskSet: 'ecs-svc/9' }, 'TaskSetNotFoundException', 'taskSet'],
    [
      'DescribeTaskSets',
      { cluster: 'default', service: 'no' },
      'ServiceNotFoundException',
      'service',
    ],
    [
      'UpdateServicePrimaryTaskSet',
      { ...named, primaryTaskSet: 'ecs-svc/9' },
      ...(['TaskSetNotFoundException', 'primaryTaskSet'] as const),
    ],
    [
      'UpdateService',
      { ...named, taskDefinition: 'web:2' },
      'InvalidParameterException',
      'taskDefinition',
    ],
  ])('%s refuses %j', (name, request, exception, field) => {
    expect(refusalIn(world, name, request)).toEqual([exception, field])
  })
})

/** Whatever the scales and the counts: each set settles at its computed count. */
const settles = (count: typeof computedCount) =>
  fc.property(
    fc.array(fc.tuple(fc.nat(8), fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 4 }),
    (history) => {
      const world = open()
      call(world, 'CreateService', { ...web, desiredCount: 1 })
      call(world, 'CreateTaskSet', set(1, 0))
      call(world, 'CreateTaskSet', set(2, 0))
      return history.every(([desiredCount, ...scales]) => {
        call(world, 'UpdateService', { service: 'web', desiredCount })
        for (const [i, scale] of scales.entries())
          call(world, 'UpdateTaskSet', {
            ...{ service: 'web', taskSet: `ecs-svc/${i + 1}`, scale: percent(scale) },
          })
        world.run()
        const wanted = scales.map((scale) => count({ desiredCount }, { scale }))
        return wanted.every(
          (tasks, i) =>
            world.active().filter(({ owner }) => owner === `web.${i + 1}/ecs-svc/${i + 1}`)
              .length === tasks,
        )
      })
    },
  )

describe('the tasks of task sets', { timeout: 60_000 }, () => {
  it('are as many as the scales say', () => {
    fc.assert(settles(computedCount), { numRuns: 20, seed: 7 })
  })
  it('are refuted to be rounded down', () => {
    const down: typeof computedCount = ({ desiredCount }, { scale }) =>
      Math.floor((desiredCount * scale) / 100)
    expect(isRefuted(settles(down), { runsMax: 20, seed: 7 })).toBe(true)
  })
})
