/**
 * Tests that a plan gives no place to a task whose devices (such as shared GPUs) RunTask would
 * refuse.
 */
import { instantOfSeconds } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import { runTask } from '../api/run-task.js'
import { container, held, input, instance, service, task } from './plan.fixture.js'
import { explainOnInstances } from './explain.js'
import { planOnInstances, type EcsPlan } from './plan.js'

const options = { instances: [], seed: 0 }
const needing = (requirement: object, more: object = {}): object =>
  task('web', {
    containerDefinitions: [container({ resourceRequirements: [requirement] })],
    ...more,
  })
const shared = needing({ type: 'GPU', sharingStrategy: { nvidiaMps: {} } })
const neuron = { type: 'NeuronDevice', value: 'ALL' }
const plan = (...values: readonly object[]): EcsPlan =>
  planOnInstances(input(...values, instance('i-1')), options)

describe('GPUs that containers share', () => {
  const sentence = 'its containers share GPUs, by the memory of each, which is not planned'
  it('are had nowhere, in a plan and in a call', () => {
    const made = plan(shared, service('web', { desiredCount: 2 }))
    expect(made.refused).toEqual([{ name: 'web', count: 2, reason: sentence, supply: 'instances' }])
    expect(held(made)).toEqual(['i-1: '])
    const cluster = clusterOf(input(shared, instance('i-1')))
    expect(E.isLeft(runTask(cluster, { taskDefinition: 'web' }, instantOfSeconds(0)))).toBe(true)
  })
  it('leave no instance to explain', () => {
    expect(O.isNone(explainOnInstances(input(shared, instance('i-1')), options, 'web'))).toBe(true)
  })
})

describe('Neuron devices', () => {
  it('are had on managed instances alone, where they are not counted', () => {
    expect(plan(needing(neuron)).refused).toMatchObject([
      { name: 'web', reason: expect.stringContaining('managed instances alone') as string },
    ])
    const managed = plan(needing(neuron, { requiresCompatibilities: ['MANAGED_INSTANCES'] }))
    expect([held(managed), managed.refused]).toEqual([['i-1: web'], []])
    expect(managed.warnings).toMatchObject([
      { text: expect.stringContaining('Neuron devices are not counted') as string },
    ])
    const capacityProviderStrategy = [{ capacityProvider: 'managed', weight: 1 }]
    const made = plan(needing(neuron), service('web', { capacityProviderStrategy }))
    expect(held(made)).toEqual(['i-1: web'])
  })
})
