/**
 * Tests the list of waiting replicas against a plain count per owner and class. Each row occurs
 * once, and rows are sorted by name.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ClassId, NodeId } from '../rule/id.js'
import type { Intent } from '../time/decision.js'
import { addPending, pendingRows, sortedPending, withdrawPending } from './pending.js'
import type { PendingReplicas } from '../time/state.js'

type Wish = Extract<Intent, { readonly _tag: 'Start' | 'Withdraw' }>
const anyWish: fc.Arbitrary<readonly [controller: string, wish: Wish]> = fc.tuple(
  fc.constantFrom('x', 'y'),
  fc
    .record({
      _tag: fc.constantFrom('Start' as const, 'Withdraw' as const),
      owner: fc.constantFrom('a', 'b', 'Z'),
      class: fc.nat(1) as fc.Arbitrary<ClassId>,
      count: fc.nat(3),
      only: fc.option(fc.array(fc.nat(2) as fc.Arbitrary<NodeId>), {
        nil: undefined,
      }),
    })
    .map(({ only, ...wish }) =>
      wish._tag === 'Start' && only !== undefined ? { ...wish, only } : wish,
    ),
)
const change = (
  rows: Parameters<typeof addPending>[0],
  controller: string,
  wish: Wish,
): ReturnType<typeof addPending> =>
  wish._tag === 'Start'
    ? addPending(rows, controller, wish)
    : withdrawPending(rows, controller, wish)

/** Each list of wishes is one pass: the rows become a list and the list rows again. */
const agrees = (changed: typeof change) =>
  fc.property(fc.array(fc.array(anyWish, { maxLength: 6 }), { maxLength: 4 }), (passes) => {
    let pending: readonly PendingReplicas[] = []
    const tally = new Map<string, number>()
    for (const wishes of passes) {
      const rows = pendingRows(pending)
      for (const [controller, wish] of wishes) {
        const key = [wish.owner, controller, wish.class].join()
        const left = (tally.get(key) ?? 0) + (wish._tag === 'Start' ? wish.count : -wish.count)
        expect(changed(rows, controller, wish) === undefined).toBe(left >= 0)
        if (left >= 0) tally.set(key, left)
      }
      pending = sortedPending(rows)
    }
    const sums = new Map<string, number>()
    const keys = pending.map(({ owner, class: of, count, only }) => {
      expect(count).toBeGreaterThan(0)
      const key = [owner.name, owner.controller, of].join()
      sums.set(key, (sums.get(key) ?? 0) + count)
      return [key, only === undefined ? '' : JSON.stringify(only)].join(' ')
    })
    expect(new Set(keys).size).toBe(keys.length)
    expect([...sums].sort()).toEqual([...tally].filter(([, count]) => count > 0).sort())
    const names = pending.map(({ owner, class: of }) => [owner.name, owner.controller, of].join())
    expect(names).toEqual([...names].sort())
  })

it('counts like a tally, in the order of names, each row once', () => {
  fc.assert(agrees(change), { numRuns: 1000 })
})
it('is refuted when a row is removed whole', () => {
  const hasty: typeof change = (rows, controller, wish) => {
    const wrong = change(rows, controller, wish)
    if (wish._tag === 'Withdraw' && wish.count > 0 && wrong === undefined)
      rows.set(
        wish.owner,
        rows.get(wish.owner)!.filter(({ owner }) => owner.controller !== controller),
      )
    return wrong
  }
  expect(isRefuted(agrees(hasty))).toBe(true)
})
it('is refuted when one controller withdraws what another wants', () => {
  const shared: typeof change = (rows, controller, wish) =>
    change(rows, wish._tag === 'Withdraw' ? 'x' : controller, wish)
  expect(isRefuted(agrees(shared))).toBe(true)
})
it('refuses counts that are no longer exact, and more than waits', () => {
  const rows = pendingRows([])
  const wish = { _tag: 'Start', owner: 'a', class: 0 as ClassId, count: 2 } as const
  expect(addPending(rows, 'x', wish)).toBeUndefined()
  expect(addPending(rows, 'x', { ...wish, count: Number.MAX_SAFE_INTEGER })).toEqual({
    ...{ at: ['count'], found: '9007199254740991', expected: 'a sum that is a safe integer' },
  })
  for (const count of [3, -1, 0.5])
    expect(withdrawPending(rows, 'x', { ...wish, _tag: 'Withdraw', count })).toEqual({
      ...{ at: ['count'], found: String(count) },
      expected: 'at most 2, the replicas that wait for a node',
    })
})
