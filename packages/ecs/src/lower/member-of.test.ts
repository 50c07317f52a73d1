/**
 * Tests the placement constraint `memberOf`: which instances it allows, what a refusal says, and
 * how it reads the tasks on an instance.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { toUndefined } from 'fp-ts/lib/Option.js'
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
import { explainOnInstances } from '../plan/explain.js'
import { planOnInstances } from '../plan/plan.js'

const options = { instances: [], seed: 0 }
const plan = (...values: readonly object[]) => planOnInstances(input(...values), options)
const memberOf = (...expressions: readonly string[]) => ({
  placementConstraints: expressions.map((expression) => ({ type: 'memberOf', expression })),
})
const stack = (id: string, value: string, more: object = {}) =>
  instance(id, 'a', { attributes: [{ name: 'stack', value }], ...more })
const fleet = [stack('i-1', 'prod'), stack('i-2', 'test'), instance('i-3')]
const unsatisfied = 'MemberOf placement constraint unsatisfied.'

describe('memberOf', () => {
  it.each([
    ['attribute:stack == prod', ['i-1: web', 'i-2: ', 'i-3: ']],
    ['attribute:stack != prod', ['i-1: ', 'i-2: web', 'i-3: ']],
    ['attribute:stack !exists', ['i-1: ', 'i-2: ', 'i-3: web']],
    ['ec2InstanceId in [i-2, i-3]', ['i-1: ', 'i-2: web', 'i-3: ']],
  ])('of a service, %s, chooses %j', (expression, expected) => {
    expect(held(plan(task('web'), service('web', memberOf(expression)), ...fleet))).toEqual(
      expected,
    )
  })

  it('of a definition and of its service hold together, and a task by itself has that of its own', () => {
    const definition = task('web', memberOf('attribute:stack exists'))
    const more = memberOf('attribute:stack =~ t.*')
    expect(held(plan(definition, service('web', more), ...fleet))[1]).toBe('i-2: web')
    expect(unplaced(plan(definition, instance('i-3')))).toEqual([`1 web: 1 ${unsatisfied}`])
  })

  it('is the reason, behind the resources and before distinctInstance', () => {
    const more = {
      desiredCount: 3,
      placementConstraints: [
        { type: 'distinctInstance' },
        { type: 'memberOf', expression: 'attribute:stack exists' },
      ],
    }
    const full = instance('i-4', 'a', { remainingResources: resources(0, 0) })
    expect(unplaced(plan(task('web'), service('web', more), ...fleet, full))).toEqual([
      `1 web: 1 RESOURCE:CPU, 1 RESOURCE:MEMORY, 1 ${unsatisfied}, 2 DistinctInstance placement constraint unsatisfied.`,
    ])
  })

  it('says where daemons are wanted', () => {
    const daemon = { schedulingStrategy: 'DAEMON', desiredCount: undefined }
    const only = { ...daemon, ...memberOf('attribute:stack == test') }
    expect(held(plan(task('log'), service('log', only), ...fleet))).toEqual([
      'i-1: ',
      'i-2: log',
      'i-3: ',
    ])
  })

  it('is refused with a caret where it can not be read', () => {
    const wrong = service('web', memberOf('attribute:stack === prod'))
    expect(complaints(task('web'), wrong)[0]!.split('\n')).toEqual([
      'file 2, placementConstraints[0].expression: found "===", expected an operator of attribute:stack: ==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~',
      '    attribute:stack === prod',
      '                    ^',
    ])
  })
})

describe('memberOf over tasks', () => {
  it('puts a service beside another, or apart from it', () => {
    const beside = service('web', memberOf('task:group == service:db'))
    const apart = service('web', memberOf('not(task:group == service:db)'))
    const db = service('db', { ...memberOf('ec2InstanceId == i-2') })
    const definitions = [task('web'), task('db')]
    expect(held(plan(...definitions, db, beside, ...fleet))).toEqual([
      'i-1: ',
      'i-2: db web',
      'i-3: ',
    ])
    expect(held(plan(...definitions, db, apart, ...fleet))[1]).toBe('i-2: db')
  })

  it('knows groups by pattern, those of tasks by themselves too', () => {
    const web = service('web', memberOf('task:group =~ family:.*'))
    expect(
      held(plan(task('web'), task('batch', memberOf('ec2InstanceId == i-3')), web, ...fleet)),
    ).toEqual(['i-1: ', 'i-2: ', 'i-3: batch web'])
  })

  it('counts the tasks that an instance tells of, and the one that takes what it does not tell of', () => {
    const fourth = stack('i-4', 'prod', { runningTasksCount: 2 })
    const silent = stack('i-5', 'prod', { remainingResources: resources(2048, 1024) })
    const ports = [{ name: 'PORTS', stringSetValue: ['22'] }]
    const idle = stack('i-6', 'prod', { registeredResources: [...resources(2048, 4096), ...ports] })
    const where = (expression: string) =>
      held(
        plan(
          task('web'),
          service('web', { desiredCount: 1, ...memberOf(expression) }),
          fourth,
          silent,
          idle,
        ),
      )
    expect(where('runningTasksCount == 2')[0]).toBe('i-4: web')
    expect(where('runningTasksCount == 1')[1]).toBe('i-5: web')
    expect(where('runningTasksCount == 0')[2]).toBe('i-6: web')
    expect(where('task:group !exists')[2]).toBe('i-6: web')
  })

  it('can be helped by stopping a task, as one over attributes can not', () => {
    const why = (expression: string, more: object = {}) => {
      const read = input(
        task('web'),
        service('web', memberOf(expression)),
        stack('i-1', 'prod', more),
      )
      return toUndefined(explainOnInstances(read, options, 'web'))?.explanation.nodes[0]?.first
    }
    expect(why('runningTasksCount < 1', { runningTasksCount: 1 })).toMatchObject({
      removable: true,
      reasons: [unsatisfied],
    })
    expect(why('attribute:stack == test')).toMatchObject({
      removable: false,
      reasons: [unsatisfied],
    })
  })
})

/**
 * However many instances and tasks there are, no instance has more tasks than the expression lets a
 * further one see.
 */
const holdsAtMost = (expressionOf: (most: number) => string) =>
  fc.property(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 1, max: 3 }),
    (instances, desiredCount, most) => {
      const more = { desiredCount, ...memberOf(expressionOf(most)) }
      const { plan: made } = plan(
        task('web', { containerDefinitions: [{ name: 'main', cpu: 1, memory: 6 }] }),
        service('web', more),
        ...Array.from({ length: instances }, (_, i) => instance(`i-${i}`)),
      )
      const counts = made.nodes.map(({ holds }) => holds[0]?.count ?? 0)
      expect(Math.max(...counts)).toBeLessThanOrEqual(most)
      expect(counts.reduce((sum, count) => sum + count)).toBe(
        Math.min(desiredCount, most * instances),
      )
    },
  )

describe('runningTasksCount while placing', () => {
  it('sees each task that was placed before', () => {
    fc.assert(holdsAtMost((most) => `runningTasksCount < ${most}`))
  })
  it.each([
    ['one more is let in', (most: number) => `runningTasksCount <= ${most}`],
    ['nothing is counted', () => 'runningTasksCount >= 0'],
  ])('is refuted when %s', (_, expressionOf) => {
    expect(isRefuted(holdsAtMost(expressionOf))).toBe(true)
  })
})
