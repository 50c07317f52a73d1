/** Tests how many disruptions a PodDisruptionBudget allows, and what the eviction API answers. */
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { budgetStatus, type DisruptionBudget, type BudgetPod } from './budget-status.js'
import { evictionAnswer } from './eviction.js'

const budget = (terms: Partial<DisruptionBudget>): DisruptionBudget => ({
  ...{ name: 'shop/web', namespace: 'shop', selector: undefined, minAvailable: undefined },
  ...{ maxUnavailable: undefined, isUnhealthyFree: false, disrupted: new Map(), ...terms },
})
const pods = (ready: number, unready = 0, controller?: BudgetPod['controller']) =>
  Array.from({ length: ready + unready }, (_, i): BudgetPod => {
    const of = controller ?? { title: 'ReplicaSet shop/web', replicas: ready + unready }
    return { name: `web-${i}`, isReady: i < ready, isLeaving: false, controller: of }
  })
const now = instant(1_000_000)
const allowed = (terms: Partial<DisruptionBudget>, of: readonly BudgetPod[]): number =>
  budgetStatus(budget(terms), of, now).allowed

describe('a budget', () => {
  it.each<readonly [Partial<DisruptionBudget>, readonly BudgetPod[], number]>([
    // Both shares are rounded up, so that minAvailable allows less and maxUnavailable more.
    [{ minAvailable: '50%' }, pods(3), 1],
    [{ maxUnavailable: '50%' }, pods(3), 2],
    [{ minAvailable: 2 }, pods(3), 1],
    [{ minAvailable: 2 }, pods(1, 2), 0],
    [{ maxUnavailable: 1 }, pods(2, 1), 0],
    [{ maxUnavailable: 0 }, pods(3), 0],
    [{}, pods(3), 0],
    [{ minAvailable: 0 }, [], 0],
    // Three pods of a controller of five: the two that are missing count as unavailable.
    [{ maxUnavailable: 2 }, pods(3, 0, { title: 'a', replicas: 5 }), 0],
    [{ maxUnavailable: 3 }, pods(3, 0, { title: 'a', replicas: 5 }), 1],
    [{ maxUnavailable: 3 }, pods(3, 0, 'unscalable'), 0],
    [{ minAvailable: '1%' }, pods(3, 0, 'unscalable'), 0],
    [{ minAvailable: 1 }, pods(3, 0, 'unscalable'), 2],
  ])('%o over %# allows %i', (terms, of, count) => {
    expect(allowed(terms, of)).toBe(count)
  })

  // As a control plane of 1.37 wrote the status of these budgets.
  it.each([
    [{ minAvailable: '75%' }, pods(5), { expected: 5, desiredHealthy: 4, healthy: 5, allowed: 1 }],
    [{ minAvailable: '75%' }, pods(7), { expected: 7, desiredHealthy: 6, healthy: 7, allowed: 1 }],
    [{ minAvailable: 1 }, pods(7), { expected: 7, desiredHealthy: 1, healthy: 7, allowed: 6 }],
    [{ minAvailable: 1 }, pods(1, 1), { expected: 2, desiredHealthy: 1, healthy: 1, allowed: 0 }],
  ])('%o over %# has the status of the control plane', (terms, of, status) => {
    expect(budgetStatus(budget(terms), of, now)).toEqual(status)
  })

  it('counts an eviction until its pod has not gone for two minutes', () => {
    const since = (milliseconds: number) => new Map([['web-0', instant(now - milliseconds)]])
    expect(allowed({ minAvailable: 2, disrupted: since(119_999) }, pods(3))).toBe(0)
    expect(allowed({ minAvailable: 2, disrupted: since(120_000) }, pods(3))).toBe(1)
  })
})

describe('the eviction API', () => {
  const answer = (
    pod: Parameters<typeof evictionAnswer>[0],
    of: readonly BudgetPod[],
    ...budgets: readonly Partial<DisruptionBudget>[]
  ): string => evictionAnswer(pod, budgets.map(budget), (one) => budgetStatus(one, of, now))._tag
  const ready = { isReady: true, isIdle: false }
  const unready = { isReady: false, isIdle: false }

  it('asks one budget', () => {
    expect(answer(ready, pods(3), { minAvailable: 3 })).toBe('TooManyRequests')
    expect(answer(ready, pods(3), { minAvailable: 2 })).toBe('Evicted')
    expect(answer(ready, pods(3))).toBe('Evicted')
  })

  it('refuses a pod of two budgets, however much both leave, but not one that is pending', () => {
    const free = { minAvailable: 0 }
    expect(answer(ready, pods(3), free, free)).toBe('TwoBudgets')
    expect(answer({ ...ready, isIdle: true }, pods(3), free, free)).toBe('Evicted')
  })

  it('lets a pod go that is not ready when enough others are healthy', () => {
    expect(answer(unready, pods(2, 1), { minAvailable: 2 })).toBe('Evicted')
    expect(answer(unready, pods(1, 2), { minAvailable: 2 })).toBe('TooManyRequests')
    expect(answer(unready, pods(1, 2), { minAvailable: 2, isUnhealthyFree: true })).toBe('Evicted')
    // Nothing must be healthy: then there is nothing to compare with.
    expect(answer(unready, pods(0, 3), { maxUnavailable: 3 })).toBe('TooManyRequests')
  })
})
