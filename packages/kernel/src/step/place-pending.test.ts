/**
 * Tests the placement of waiting replicas: by priority, then by the names of owners; those that
 * find no node keep waiting.
 */
import { describe, expect, it } from 'vitest'
import { nodeIds, replicasOn } from '../cluster/read.js'
import { setPhase } from '../cluster/write.js'
import type { ReplicaId } from '../rule/id.js'
import type { Placer, PendingRequest } from '../time/step-result.js'
import { placeByRules } from './place-pending.js'
import { startSteps } from '../time/state.js'
import {
  begin,
  controllers,
  eventAt,
  joinAt,
  run,
  scripted,
  scriptOf,
  tellAt,
} from './step.fixture.js'
import { stateHash } from '../log/state-hash.js'
import { bookingOf } from '../time/read-state.js'
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
    const counted: Placer = (...args) => {
      calls++
      return placeByRules(...args)
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

describe('a placer with rules of its own', () => {
  const full = run([...begin, tellAt(10, 'web', { start: 4, of: 'small' })])
  const [victim] = full.effects.flatMap((effect) =>
    effect._tag === 'Place' ? [effect.replica] : [],
  ) as [ReplicaId]
  const seen: (readonly PendingRequest[])[] = []
  /** Ends one replica for what finds no node, once, and keeps its node. */
  const evicting: Placer = (draft, requests, { now, memoryOf }) => {
    seen.push(requests)
    expect(memoryOf('script')).toMatchObject({ classes: expect.any(Map) as unknown })
    expect(memoryOf('third')).toBeUndefined()
    return placeByRules(draft, requests, { now, memoryOf }).map((answer, i) => {
      if (answer.unplaced === undefined) return answer
      const { nominations } = requests[i]!
      if (nominations !== undefined) return { ...answer, nominations }
      const [node] = nodeIds(draft)
      const { id } = replicasOn(draft, node!)[0]!
      getOrThrow(setPhase(draft, id, 'leaving'))
      return { ...answer, victims: [{ replica: id, because: 'in the way' }], nominations: [node!] }
    })
  }
  const advance = step(controllers, { placer: evicting })
  const wish = tellAt(12, 'job', { start: 2, of: 'small' }, 'second')
  const evicted = getOrThrow(advance(full.state, [wish]))

  it('has what it ends ordered to stop, and the controller learns why', () => {
    const owner = { controller: 'script', name: 'web' }
    expect(evicted.effects).toEqual([
      { _tag: 'Stop', order: 5, replica: victim, node: 'a', owner, because: 'in the way' },
    ])
    expect(bookingOf(evicted.state, victim)).toMatchObject({ stopOrder: 5 })
    const { state } = getOrThrow(advance(evicted.state, [eventAt(13, { _tag: 'ClockAdvanced' })]))
    expect(scriptOf(state).sights.at(-1)!.replicas).toMatchObject([
      { replica: victim, phase: 'leaving', because: 'in the way' },
    ])
  })
  it('is given the nodes again that it keeps, as long as something waits for them', () => {
    const [node] = nodeIds(evicted.state.cluster)
    expect(evicted.state.pending).toMatchObject([{ count: 2, nominations: [node] }])
    expect(stateHash(controllers, evicted.state)).not.toBe(
      stateHash(controllers, {
        ...evicted.state,
        pending: evicted.state.pending.map(({ nominations: _, ...row }) => row),
      }),
    )
    const gone = eventAt(13, { _tag: 'ReplicaStopped', replica: victim })
    const placed = getOrThrow(advance(evicted.state, [gone]))
    expect(seen.at(-1)).toMatchObject([{ owner: { name: 'job' }, nominations: [node] }])
    expect(placesOf(placed.effects)).toEqual(['job'])
    const none = getOrThrow(
      advance(evicted.state, [tellAt(13, 'job', { withdraw: 2, of: 'small' }, 'second')]),
    )
    expect(none.state.pending).toEqual([])
    const more = getOrThrow(
      advance(evicted.state, [tellAt(13, 'job', { start: 1, of: 'small' }, 'second')]),
    )
    expect(more.state.pending).toMatchObject([{ count: 3, nominations: [node] }])
  })
  it.each<readonly [string, Placer]>([
    [
      'that still runs',
      (draft, requests, view) =>
        placeByRules(draft, requests, view).map((answer) => ({
          ...answer,
          victims: [{ replica: victim, because: '' }],
        })),
    ],
    [
      'that no controller owns',
      (draft, requests, view) =>
        placeByRules(draft, requests, view).map((answer) => ({
          ...answer,
          victims: [{ replica: 99 as ReplicaId, because: '' }],
        })),
    ],
  ])('must not end a replica %s', (_, placer) => {
    const broken = step([scripted('script'), scripted('second')], { placer })
    expect(() => broken(full.state, [wish])).toThrow('victim')
  })
})
