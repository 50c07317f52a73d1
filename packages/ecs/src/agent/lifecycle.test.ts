/**
 * Tests the statuses and versions of tasks and instances along their life cycles, as documented.
 */
import { instantOfSeconds } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { distinct } from '../../../../test/expected/ecs/a3-constraints.js'
import {
  desiredStatuses as desiredRows,
  instanceStatuses as instanceRows,
  stopCodes as stopCodeRows,
  taskStatuses as statusRows,
  versioned,
  work,
} from '../../../../test/expected/ecs/a9-lifecycle.js'
import { taskStatuses as wordStatuses, desiredStatuses, stopCodes } from '../words/task.js'
import { container, instance, resources, task } from '../plan/plan.fixture.js'
import { cluster, done, on, refused } from '../api/call.fixture.js'
import { describeInstances } from '../cluster/describe.js'
import { instanceStatuses } from './instance-report.js'
import {
  giveUpWaiting,
  interruptTask,
  reportInstance,
  reportTask,
  runTask,
  stopTask,
} from '../api/untyped.fixture.js'

const small = { containerDefinitions: [container({ cpu: 1024, memory: 1024 })] }
const empty = cluster([task('web', small), instance('i-1', 'a', { version: 7 })])
const [one, { tasks }] = done(
  runTask(empty, { taskDefinition: 'web', startedBy: 'me' }, instantOfSeconds(5)),
)
const { taskArn } = tasks[0]!

it('has the documented statuses and stop codes', () => {
  expect([wordStatuses, desiredStatuses, stopCodes, instanceStatuses]).toEqual([
    ...[statusRows, desiredRows, stopCodeRows, instanceRows],
  ])
})

describe('a task', () => {
  it('begins with a record of what was asked', () => {
    expect(tasks).toEqual([
      {
        taskArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${'1'.padStart(32, '0')}`,
        taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1',
        containerInstanceArn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i-1',
        ...{ group: 'family:web', startedBy: 'me', launchType: 'EC2', cpu: 1024, memory: 1024 },
        ...{ lastStatus: 'PENDING', desiredStatus: 'RUNNING', version: 1 },
        createdAt: '1970-01-01T00:00:05.000Z',
      },
    ])
  })
  it.each(statusRows)('goes forward from %s alone', (from) => {
    const start =
      from === 'PROVISIONING' || from === 'PENDING'
        ? one
        : done(reportTask(one, { task: taskArn, lastStatus: from }, instantOfSeconds(6)))[0]
    const at = start.tasks.get(taskArn)!.lastStatus
    for (const lastStatus of statusRows) {
      const called = reportTask(start, { task: taskArn, lastStatus }, instantOfSeconds(7))
      const isForward =
        statusRows.indexOf(lastStatus) >= (statusRows as readonly string[]).indexOf(at)
      if (isForward) expect(done(called)[1].task.lastStatus).toBe(lastStatus)
      else expect(refused(called).wrong[0]!.at).toEqual(['lastStatus'])
    }
  })
  it('has its version one higher with each change, and its instance too', () => {
    expect(versioned).toEqual(['task', 'container instance'])
    const versions = (state: typeof one) => [
      state.tasks.get(taskArn)?.version,
      state.instances.get('i-1')?.version,
    ]
    const [running] = done(
      reportTask(one, { task: taskArn, lastStatus: 'RUNNING' }, instantOfSeconds(6)),
    )
    const [same] = done(
      reportTask(running, { task: taskArn, lastStatus: 'RUNNING' }, instantOfSeconds(7)),
    )
    const [stopping] = done(
      stopTask(same, { task: taskArn, reason: 'enough' }, instantOfSeconds(8)),
    )
    const [again] = done(stopTask(stopping, { task: taskArn }, instantOfSeconds(9)))
    const [stopped] = done(
      reportTask(again, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(10)),
    )
    expect([empty, one, running, same, stopping, again, stopped].map(versions)).toEqual([
      ...[
        [undefined, 7],
        [1, 8],
        [2, 9],
        [2, 9],
        [3, 10],
        [3, 10],
        [4, 11],
      ],
    ])
    expect(stopped.tasks.get(taskArn)).toMatchObject({
      ...{ stopCode: 'UserInitiated', stoppedReason: 'enough', desiredStatus: 'STOPPED' },
      startedAt: '1970-01-01T00:00:06.000Z',
      stoppingAt: '1970-01-01T00:00:08.000Z',
      stoppedAt: '1970-01-01T00:00:10.000Z',
    })
  })
  it('holds what it has until it is STOPPED', () => {
    const cpuLeft = (state: typeof one) =>
      describeInstances(state)[0]!.remainingResources!.find(({ name }) => name === 'CPU')!
        .integerValue
    const [stopping] = done(stopTask(one, { task: taskArn }, instantOfSeconds(6)))
    const [stopped] = done(
      reportTask(stopping, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(7)),
    )
    expect([empty, one, stopping, stopped].map(cpuLeft)).toEqual([2048, 1024, 1024, 2048])
    expect(describeInstances(stopping)[0]!.runningTasksCount).toBe(0)
  })
  it('stops for what nobody said', () => {
    const stopCode = (from: typeof one) =>
      done(reportTask(from, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(9)))[1].task
        .stopCode
    const [running] = done(
      reportTask(one, { task: taskArn, lastStatus: 'RUNNING' }, instantOfSeconds(6)),
    )
    expect([stopCode(one), stopCode(running)]).toEqual([
      'TaskFailedToStart',
      'EssentialContainerExited',
    ])
  })
  it('gets its interface before it is PENDING', () => {
    const awsvpc = cluster([task('web', { ...small, networkMode: 'awsvpc' }), instance('i-1')])
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['s'] } }
    const [, answer] = done(
      runTask(awsvpc, { taskDefinition: 'web', networkConfiguration }, instantOfSeconds(0)),
    )
    expect(work.find((row) => row.work === 'network interface of awsvpc')!.in).toContain(
      answer.tasks[0]!.lastStatus,
    )
  })
  it('that is not there can not be stopped, and time does not go back', () => {
    expect(refused(stopTask(one, { task: 'x' }, instantOfSeconds(9)))).toMatchObject({
      exception: 'InvalidParameterException',
      message: 'task: found "x", expected a task of the cluster',
    })
    expect(refused(stopTask(one, { task: taskArn }, instantOfSeconds(4))).message).toBe(
      'at: found 4000, expected no earlier than the last call, at 5000',
    )
    expect(
      refused(stopTask(one, { task: taskArn, cluster: 'other' }, instantOfSeconds(9))).exception,
    ).toBe('ClusterNotFoundException')
  })
})

describe('an instance', () => {
  it('keeps its tasks while it drains, and gets no more', () => {
    const [draining] = done(
      reportInstance(one, { containerInstance: 'i-1', status: 'DRAINING' }, instantOfSeconds(6)),
    )
    const [after, { failures }] = done(
      runTask(draining, { taskDefinition: 'web' }, instantOfSeconds(7)),
    )
    expect(failures.map(({ reason }) => reason)).toEqual(['NOT ACTIVE'])
    expect([after.replicas.size, describeInstances(after)[0]!.runningTasksCount]).toEqual([1, 1])
    const [stopped] = done(
      reportTask(after, { task: taskArn, lastStatus: 'STOPPED' }, instantOfSeconds(8)),
    )
    const [active] = done(
      reportInstance(stopped, { containerInstance: 'i-1', status: 'ACTIVE' }, instantOfSeconds(9)),
    )
    expect(
      done(runTask(active, { taskDefinition: 'web', count: 3 }, instantOfSeconds(10)))[1].tasks,
    ).toHaveLength(2)
  })
})

describe('tasks that are there already', () => {
  const arn = (id: string) => `arn:aws:ecs:r:1:task/c/${id}`
  const there = (id: string, more: object) => ({
    taskArn: arn(id),
    taskDefinitionArn: 'arn:aws:ecs:r:1:task-definition/web:1',
    containerInstanceArn: 'arn:aws:ecs:r:1:container-instance/c/abc',
    ...{ group: 'family:web', lastStatus: 'RUNNING', desiredStatus: 'RUNNING', version: 3 },
    ...more,
  })
  const busy = instance('i-1', 'a', {
    containerInstanceArn: 'arn:aws:ecs:r:1:container-instance/c/abc',
    runningTasksCount: 2,
    remainingResources: resources(512, 2048),
  })
  it('take what they take once, and give it back', () => {
    const state = cluster([{ tasks: [there('x', {})], failures: [] }, task('web', small), busy])
    const left = (from: typeof state) => describeInstances(from)[0]!.remainingResources
    expect(left(state)).toEqual(resources(512, 2048))
    for (const name of ['x', arn('x')]) {
      const [gone] = done(
        reportTask(state, { task: name, lastStatus: 'STOPPED' }, instantOfSeconds(1)),
      )
      expect(left(gone)).toEqual(resources(1536, 3072))
    }
    expect(state.options).toMatchObject({ region: 'r', account: '1', cluster: 'c' })
  })
  it.each(distinct)('$group, $desiredStatus and $lastStatus, blocks: $blocks', (row) => {
    const { group, desiredStatus, lastStatus, blocks } = row
    const tiny = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
    const state = cluster([
      there('x', { group, desiredStatus, lastStatus }),
      task('web', tiny),
      busy,
    ])
    const placementConstraints = [{ type: 'distinctInstance' }]
    const request = { taskDefinition: 'web', group: 'service:web', placementConstraints }
    const { tasks: more, failures } = done(runTask(state, request, instantOfSeconds(0)))[1]
    expect(on(more)).toEqual(blocks ? [] : ['abc'])
    expect(failures.map(({ reason }) => reason)).toEqual(
      blocks ? ['DistinctInstance placement constraint unsatisfied.'] : [],
    )
  })
})

describe('what no task is named by', () => {
  it.each([
    ['interruptTask', interruptTask],
    ['giveUpWaiting', giveUpWaiting],
  ] as const)('is refused by %s with the field', (_, transition) => {
    const state = cluster([])
    for (const request of [{}, { task: 7 }, undefined, []])
      expect(refused(transition(state, request, instantOfSeconds(0))).exception).toBe(
        'InvalidParameterException',
      )
    expect(refused(transition(state, {}, instantOfSeconds(0))).wrong[0]!.at).toEqual(['task'])
  })
})
