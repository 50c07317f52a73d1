/**
 * Tests the scheduler's loop with its queue, instant by instant, in small clusters: priorities,
 * gates, preemption and nomination.
 */
import { batch, empty, instant } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { emptyQueue, enqueue, onEvent, onTime, nextTime, type Queue } from '../queue/queue.js'
import { concatObjects, readObjects } from '../words/object.js'
import { attempt } from './attempt.js'
import { openSession } from './open.js'
import { runQueue, waitingPods, type SchedulerEffect } from './run.js'
import type { Session } from './session.js'
import { takeOff } from './settle.js'
import { worldOf } from './world.js'

const node = (name: string, cpu: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu, memory: '4Gi', pods: '20' } },
})

interface Sketch {
  readonly cpu?: string
  readonly priority?: number
  readonly port?: number
  readonly on?: string
  readonly nominated?: string
  readonly gate?: boolean
}

const pod = (
  name: string,
  { cpu = '1', priority = 0, port, on, nominated, gate }: Sketch = {},
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    priority,
    containers: [
      {
        name: 'c',
        resources: { requests: { cpu } },
        ...(port === undefined ? {} : { ports: [{ containerPort: port, hostPort: port }] }),
      },
    ],
    ...(on === undefined ? {} : { nodeName: on }),
    ...(gate === true ? { schedulingGates: [{ name: 'x' }] } : {}),
  },
  ...(nominated === undefined ? {} : { status: { nominatedNodeName: nominated } }),
})

/** What the body of a batch may return: no promise. */
type Settled<Answer> = ReturnType<Parameters<typeof batch<Answer>>[1]>

const within = <Answer>(
  objects: readonly unknown[],
  body: (session: Session) => Settled<Answer>,
): Answer => {
  const read = concatObjects(objects.map((value, i) => readObjects({ from: `object ${i}`, value })))
  expect(read.bad).toEqual([])
  return batch<Answer>(empty, (draft) => body(openSession(draft, worldOf(read.objects))))[1]
}

/** All pods of the session that wait, in the queue from the start. */
const queued = (session: Session): Queue =>
  waitingPods(session).reduce((queue, one) => enqueue(queue, one, instant(0)), emptyQueue())

const told = (effects: readonly SchedulerEffect[]): readonly string[] =>
  effects.map((effect) => {
    const short = effect.pod.replace('default/', '')
    switch (effect._tag) {
      case 'Bind':
        return `${short} to ${effect.node}`
      case 'Delete':
        return `${short} goes for ${effect.by.replace('default/', '')}`
      case 'Nominate':
        return `${short} nominated ${effect.node ?? 'nowhere'}`
      case 'Unschedulable':
        return `${short} waits`
    }
  })

describe('at one moment', () => {
  it('pods are placed in order of priority, and a gated one is not tried', () => {
    const objects = [
      node('n', '2'),
      pod('low'),
      pod('high', { priority: 5 }),
      pod('mid', { priority: 3 }),
      pod('gated', { priority: 9, gate: true }),
    ]
    within(objects, (session) => {
      const { queue, effects } = runQueue(session, queued(session), instant(0))
      expect(told(effects)).toEqual(['high to n', 'mid to n', 'low waits'])
      expect(queue.unschedulable.map(({ name }) => name)).toEqual(['default/gated', 'default/low'])
    })
  })

  it('a pod preempts, is nominated, and takes the place when the victim is gone', () => {
    const objects = [node('n', '1'), pod('old', { on: 'n' }), pod('new', { priority: 5 })]
    within(objects, (session) => {
      const first = runQueue(session, queued(session), instant(0))
      expect(told(first.effects)).toEqual(['new waits', 'old goes for new', 'new nominated n'])
      const late = instant(300_001)
      const again = runQueue(session, onTime(first.queue, late), late)
      expect(told(again.effects)).toEqual(['new waits'])
      takeOff(session, 'default/old')
      const later = instant(310_000)
      const gone = onEvent(again.queue, { resource: 'AssignedPod', action: 'Delete' }, later)
      expect(told(runQueue(session, gone, later).effects)).toEqual(['new to n'])
      expect(session.nominated.size).toBe(0)
    })
  })

  it('a pod of lower priority loses the nomination to a node where another preempts', () => {
    const objects = [
      node('n', '1'),
      pod('old', { on: 'n' }),
      pod('low', { priority: 1, nominated: 'n' }),
      pod('high', { priority: 5 }),
    ]
    within(objects, (session) => {
      const { effects } = runQueue(session, queued(session), instant(0))
      expect(told(effects)).toEqual([
        'high waits',
        'old goes for high',
        'low nominated nowhere',
        'high nominated n',
        'low waits',
      ])
    })
  })

  it('a pod that finds no node at all waits for its time, and not for an event', () => {
    within([pod('lonely')], (session) => {
      const { queue } = runQueue(session, queued(session), instant(0))
      expect(queue.errorBackoff).toHaveLength(1)
      expect(nextTime(queue)).toBe(2000)
    })
  })
})

const anySketch = fc.record(
  {
    cpu: fc.constantFrom('250m', '500m', '1'),
    priority: fc.nat(2),
    port: fc.constantFrom(80, 81),
    nominated: fc.constantFrom('n0', 'n1', 'n2'),
  },
  { requiredKeys: ['cpu', 'priority'] },
)
const anyNodes = fc.array(fc.constantFrom('1', '2'), { minLength: 1, maxLength: 3 })
const anyPods = fc.array(anySketch, { minLength: 1, maxLength: 7 })

/**
 * Nodes where the last pod is refused; `guests` counts pods to be there whose priority is no lower.
 */
type Refused = (nodes: readonly string[], pods: readonly Sketch[]) => readonly string[]

const asked = (objects: readonly unknown[], last: string): readonly string[] =>
  within(objects, (session) => {
    const { verdict } = attempt(session, session.pods.get(`default/${last}`)!)
    return Object.keys(verdict.rejected ?? {})
  })

const ours: Refused = (nodes, pods) =>
  asked(
    [
      ...nodes.map((cpu, i) => node(`n${i}`, cpu)),
      ...pods.map((sketch, i) => pod(`p${i}`, i === pods.length - 1 ? plain(sketch) : sketch)),
    ],
    `p${pods.length - 1}`,
  )

/** Without a nomination of its own. */
const plain = ({ nominated: _, ...sketch }: Sketch): Sketch => sketch

/**
 * For each node a cluster of its own, in which the pods nominated there are bound; and one in which
 * nobody is.
 */
const twin =
  (isHeeded: (guest: Sketch, asking: Sketch) => boolean): Refused =>
  (nodes, pods) => {
    const last = pods.length - 1
    const refusedWith = (guests: readonly (readonly [string, Sketch])[]) =>
      asked(
        [
          ...nodes.map((cpu, i) => node(`n${i}`, cpu)),
          ...guests.map(([name, guest]) => pod(name, { ...plain(guest), on: guest.nominated! })),
          pod(`p${last}`, plain(pods[last]!)),
        ],
        `p${last}`,
      )
    const alone = refusedWith([])
    return nodes.flatMap((_, i) => {
      const name = `n${i}`
      const guests = pods.flatMap((guest, k) =>
        k !== last && guest.nominated === name && isHeeded(guest, pods[last]!)
          ? [[`p${k}`, guest] as const]
          : [],
      )
      return alone.includes(name) || refusedWith(guests).includes(name) ? [name] : []
    })
  }

const isNoLower = (guest: Sketch, asking: Sketch): boolean =>
  (guest.priority ?? 0) >= (asking.priority ?? 0)

const agrees = (slow: Refused) =>
  fc.property(anyNodes, anyPods, (nodes, pods) => {
    expect(ours(nodes, pods)).toEqual(slow(nodes, pods))
  })
const seeded = { seed: 11, numRuns: 150 }

describe('pods that are nominated to a node', () => {
  it('keep a pod off it that matters no more', () => fc.assert(agrees(twin(isNoLower)), seeded))

  it.each<[string, (guest: Sketch, asking: Sketch) => boolean]>([
    ['nobody is heeded', () => false],
    ['those of lower priority are heeded too', () => true],
    [
      'only those of higher priority are',
      (one, other) => isNoLower(one, other) && !isNoLower(other, one),
    ],
  ])('is refuted when %s', (_, isHeeded) => {
    expect(isRefuted(agrees(twin(isHeeded)))).toBe(true)
  })
})
