/**
 * Tests invariants of one sync of a rolling update: the computed sizes of ReplicaSets keep enough
 * pods available and stay within the surge.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newSetSize,
  oldSetSizes,
  replicasOf,
  unavailableMaxOf,
  type RolloutBounds,
  type SizedSet,
} from './rolling.js'

const anyBounds: fc.Arbitrary<RolloutBounds> = fc
  .record({ replicas: fc.nat(20), surge: fc.nat(6), unavailable: fc.nat(6) })
  .map((bounds) => (bounds.surge + bounds.unavailable > 0 ? bounds : { ...bounds, unavailable: 1 }))

const anySets: fc.Arbitrary<readonly SizedSet[]> = fc
  .array(fc.record({ replicas: fc.nat(12), missing: fc.nat(3), age: fc.nat(3) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((sets) =>
    sets.map(({ replicas, missing, age }, i) => ({
      ...{ name: `set-${i}`, replicas, available: Math.max(0, replicas - missing) },
      ...{ created: instant(age), desiredReplicas: undefined, maxReplicas: undefined },
    })),
  )

type Shrink = typeof oldSetSizes

/** Of what is available now, enough stays, even if the pods that go are all available. */
const enoughStays = (shrink: Shrink) =>
  fc.property(anyBounds, anySets, (bounds, [newSet, ...old]) => {
    const changed = shrink(bounds, old, newSet!)
    const lost = old.reduce((sum, { name, available }) => {
      return sum + available - Math.min(available, changed.get(name) ?? available)
    }, 0)
    const available = old.reduce((sum, set) => sum + set.available, newSet!.available)
    const least = bounds.replicas - unavailableMaxOf(bounds)
    return lost === 0 || available - lost >= least
  })

type Grow = typeof newSetSize

/** The new ReplicaSet never takes more than the surge leaves. */
const surgeHolds = (grow: Grow) =>
  fc.property(anyBounds, anySets, (bounds, [newSet, ...old]) => {
    const size = grow(bounds, old, newSet!.replicas)
    return (
      size <= bounds.replicas &&
      (size <= newSet!.replicas || replicasOf(old) + size <= bounds.replicas + bounds.surge)
    )
  })

describe('a rolling update', () => {
  it('keeps enough pods available', () => {
    fc.assert(enoughStays(oldSetSizes))
  })

  it('is refuted when the bound is missed by one', () => {
    const greedy: Shrink = ({ replicas, ...bounds }, ...sets) =>
      oldSetSizes({ ...bounds, replicas: replicas - 1 }, ...sets)
    expect(isRefuted(enoughStays(greedy))).toBe(true)
  })

  it('keeps within the surge', () => {
    fc.assert(surgeHolds(newSetSize))
  })

  it('is refuted when the surge is counted twice', () => {
    const twice: Grow = ({ surge, ...bounds }, ...sets) =>
      newSetSize({ ...bounds, surge: surge * 2 }, ...sets)
    expect(isRefuted(surgeHolds(twice))).toBe(true)
  })
})
