/** Tests the scheduling queue: the order of pods, backoff, events and updates of waiting pods. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { backoffAfter, isBackingOff, readyAt } from './backoff.js'
import type { ClusterEvent, TargetEvent } from './event.js'
import { instant } from '@stowage/kernel'
import * as timed from './queue.js'
import {
  dequeue,
  emptyQueue,
  nextTime,
  pop,
  type RetryHint,
  type Queue,
  type QueuedPod,
  type WaitingPod,
} from './queue.js'

const enqueue = (queue: Queue, pod: WaitingPod, at: number) =>
  timed.enqueue(queue, pod, instant(at))
const onEvent = (queue: Queue, event: ClusterEvent, at: number, hint?: RetryHint) =>
  timed.onEvent(queue, event, instant(at), hint)
const onTime = (queue: Queue, at: number) => timed.onTime(queue, instant(at))
const onUpdate = (queue: Queue, pod: WaitingPod, events: readonly TargetEvent[], at: number) =>
  timed.onUpdate(queue, pod, events, instant(at))
const putBack = (
  queue: Queue,
  pod: QueuedPod,
  rejectors: readonly string[],
  at: number,
  meanwhile?: readonly ClusterEvent[],
) => timed.putBack(queue, pod, rejectors, instant(at), meanwhile)

const gone: ClusterEvent = { resource: 'AssignedPod', action: 'Delete' }
const came: ClusterEvent = { resource: 'AssignedPod', action: 'Add' }
const allowed = { resource: 'TargetPod', action: 'UpdatePodSchedulingGatesEliminated' } as const

const namesIn = (pods: readonly QueuedPod[]) => pods.map(({ name }) => name)
const all = ({ active, backoff, errorBackoff, unschedulable }: Queue) =>
  namesIn([...active, ...backoff, ...errorBackoff, ...unschedulable])
const added = (...pods: readonly (readonly [name: string, priority: number, at: number])[]) =>
  pods.reduce((queue, [name, priority, at]) => enqueue(queue, { name, priority }, at), emptyQueue())
/** Takes the next one out and puts it back, refused or failed. */
const tried = (queue: Queue, rejectors: readonly string[], at: number): Queue => {
  const [rest, pod] = pop(queue)!
  return putBack(rest, pod, rejectors, at)
}

describe('the order of pods that are ready', () => {
  it('is by priority, then by how long they have been there, then by who came first', () => {
    const queue = added(['late', 0, 9], ['b', 0, 1], ['high', 7, 50], ['a', 0, 1])
    expect(namesIn(queue.active)).toEqual(['high', 'b', 'a', 'late'])
  })

  it('puts a pod that comes back behind those of its priority', () => {
    const queue = added(['first', 0, 1], ['second', 0, 2])
    const back = onEvent(tried(queue, ['NodeResourcesFit'], 3), gone, 20_000)
    expect(namesIn(back.active)).toEqual(['second', 'first'])
  })
})

describe('a backoff', () => {
  it('is doubled up to the most', () => {
    const backoff = { initial: 1000, max: 10_000 }
    const times = [1, 2, 3, 4, 5, 6, 2000].map((count) => backoffAfter(count, backoff))
    expect(times).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
    expect(backoffAfter(3, { initial: 3000, max: 7000 })).toBe(7000)
  })

  it('lasts until the second in which it ends is over', () => {
    const failures = { refusals: 1, errors: 0, timestamp: instant(1700) }
    const backoff = { initial: 1000, max: 10_000 }
    expect(readyAt(failures, backoff)).toBe(3000)
    expect([2999, 3000].map((at) => isBackingOff(failures, backoff, instant(at)))).toEqual([
      true,
      false,
    ])
  })

  it('counts refusals over all the life of a pod, and errors one after the other', () => {
    const once = tried(added(['a', 0, 0]), ['NodePorts'], 0)
    const twice = tried(onEvent(once, gone, 0), [], 0)
    const thrice = tried(onTime(twice, 60_000), ['NodePorts'], 60_000)
    expect(twice.errorBackoff).toMatchObject([{ refusals: 1, errors: 1 }])
    expect(thrice.unschedulable).toMatchObject([{ refusals: 2, errors: 0 }])
  })

  it('ends early when nobody else is ready, but not after an error', () => {
    const refused = onEvent(tried(added(['a', 0, 0]), ['NodePorts'], 0), gone, 0)
    expect(namesIn(refused.backoff)).toEqual(['a'])
    expect(pop(refused)![1].name).toBe('a')
    const failed = tried(added(['a', 0, 0]), [], 0)
    expect(namesIn(failed.errorBackoff)).toEqual(['a'])
    expect(pop(failed)).toBeUndefined()
    expect(nextTime(failed)).toBe(2000)
    expect(namesIn(onTime(failed, 1999).active)).toEqual([])
    expect(namesIn(onTime(failed, 2000).active)).toEqual(['a'])
  })
})

describe('a pod that was refused', () => {
  const refused = (plugin: string) => tried(added(['a', 0, 0]), [plugin], 0)

  it.each<[string, ClusterEvent, boolean]>([
    ['NodeResourcesFit', gone, true],
    ['NodeResourcesFit', came, false],
    ['InterPodAffinity', came, true],
    ['TaintToleration', gone, false],
    ['TaintToleration', { resource: 'Node', action: 'UpdateNodeTaint' }, true],
    ['NodeAffinity', { resource: 'Node', action: 'UpdateNodeTaint' }, false],
    ['VolumeBinding', { resource: 'PersistentVolume', action: 'Add' }, true],
    ['VolumeRestrictions', { resource: 'PersistentVolumeClaim', action: 'Update' }, false],
  ])('by %s: %o helps it: %s', (plugin, event, helps) => {
    const queue = onEvent(refused(plugin), event, 60_000)
    expect(namesIn(queue.active)).toEqual(helps ? ['a'] : [])
    expect(
      namesIn(
        putBack(emptyQueue(), refused(plugin).unschedulable[0]!, [plugin], 0, [event]).backoff,
      ),
    ).toEqual(helps ? ['a'] : [])
  })

  it('stays when the caller knows better', () => {
    expect(onEvent(refused('NodeResourcesFit'), gone, 60_000, () => false).active).toEqual([])
  })

  it('is tried all the same after five minutes, and again five minutes later', () => {
    const queue = refused('NodeResourcesFit')
    expect(onTime(queue, 300_000).active).toEqual([])
    expect(nextTime(queue)).toBe(300_001)
    expect(namesIn(onTime(queue, 300_001).active)).toEqual(['a'])
  })
})

describe('a gated pod', () => {
  const gated = enqueue(emptyQueue(), { name: 'a', priority: 0, gate: 'SchedulingGates' }, 0)

  it('is not tried, whatever happens and however long it takes', () => {
    expect(pop(onTime(onEvent(gated, gone, 1), 900_000))).toBeUndefined()
    expect(nextTime(gated)).toBeUndefined()
  })

  it('is ready when its gates are gone', () => {
    expect(pop(onUpdate(gated, { name: 'a', priority: 0 }, [allowed], 1))![1].name).toBe('a')
    const still = { name: 'a', priority: 0, gate: 'SchedulingGates' }
    expect(pop(onUpdate(gated, still, [], 1))).toBeUndefined()
  })
})

it('takes another priority of a pod to heart', () => {
  const queue = onUpdate(added(['a', 0, 0], ['b', 0, 1]), { name: 'b', priority: 5 }, [], 2)
  expect(namesIn(queue.active)).toEqual(['b', 'a'])
})

/** What can happen to a queue of six pods. */
type Act =
  | { readonly do: 'enqueue' | 'dequeue' | 'update'; readonly pod: number; readonly gate: boolean }
  | { readonly do: 'try'; readonly rejectors: readonly string[] }
  | { readonly do: 'event'; readonly event: ClusterEvent }
  | { readonly do: 'wait'; readonly time: number }

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constantFrom('enqueue' as const, 'dequeue' as const, 'update' as const),
    pod: fc.nat(5),
    gate: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('try' as const),
    rejectors: fc.subarray(['NodeResourcesFit', 'InterPodAffinity', 'TaintToleration']),
  }),
  fc.record({ do: fc.constant('event' as const), event: fc.constantFrom(gone, came) }),
  fc.record({ do: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 400_000 }) }),
)

interface Played {
  readonly queue: Queue
  readonly names: ReadonlySet<string>
  readonly at: number
}

const without = (names: ReadonlySet<string>, name: string) =>
  new Set([...names].filter((one) => one !== name))

const play = ({ queue, names, at }: Played, act: Act, put: typeof putBack): Played => {
  switch (act.do) {
    case 'enqueue':
    case 'update': {
      const name = `pod-${act.pod}`
      const pod = { name, priority: act.pod % 3, gate: act.gate ? 'SchedulingGates' : undefined }
      const next =
        act.do === 'enqueue' ? enqueue(queue, pod, at) : onUpdate(queue, pod, [allowed], at)
      return { queue: next, names: new Set([...names, name]), at }
    }
    case 'dequeue':
      return {
        queue: dequeue(queue, `pod-${act.pod}`),
        names: without(names, `pod-${act.pod}`),
        at,
      }
    case 'try': {
      const popped = pop(queue)
      return popped === undefined
        ? { queue, names, at }
        : { queue: put(popped[0], popped[1], act.rejectors, at), names, at }
    }
    case 'event':
      return { queue: onEvent(queue, act.event, at), names, at }
    case 'wait':
      return { queue: onTime(queue, at + act.time), names, at: at + act.time }
  }
}

/**
 * Whatever happens, every pod is there once, the active ones are in order, and no gated pod is
 * among those to be tried.
 */
const keepsEveryPod = (put: typeof putBack) =>
  fc.property(fc.array(anyAct, { maxLength: 40, size: 'max' }), (acts) => {
    const start: Played = { queue: emptyQueue(), names: new Set(), at: 0 }
    const { queue, names } = acts.reduce((played, act) => play(played, act, put), start)
    const isInOrder = queue.active.every(
      (pod, i) =>
        i === 0 ||
        queue.active[i - 1]!.priority > pod.priority ||
        (queue.active[i - 1]!.priority === pod.priority &&
          queue.active[i - 1]!.timestamp <= pod.timestamp),
    )
    return (
      isInOrder &&
      [...queue.active, ...queue.backoff, ...queue.errorBackoff].every(
        (pod) => pod.gate === undefined,
      ) &&
      JSON.stringify([...all(queue)].sort()) === JSON.stringify([...names].sort())
    )
  })

const seeded = { seed: 7, numRuns: 500 }

describe('any history', () => {
  it('loses no pod and doubles none', () => fc.assert(keepsEveryPod(putBack), seeded))

  it.each<[string, typeof putBack]>([
    [
      'a pod that fails otherwise is lost',
      (queue, pod, by, at) => (by.length === 0 ? queue : putBack(queue, pod, by, at)),
    ],
    [
      'a refused pod is put back twice',
      (queue, pod, by, at) => putBack(putBack(queue, pod, by, at), pod, [], at),
    ],
    [
      'a pod is put at the front',
      (queue, pod) => ({
        ...queue,
        active: [{ ...pod, timestamp: instant(Infinity) }, ...queue.active],
      }),
    ],
  ])('is refuted when %s', (_, put) => {
    expect(isRefuted(keepsEveryPod(put))).toBe(true)
  })
})
