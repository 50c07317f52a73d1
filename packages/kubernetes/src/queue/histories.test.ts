/**
 * Compares the queue with the recorded queue of kube-scheduler, step by step: which pods are ready,
 * which are backing off, and which wait for an event.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import type { ClusterEvent } from './event.js'
import {
  dequeue,
  emptyQueue,
  enqueue,
  onEvent,
  onTime,
  onUpdate,
  pop,
  putBack,
  type Queue,
  type QueuedPod,
  type QueueOptions,
} from './queue.js'

/** As the oracle writes them; `pod` of a try is the one that was taken out. */
interface Act {
  readonly at: number
  readonly do: 'add' | 'delete' | 'ungate' | 'try' | 'event' | 'wait'
  readonly pod?: string
  readonly priority?: number
  readonly gated?: boolean
  readonly rejectors?: readonly string[]
  readonly event?: ClusterEvent
  readonly meanwhile?: readonly ClusterEvent[]
  readonly active: readonly string[]
  readonly backoff: readonly string[]
  readonly unschedulable: readonly string[]
}

const histories = gunzipSync(readFileSync(resolve('test/golden/kube-scheduler/queues.jsonl.gz')))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as readonly Act[])

interface Played {
  readonly queue: Queue
  readonly popped?: string
}

const ungated = { resource: 'TargetPod', action: 'UpdatePodSchedulingGatesEliminated' } as const

const played = (queue: Queue, act: Act): Played => {
  const { pod: name = '', priority = 0 } = act
  const at = instant(act.at)
  switch (act.do) {
    case 'add': {
      const gate = act.gated === true ? 'SchedulingGates' : undefined
      return { queue: enqueue(queue, { name, priority, gate }, at) }
    }
    case 'delete':
      return { queue: dequeue(queue, name) }
    case 'ungate': {
      const pod = queue.unschedulable.find((one) => one.name === name && one.gate !== undefined)
      if (pod === undefined) return { queue }
      return { queue: onUpdate(queue, { name, priority: pod.priority }, [ungated], at) }
    }
    case 'try': {
      const taken = pop(queue)
      if (taken === undefined) return { queue }
      const [rest, pod] = taken
      const meanwhile = act.meanwhile ?? []
      const moved = meanwhile.reduce((next, event) => onEvent(next, event, at), rest)
      const back = putBack(moved, pod, act.rejectors ?? [], at, meanwhile)
      return { queue: back, popped: pod.name }
    }
    case 'event':
      return { queue: onEvent(queue, act.event!, at) }
    case 'wait':
      return { queue: onTime(queue, at) }
  }
}

const names = (...lists: readonly (readonly QueuedPod[])[]): readonly string[] =>
  lists
    .flat()
    .map(({ name }) => name)
    .sort()

/** The first act after which the queue is another than upstream's, or nothing. */
const firstDifference = (
  acts: readonly Act[],
  options: Partial<QueueOptions> = {},
  spoil: (act: Act) => Act = (act) => act,
): unknown => {
  let queue = emptyQueue(options)
  for (const [i, act] of acts.entries()) {
    const after = played(queue, spoil(act))
    queue = after.queue
    const ours = {
      ...(act.do === 'try' && after.popped !== undefined ? { pod: after.popped } : {}),
      active: names(queue.active),
      backoff: names(queue.backoff, queue.errorBackoff),
      unschedulable: names(queue.unschedulable),
    }
    const { pod, active, backoff, unschedulable } = act
    const theirs = {
      ...(act.do === 'try' && pod !== undefined ? { pod } : {}),
      active,
      backoff,
      unschedulable,
    }
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) return { i, act, ours }
  }
  return undefined
}

it('is what upstream has after every act of every recorded history', () => {
  expect(histories).toHaveLength(60)
  expect(histories.flatMap((acts) => firstDifference(acts) ?? [])).toEqual([])
})

describe('is refuted', () => {
  const fails = (options: Partial<QueueOptions>, spoil?: (act: Act) => Act): boolean =>
    histories.some((acts) => firstDifference(acts, options, spoil) !== undefined)

  it.each<[string, Partial<QueueOptions>]>([
    ['pods wait longer at first', { initial: 2000 }],
    ['pods wait longer at most', { max: 20_000 }],
    ['pods are forgotten for longer', { flushAfter: 310_000 }],
  ])('when %s', (_, options) => {
    expect(fails(options)).toBe(true)
  })

  it.each<[string, (act: Act) => Act]>([
    ['what happens meanwhile is missed', (act) => ({ ...act, meanwhile: [] })],
    [
      'an error is taken for a refusal',
      (act) => ({ ...act, rejectors: act.rejectors ?? ['NodeName'] }),
    ],
    ['priorities are not heeded', (act) => ({ ...act, priority: 0 })],
  ])('when %s', (_, spoil) => {
    expect(fails({}, spoil)).toBe(true)
  })
})
