/** Tests the rules for task groups and distinctInstance. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { held, input, instance, service, task, unplaced } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const distinct = { placementConstraints: [{ type: 'distinctInstance' }] }
const plan = (...values: readonly object[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })

describe('distinctInstance', () => {
  it('places one task of the service on an instance, and says why not the next', () => {
    const made = plan(
      task('web'),
      service('web', { desiredCount: 3, ...distinct }),
      instance('i-1'),
      instance('i-2'),
    )
    expect(held(made)).toEqual(['i-1: web', 'i-2: web'])
    expect(unplaced(made)).toEqual(['1 web: 2 DistinctInstance placement constraint unsatisfied.'])
  })

  it('says nothing of other services', () => {
    const packed = { desiredCount: 2, taskDefinition: 'web' }
    const made = plan(
      task('web'),
      service('api', packed),
      service('web', { ...distinct }),
      instance('i-1'),
    )
    expect(held(made)).toEqual(['i-1: api api web'])
  })
})

const doublesNowhere = (constraint: object) =>
  fc.property(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 0, max: 8 }),
    (instances, desiredCount) => {
      const { plan: made } = plan(
        task('web'),
        service('web', { desiredCount, ...constraint }),
        ...Array.from({ length: instances }, (_, i) => instance(`i-${i}`)),
      )
      const counts = made.nodes.map(({ holds }) => holds[0]?.count ?? 0)
      expect(Math.max(...counts)).toBeLessThanOrEqual(1)
      expect(counts.reduce((sum, count) => sum + count)).toBe(Math.min(instances, desiredCount))
    },
  )

describe('distinctInstance on any fleet', () => {
  it('never doubles', () => fc.assert(doublesNowhere(distinct)))

  it('is refuted without the constraint', () => {
    expect(isRefuted(doublesNowhere({}))).toBe(true)
  })
})
