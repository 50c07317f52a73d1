/** Tests the table of actions: a call by the name of an action equals a call of its function. */
import { instantOfSeconds } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { container, instance, task } from '../plan/plan.fixture.js'
import { actions, callAction, isActionName, type ActionName } from './actions.js'
import { cluster, done, refused } from './call.fixture.js'
import { describeContainerInstances } from './describe-container-instances.js'
import { describeTasks } from './describe-tasks.js'
import { runTask } from './run-task.js'

const small = { containerDefinitions: [container({ cpu: 1, memory: 6 })] }
const state = cluster([task('web', small), instance('i-1')])
const request = { taskDefinition: 'web', count: 2 }
const [after, { tasks }] = done(runTask(state, request, instantOfSeconds(5)))
const names = tasks.map(({ taskArn }) => taskArn)

describe('callAction', () => {
  it('answers as the function of that name', () => {
    expect(done(callAction(state, 'RunTask', request, instantOfSeconds(5)))[1]).toEqual({
      tasks,
      failures: [],
      refusals: [],
    })
    const described = done(
      callAction(after, 'DescribeTasks', { tasks: names }, instantOfSeconds(6)),
    )[1]
    expect(described).toEqual(describeTasks(after, names))
    const containerInstances = ['i-1', 'i-9']
    expect(
      done(
        callAction(
          after,
          'DescribeContainerInstances',
          { containerInstances },
          instantOfSeconds(6),
        ),
      )[1],
    ).toEqual(describeContainerInstances(after, containerInstances))
  })
  it.each(Object.keys(actions) as readonly ActionName[])('decodes the request of %s', (name) => {
    expect(refused(callAction(state, name, 'no object', instantOfSeconds(5))).exception).toBe(
      'InvalidParameterException',
    )
  })
  it.each(['DescribeTasks', 'DescribeContainerInstances'] as const)(
    'refuses %s of another cluster',
    (name) => {
      const named = { cluster: 'other', tasks: names, containerInstances: ['i-1'] }
      expect(refused(callAction(after, name, named, instantOfSeconds(6))).exception).toBe(
        'ClusterNotFoundException',
      )
    },
  )
  it('changes nothing when a call is refused', () => {
    expect(
      E.isLeft(callAction(state, 'RunTask', { ...request, count: 11 }, instantOfSeconds(5))),
    ).toBe(true)
    expect(state.tasks.size).toBe(0)
  })
  it.each([
    ['RunTask', true],
    ['runTask', false],
    ['toString', false],
  ])('knows whether %s is an action: %s', (name, is) => {
    expect(isActionName(name)).toBe(is)
  })
})

describe('the type of a request', () => {
  const at = instantOfSeconds(5)
  const answered = (result: ReturnType<typeof runTask>): boolean => E.isRight(result)

  it('is that of the API: amounts as texts, and fields that placement does not read', () => {
    const overrides = { cpu: '256', containerOverrides: [{ name: 'main', command: ['x'] }] }
    const full = { taskDefinition: 'web', launchType: 'EC2', tags: [], overrides } as const
    expect(answered(runTask(state, full, at))).toBe(true)
  })

  it('refuses what the API would refuse', () => {
    // @ts-expect-error The field is called taskDefinition.
    expect(answered(runTask(state, { definition: 'web' }, at))).toBe(false)
    // @ts-expect-error A count is a number.
    expect(answered(runTask(state, { taskDefinition: 'web', count: '2' }, at))).toBe(false)
    // @ts-expect-error There is no such launch type.
    expect(answered(runTask(state, { taskDefinition: 'web', launchType: 'VM' }, at))).toBe(false)
    // @ts-expect-error What nobody has typed goes to `callAction`.
    expect(answered(runTask(state, JSON.parse('{}') as unknown, at))).toBe(false)
  })
})
