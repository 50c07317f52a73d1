/**
 * Tests that a HorizontalPodAutoscaler keeps its workload between minReplicas and maxReplicas, and
 * adds or removes no more pods in a period than its scaling policies allow.
 */
import { isRefuted } from '@stowage/testing'
import { instant } from '@stowage/kernel'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ScalingRules } from './autoscaler.js'
import { emptyHistory, withScaling } from './history.js'
import { normalizeCount } from './normalize.js'

const sync = 15

const anyRules: fc.Arbitrary<ScalingRules> = fc.record({
  window: fc.nat(10).map((n) => n * sync * 1000),
  select: fc.constantFrom('Max', 'Min'),
  policies: fc.array(
    fc.record({
      type: fc.constant('Pods' as const),
      value: fc.integer({ min: 1, max: 6 }),
      periodSeconds: fc.integer({ min: 1, max: 8 }).map((n) => n * sync),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  tolerance: fc.constant(undefined),
})

/** Each change of the count, with its second, as the wishes of the metrics lead to it. */
const play = (
  normalize: typeof normalizeCount,
  rules: { readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules },
  wishes: readonly number[],
) => {
  const spec = { minReplicas: 2, maxReplicas: 40, behavior: rules }
  let [current, history] = [10, emptyHistory]
  return wishes.map((desiredReplicas, i) => {
    const now = instant((i + 1) * sync * 1000)
    const wish = { spec, currentReplicas: current, desiredReplicas, history, now }
    const { replicas, history: next } = normalize({ ...wish, downscaleStabilization: 300_000 })
    const change = replicas - current
    history = change === 0 ? next : withScaling(next, rules, current, replicas, now)
    current = replicas
    return { at: (i + 1) * sync, change, current }
  })
}

const holds = (normalize: typeof normalizeCount) =>
  fc.property(
    fc.record({ scaleUp: anyRules, scaleDown: anyRules }),
    fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }),
    (rules, wishes) => {
      const moments = play(normalize, rules, wishes)
      return moments.every(({ at, current, change }) => {
        const { policies, select } = change > 0 ? rules.scaleUp : rules.scaleDown
        const holds = policies.map(({ value, periodSeconds }) => {
          const within = moments.filter((one) => one.at > at - periodSeconds && one.at <= at)
          const net = within.reduce((sum, one) => sum + one.change, 0)
          return Math.abs(net) <= value || net * change < 0
        })
        const isAllowed = select === 'Max' ? holds.some(Boolean) : holds.every(Boolean)
        return current >= 2 && current <= 40 && (change === 0 || isAllowed)
      })
    },
  )

it('keeps a workload within its bounds and its policies', () => {
  fc.assert(holds(normalizeCount), { numRuns: 2000, seed: 1 })
})
it('is refuted when what happened within the period is forgotten', () => {
  const forgetful: typeof normalizeCount = (wish) =>
    normalizeCount({ ...wish, history: { ...wish.history, scaleUps: [], scaleDowns: [] } })
  expect(isRefuted(holds(forgetful))).toBe(true)
})
it('is refuted when the bounds are not looked at', () => {
  const boundless: typeof normalizeCount = (wish) =>
    normalizeCount({ ...wish, spec: { ...wish.spec, maxReplicas: 1000 } })
  expect(isRefuted(holds(boundless))).toBe(true)
})
