/** Tests calls of StopTask among the documents. */
import { describe, expect, it } from 'vitest'
import {
  complaints,
  held,
  input,
  instance,
  resources,
  service,
  task,
  unplaced,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const arn = 'arn:aws:ecs:r:1:task/default/0123456789abcdef0123456789abcdef'
const running = {
  ...{ taskArn: arn, taskDefinitionArn: 'web:1', group: 'service:web' },
  ...{ containerInstanceArn: 'i-1', lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
}
const web = [task('web'), service('web'), running]
const plan = (...values: readonly object[]) =>
  planOnInstances(input(...web, ...values), { instances: [], seed: 0 })
const [only, other] = [instance('i-1'), instance('i-2')]

describe('a call of StopTask', () => {
  it('lets a service have another task, and the one that stops its room', () => {
    expect(held(plan(only, other))).toEqual(['i-1: web', 'i-2: '])
    const small = instance('i-1', 'a', { registeredResources: resources(256, 512) })
    const stopping = plan(small, other, { task: arn, reason: 'enough' })
    expect(held(stopping)).toEqual(['i-1: ', 'i-2: web'])
    expect(stopping.warnings).toEqual([
      {
        ...{ code: 'TaskStopping', from: 'file 6', subject: `task ${arn}` },
        text: 'a call of StopTask stops it: it keeps its room until it is STOPPED',
      },
    ])
    expect(unplaced(plan(small, { task: arn }))).toHaveLength(1)
  })
  it('names its task by the id too', () => {
    expect(input(...web, { task: arn.split('/').at(-1)! }).tasks[0]?.desiredStatus).toBe('STOPPED')
  })
  it('is refused of a task that is not there, and for a field of another type', () => {
    expect(complaints(...web, { task: 'x', cluster: 'default' })).toEqual([
      'file 4, task: found "x", expected a task among the documents, as describe-tasks prints it',
    ])
    expect(complaints(...web, { task: arn, reason: 7 })).toEqual([
      'file 4, reason: found 7, expected a string',
    ])
  })
  it('says nothing of a task that has stopped already', () => {
    const stopped = { ...running, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }
    expect(input(task('web'), stopped, { task: arn }).warnings).toEqual([])
  })
  it('is none where something else is called a task', () => {
    for (const other of [{ task: 'build' }, { task: arn, command: 'make' }, { task: { id: 1 } }])
      expect(input(...web, other).ignored).toHaveLength(1)
  })
})
