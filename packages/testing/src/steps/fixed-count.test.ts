/**
 * Tests of `fixedCount`, a minimal replica controller: which reports it accepts, and which it
 * refuses.
 */
import { getOrThrow, instant, startSteps, step, type StepEvent } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { fixedCount } from './fixed-count.js'
import { wantedCounts } from './fixed-count.fixture.js'

const advance = step([fixedCount])
const at = (milliseconds: number) => instant(milliseconds)
const wish = (when: number, count: number, size = 1): StepEvent => ({
  ...{ at: at(when), _tag: 'Reported', controller: fixedCount.name, about: 'web' },
  report: { count, size },
})
const node: StepEvent = {
  ...{ at: at(1), _tag: 'NodeJoined', name: 'a', node: { capacity: { cpu: 2 } } },
}
const { state } = getOrThrow(advance(startSteps(), [node, wish(1, 5)]))
const ordersOf = (...events: readonly StepEvent[]) => {
  const { effects, state: after } = getOrThrow(advance(state, events))
  const counts = [after.pending.reduce((sum, { count }) => sum + count, 0)]
  return [...effects.map(({ _tag }) => _tag), ...counts]
}

describe('a fixed count', () => {
  it('withdraws what waits first, and then stops the youngest', () => {
    expect(ordersOf(wish(2, 4))).toEqual([2])
    expect(ordersOf(wish(2, 2))).toEqual([0])
    expect(ordersOf(wish(2, 1))).toEqual(['Stop', 0])
    expect(ordersOf(wish(2, 0))).toEqual(['Stop', 'Stop', 0])
  })
  it('counts what was reported last', () => {
    expect([...wantedCounts(getOrThrow(advance(state, [wish(2, 3), wish(2, 4)])).state)]).toEqual([
      ['web', { count: 4 }],
    ])
  })
  it('refuses another size, and a size that is none', () => {
    expect(advance(state, [wish(2, 5, 2)])).toMatchObject({
      left: { _tag: 'BadReport', controller: 'fixed-count', at: ['report', 'size'], found: '2' },
    })
    const wrong = { ...wish(1, 5, -1), about: 'other' }
    expect(advance(startSteps(), [wrong])).toMatchObject({ left: { _tag: 'BadReport' } })
  })
})
