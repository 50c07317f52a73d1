/**
 * Tests the placement of waiting replicas: by priority, then by the names of owners; those that
 * find no node keep waiting.
 */
import { describe, expect, it } from 'vitest'
import type { Placer } from '../time/step-result.js'
import { placeByRules } from './place-pending.js'
import { startSteps } from '../time/state.js'
import { begin, controllers, eventAt, joinAt, run, tellAt } from './step.fixture.js'
import { step } from './step.js'
import { getOrThrow } from '../rule/get-or-throw.js'

const placesOf = (effects: readonly { readonly _tag: string }[]): readonly string[] =>
  effects.flatMap((effect) =>
    'owner' in effect && effect._tag === 'Place'
      ? [(effect.owner as { readonly name: string }).name]
      : [],
  )
const wishes = [
  tellAt(10, 'high', { define: 2, priority: 9 }),
  tellAt(10, 'web', { start: 3, of: 'small' }),
  tellAt(10, 'api', { start: 2, of: 'small' }, 'second'),
  tellAt(10, 'Zoo', { start: 1, of: 'small' }),
  tellAt(10, 'zzz', { start: 1, of: 'high' }),
]

describe('what waits for a node', () => {
  const { state, effects, unplaced } = run([...begin, ...wishes])
  it('is placed by falling priority, then in the order of names', () => {
    // The node has room for four: two go to zzz, one to Zoo, one to api.
    expect([...placesOf(effects)].sort()).toEqual(['Zoo', 'api', 'zzz'])
    expect(unplaced.map(({ owner, count, nodes }) => [owner.name, count, nodes])).toEqual([
      ['api', 1, 1],
      ['web', 3, 1],
    ])
    expect(state.pending.map(({ owner, count }) => [owner.name, count])).toEqual([
      ['api', 1],
      ['web', 3],
    ])
  })
  it('is tried again when a node joins, and not in a quiet pass', () => {
    let calls = 0
    const counted: Placer = (draft, requests) => {
      calls++
      return placeByRules(draft, requests)
    }
    const advance = step(controllers, { placer: counted })
    const tick = (at: number) => eventAt(at, { _tag: 'ClockAdvanced' })
    const twice = getOrThrow(advance(startSteps(), [...begin, ...wishes, tick(11), tick(12)]))
    // At 10 some are placed, so that the first quiet pass tries once more.
    expect(calls).toBe(2)
    const joined = getOrThrow(advance(twice.state, [tick(13), joinAt(14, 'b', 3), tick(15)]))
    expect([calls, placesOf(joined.effects)]).toEqual([4, ['api', 'web', 'web']])
    expect(joined.state.pending).toMatchObject([{ owner: { name: 'web' }, count: 1 }])
  })
  it('goes only to the nodes that it names, also when one of them is gone', () => {
    const start = tellAt(12, 'db', { start: 5, of: 'small', only: ['b', 'c'] })
    const before = run([...begin, joinAt(11, 'b', 1), joinAt(11, 'c', 1)]).state
    const first = run([start], before)
    expect(first.effects.map((effect) => 'node' in effect && effect.node)).toEqual(['b', 'c'])
    const left = run([eventAt(13, { _tag: 'NodeLeft', name: 'b' })], first.state)
    expect([left.effects, left.unplaced]).toMatchObject([[], [{ count: 3, nodes: 1 }]])
  })
})
