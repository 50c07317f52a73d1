/**
 * Tests affinity between workloads of a plan: requests that wait for tasks of others are placed
 * again in a later round.
 */
import { batch, empty, place, plan as kernelPlan } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainOnInstances } from './explain.js'
import { held, input, instance, service, task, unplaced } from './plan.fixture.js'
import { planOnInstances } from './plan.js'
import { placeInRounds, type Rounds } from './rounds.js'
import { worldOf } from './world.js'

const options = { instances: [], seed: 0 }
const plan = (...values: readonly unknown[]) => planOnInstances(input(...values), options)
const beside = (group: string) => ({
  placementConstraints: [{ type: 'memberOf', expression: `task:group == service:${group}` }],
})
const fleet = [instance('i-1'), instance('i-2')]

describe('a task that waits for another group', () => {
  it('has its place whatever the names are', () => {
    for (const [app, other] of [
      ['app', 'collector'],
      ['zapp', 'collector'],
    ] as const) {
      const made = plan(
        task(app),
        task(other),
        service(app, { desiredCount: 2, ...beside(other) }),
        service(other),
        ...fleet,
      )
      expect(held(made)).toEqual([`i-1: ${[app, app, other].sort().join(' ')}`, 'i-2: '])
    }
  })

  it('has it behind another that waits', () => {
    const made = plan(
      ...['a', 'b', 'c'].map((name) => task(name)),
      service('a', beside('b')),
      service('b', beside('c')),
      service('c'),
      ...fleet,
    )
    expect(held(made)).toEqual(['i-1: a b c', 'i-2: '])
  })

  it('has none where the others have none either', () => {
    const made = plan(
      ...['a', 'b'].map((name) => task(name)),
      service('a', beside('b')),
      service('b', beside('a')),
      ...fleet,
    )
    expect(unplaced(made)).toEqual([
      '1 a: 2 MemberOf placement constraint unsatisfied.',
      '1 b: 2 MemberOf placement constraint unsatisfied.',
    ])
  })

  it('is explained as it is placed', () => {
    const found = explainOnInstances(
      input(
        task('app'),
        task('collector'),
        service('app', beside('collector')),
        service('collector'),
        ...fleet,
      ),
      options,
      'app',
    )
    expect(found).toMatchObject({ value: { explanation: { chosen: 'i-1' } } })
  })

  it('is not said to be helped by fewer tasks; anti-affinity is', () => {
    const removables = (expression: string) => {
      const found = explainOnInstances(
        input(
          task('a'),
          service('a', { placementConstraints: [{ type: 'memberOf', expression }] }),
          instance('i-1'),
          task('b'),
          service('b', { desiredCount: 2, schedulingStrategy: 'DAEMON' }),
        ),
        options,
        'a',
      )
      return found._tag === 'None'
        ? []
        : found.value.explanation.nodes.flatMap(({ all }) => all.map(({ removable }) => removable))
    }
    expect(removables('task:group == service:x')).toEqual([false])
    expect(removables('not(task:group == service:b)')).toEqual([true])
    expect(removables('task:group != service:b')).toEqual([true])
    expect(removables('runningTasksCount > 5')).toEqual([false])
    expect(removables('runningTasksCount < 1')).toEqual([true])
  })
})

describe('a task that shuns another group', () => {
  const apart = (name: string, expression: string, more: object = {}) =>
    service(name, { placementConstraints: [{ type: 'memberOf', expression }], ...more })
  const outcome = (...values: readonly unknown[]) => {
    const made = planOnInstances(input(...values), options)
    return [held(made), unplaced(made)]
  }
  const refusal = '1 MemberOf placement constraint unsatisfied.'
  it.each(['a', 'y', 'zz'])('is placed after that group, when it is called %s', (name) => {
    const values = [
      task(name),
      task('z'),
      service('z'),
      apart(name, 'not(task:group == service:z)'),
    ]
    expect(outcome(...values, instance('i-1'))).toEqual([['i-1: z'], [`1 ${name}: ${refusal}`]])
    expect(outcome(...values, instance('i-1'), instance('i-2'))).toEqual([
      ['i-1: z', `i-2: ${name}`],
      [],
    ])
  })
  it('is explained as it is placed', () => {
    const read = input(
      ...[task('a'), task('z'), service('z')],
      ...[apart('a', 'not(task:group == service:z)'), instance('i-1')],
    )
    expect(explainOnInstances(read, options, 'a')).toMatchObject({
      value: { explanation: { nodes: [{ first: { plugin: 'placementConstraints' } }] } },
    })
  })
})

describe('rounds', () => {
  const names = ['a', 'b', 'c', 'd'] as const
  /** For each service, the one that it waits for, and its count. */
  const anyServices = fc.tuple(
    ...names.map(() =>
      fc.tuple(
        fc.option(fc.constantFrom(...names), { nil: undefined }),
        fc.integer({ min: 1, max: 3 }),
      ),
    ),
  )
  type Place = typeof placeInRounds
  /** By the book: every request without a place is tried again, until none finds any. */
  const untilNothingMoves: Place = (draft, requests) => {
    const rounds: Rounds = { attempts: [], answers: [] }
    const [attempts, answers] = [[...rounds.attempts], [...rounds.answers]]
    let left = [...requests]
    for (;;) {
      const tried = place(draft, left).answers
      const moved = tried.some(({ placed }) => placed.length > 0)
      if (!moved) return { attempts: [...attempts, ...left], answers: [...answers, ...tried] }
      left = left.flatMap((request, i) => {
        const { placed, unplaced: rest } = tried[i]!
        attempts.push({ ...request, count: placed.length })
        answers.push({ placed })
        return rest === undefined ? [] : [{ ...request, count: rest.count }]
      })
    }
  }
  const outcomeOf = (
    placing: Place,
    services: readonly (readonly [string | undefined, number])[],
  ) => {
    const large = { containerDefinitions: [{ name: 'main', cpu: 512, memory: 6 }] }
    const read = input(
      ...names.map((name) => task(name, large)),
      ...services.map(([other, desiredCount], i) =>
        service(names[i]!, { desiredCount, ...(other === undefined ? {} : beside(other)) }),
      ),
      ...fleet,
    )
    const [, made] = batch(empty, (draft) => {
      const { requests, running } = worldOf(
        draft,
        { input: read, more: [] },
        read.workloads,
        options,
      )
      const { attempts, answers } = placing(draft, requests)
      const { nodes, unplaced: rows } = kernelPlan(draft, attempts, running, answers)
      const counts = new Map(rows.map(({ name, count }) => [name, count]))
      return { holds: nodes.map(({ holds }) => holds), counts }
    })
    return made
  }
  const agrees = (placing: Place) =>
    fc.property(anyServices, (services) => {
      expect(outcomeOf(placing, services)).toEqual(outcomeOf(untilNothingMoves, services))
    })

  it('place what trying everything again places', () => fc.assert(agrees(placeInRounds)))
  it('are refuted when nothing is tried again', () => {
    const once: Place = (draft, requests) => ({
      attempts: requests,
      answers: place(draft, requests).answers,
    })
    expect(isRefuted(agrees(once))).toBe(true)
  })
})
