/**
 * Tests that a plan of a RunTask or StartTask call gives the result that the API simulation gives:
 * the same number of tasks on each instance, and the same number without a place.
 */
import { byCodeUnit, instantOfSeconds } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import { runTask } from '../api/run-task.js'
import { type CallResult } from '../cluster/state.js'
import { type StartedTasks } from '../cluster/start-result.js'
import { startTask } from '../api/start-task.js'
import { idIn, subnetOf } from '../words/task.js'
import { container, input, instance, resources, task } from './plan.fixture.js'
import { planOnInstances } from './plan.js'

const anyInstance = fc.record({
  zone: fc.constantFrom('a', 'b', 'c'),
  cpu: fc.constantFrom(256, 512, 1024, 2048),
  memory: fc.constantFrom(512, 1024, 4096),
  status: fc.constantFrom('ACTIVE', 'ACTIVE', 'DRAINING', 'INACTIVE'),
})
const anyStrategy = fc.constantFrom(
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'spread', field: 'instanceId' },
  { type: 'binpack', field: 'cpu' },
  { type: 'binpack', field: 'memory' },
)
const anyConstraint = fc.constantFrom(
  { type: 'distinctInstance' },
  { type: 'memberOf', expression: 'attribute:ecs.availability-zone in [a, b]' },
  { type: 'memberOf', expression: 'runningTasksCount < 2' },
  { type: 'memberOf', expression: 'not(task:group == family:other)' },
)
const anyFleet = fc.array(anyInstance, { minLength: 1, maxLength: 5 })
const definition = task('web', {
  containerDefinitions: [container({ portMappings: [{ containerPort: 80 }] })],
})
const documentsOf = (
  fleet: readonly { zone: string; cpu: number; memory: number; status: string }[],
) => [
  definition,
  ...fleet.map(({ zone, cpu, memory, status }, i) =>
    instance(`i-${i}`, zone, { status, registeredResources: resources(cpu, memory) }),
  ),
]

/** How many tasks are on each instance that has any, in the order of their names. */
const planned = (...values: readonly object[]): readonly (readonly [string, number])[] =>
  planOnInstances(input(...values), { instances: [], seed: 0 }).plan.nodes.flatMap(
    ({ name, holds }) => holds.map(({ count }) => [name, count] as const),
  )
const carriedOut = (called: CallResult<StartedTasks>): readonly (readonly [string, number])[] => {
  if (E.isLeft(called)) throw new Error(called.left.message)
  const counts = new Map<string, number>()
  for (const { containerInstanceArn = '' } of called.right[1].tasks)
    counts.set(idIn(containerInstanceArn), (counts.get(idIn(containerInstanceArn)) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => byCodeUnit(a, b))
}

const runs = (count: (taskCount: number) => number) =>
  fc.property(
    anyFleet,
    fc.integer({ min: 1, max: 10 }),
    fc.array(anyStrategy, { minLength: 1, maxLength: 3 }),
    fc.array(anyConstraint, { maxLength: 2 }),
    (fleet, taskCount, placementStrategy, placementConstraints) => {
      const documents = documentsOf(fleet)
      if (fleet.every(({ status }) => status === 'INACTIVE')) return
      const call = {
        taskDefinition: 'web',
        count: taskCount,
        placementStrategy,
        placementConstraints,
      }
      expect(planned(...documents, { ...call, count: count(taskCount) })).toEqual(
        carriedOut(runTask(clusterOf(input(...documents)), call, instantOfSeconds(0))),
      )
    },
  )

const starts = (nth: (index: number) => number) =>
  fc.property(anyFleet, fc.array(fc.nat(5), { minLength: 1, maxLength: 10 }), (fleet, named) => {
    const documents = documentsOf(fleet)
    const call = (of: (index: number) => number) => ({
      ...{ taskDefinition: 'web', containerInstances: named.map((index) => `i-${of(index)}`) },
    })
    expect(planned(...documents, call(nth))).toEqual(
      carriedOut(
        startTask(
          clusterOf(input(...documents)),
          call((index) => index),
          instantOfSeconds(0),
        ),
      ),
    )
  })

describe('a call of RunTask', () => {
  it('is planned as it is carried out', () => fc.assert(runs((taskCount) => taskCount)))
  it('is not when it has one task more', () => {
    expect(isRefuted(runs((taskCount) => Math.min(10, taskCount + 1)))).toBe(true)
  })
})

describe('a call of StartTask', () => {
  it('is planned as it is carried out', () => fc.assert(starts((index) => index)))
  it('is not on the instances that come after', () => {
    expect(isRefuted(starts((index) => index + 1))).toBe(true)
  })
})

const onFargate = task('web', {
  ...{ cpu: '256', memory: '512', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
})

/** How many tasks of each provider are in each subnet. */
const launches = (base: (base: number) => number) =>
  fc.property(
    fc.integer({ min: 1, max: 10 }),
    fc.integer({ min: 1, max: 4 }),
    fc.tuple(fc.nat(4), fc.nat(3), fc.integer({ min: 1, max: 3 })),
    (count, subnets, [taskCount, onDemand, spot]) => {
      const call = (of: number) => ({
        ...{ taskDefinition: 'web', count },
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['s-0', 's-1', 's-2', 's-3'].slice(0, subnets) },
        },
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: of, weight: onDemand },
          { capacityProvider: 'FARGATE_SPOT', weight: spot },
        ],
      })
      const { launched } = planOnInstances(input(onFargate, call(base(taskCount))), {
        ...{ instances: [], seed: 0 },
      })
      const called = runTask(clusterOf(input(onFargate)), call(taskCount), instantOfSeconds(0))
      if (E.isLeft(called)) throw new Error(called.left.message)
      const places = launched.flatMap((one) =>
        Array<string>(one.count).fill(`${one.capacityProvider} ${one.subnet}`),
      )
      expect(places.sort()).toEqual(
        called.right[1].tasks.map((one) => `${one.capacityProviderName} ${subnetOf(one)}`).sort(),
      )
    },
  )

describe('a call for Fargate', () => {
  it('is planned as it is carried out', () => fc.assert(launches((base) => base)))
  it('is not with another base', () => {
    expect(isRefuted(launches((base) => base + 1))).toBe(true)
  })
})
