/**
 * Tests the invariant of a drain on random clusters: no eviction leaves fewer healthy pods than a
 * PodDisruptionBudget requires.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'
import { drainNodes } from './drain.js'
import type { Drain, DrainOptions } from './terms.js'

const durations = { start: 20_000, ready: 5_000, stop: 10_000 }
const options: DrainOptions = {
  ...{ nodes: ['n0'], ignoreDaemonsets: true, force: true, deleteEmptydirData: true },
  ...{ disableEviction: false, durations },
}

const node = (name: string, cpu: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: `${cpu * 100}m`, memory: '64Gi', pods: '110' } },
})
const spec = (more: object = {}) => ({
  containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '100m' } } }],
  ...more,
})
const pod = (
  app: string,
  i: number,
  nodeName: string,
  { kind = '', isReady = true, more = {} },
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name: `${app}-${i}`, namespace: 'shop', labels: { app } },
    ownerReferences:
      kind === '' ? [] : [{ apiVersion: 'apps/v1', kind, name: app, controller: true }],
  },
  spec: spec({ nodeName, ...more }),
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
  },
})
const workload = (kind: string, app: string, replicas?: number) => ({
  ...{ apiVersion: 'apps/v1', kind, metadata: { name: app, namespace: 'shop' } },
  spec: {
    ...(replicas === undefined ? {} : { replicas }),
    selector: { matchLabels: { app } },
    template: { metadata: { labels: { app } }, spec: spec() },
  },
})
const guard = (app: string, terms: object, name = app) => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app } }, ...terms },
})

const drained = (objects: readonly unknown[], more: Partial<DrainOptions> = {}): Drain => {
  const input = readKubernetes(objects.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const drain = drainNodes(input.right, { ...options, ...more })
  if (E.isLeft(drain)) throw new Error(JSON.stringify(drain.left))
  return drain.right
}

const anyCluster = fc.record({
  rooms: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
  apps: fc.array(
    fc.record({
      kind: fc.constantFrom('ReplicaSet', 'StatefulSet'),
      places: fc.array(
        fc.record({ node: fc.nat(2), isReady: fc.constantFrom(true, true, false) }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      minAvailable: fc.nat(4),
    }),
    { minLength: 1, maxLength: 2 },
  ),
})

/** At each eviction of a ready pod, those that are left healthy are as many as must be. */
const budgetsHold = (drain: typeof drained) =>
  fc.property(anyCluster, ({ rooms, apps }) => {
    const nodes = ['n0', 'n1', 'n2', 'n3'].slice(0, rooms.length + 1)
    const placed = apps.map(({ places, ...app }, a) => ({
      ...app,
      name: `app${a}`,
      pods: places.map(({ node: at, isReady }) => ({ at: nodes[at % nodes.length]!, isReady })),
    }))
    const { pods } = drain(
      [
        node('n0', 40),
        ...rooms.map((room, i) => node(nodes[i + 1]!, 20 + room)),
        ...placed.flatMap(({ name, kind, pods: of, minAvailable }) => [
          workload(kind, name, of.length),
          guard(name, { minAvailable }),
          ...of.map(({ at, isReady }, i) => pod(name, i, at, { kind, isReady })),
        ]),
      ],
      { nodes: ['n0', 'n1'] },
    )
    for (const { name, pods: of, minAvailable } of placed) {
      const own = pods.filter((one) => one.name.startsWith(`shop/${name}-`))
      const readyAfter = (at: number): number => {
        const gone = own.filter(({ evictedAt = Infinity }) => evictedAt <= at)
        const old = of.filter(
          ({ isReady }, i) => isReady && !gone.some((one) => one.name === `shop/${name}-${i}`),
        )
        const fresh = own.filter(
          ({ replacement }) =>
            (replacement?.placedAt ?? Infinity) + durations.start + durations.ready <= at,
        )
        return old.length + fresh.length
      }
      for (const { name: one, evictedAt } of own) {
        const wasReady = of[Number(one.slice(one.lastIndexOf('-') + 1))]!.isReady
        if (evictedAt !== undefined && wasReady)
          expect(readyAfter(evictedAt)).toBeGreaterThanOrEqual(minAvailable)
      }
    }
  })

describe('a drain', () => {
  it('never breaks a budget', () => {
    fc.assert(budgetsHold(drained), { numRuns: 200, seed: 1 })
  })

  it.each<readonly [string, typeof drained]>([
    ['pods are deleted', (objects, more) => drained(objects, { ...more, disableEviction: true })],
    [
      'a pod that runs counts as ready',
      (objects, more) =>
        drained(objects, { ...more, durations: { ...durations, start: 0, ready: 0 } }),
    ],
  ])('is refuted when %s', (_, drain) => {
    expect(isRefuted(budgetsHold(drain), { runsMax: 2000 })).toBe(true)
  })

  const two = [node('n0', 10), node('n1', 10)]

  it('refuses a node in the words of kubectl, unless it is told to go on', () => {
    const objects = [
      ...two,
      workload('DaemonSet', 'agent'),
      pod('agent', 0, 'n0', { kind: 'DaemonSet' }),
      pod('lone', 0, 'n0', {}),
      pod('web', 0, 'n0', { kind: 'ReplicaSet', more: { volumes: [{ name: 'v', emptyDir: {} }] } }),
    ]
    const strict = { ignoreDaemonsets: false, force: false, deleteEmptydirData: false }
    expect(drained(objects, strict)).toMatchObject({
      pods: [],
      nodes: [
        {
          outcome: 'Refused',
          refusals: [
            {
              pods: ['shop/agent-0'],
              why: expect.stringContaining('--ignore-daemonsets') as string,
            },
            {
              pods: ['shop/web-0'],
              why: expect.stringContaining('--delete-emptydir-data') as string,
            },
            { pods: ['shop/lone-0'], why: expect.stringContaining('--force') as string },
          ],
        },
      ],
    })
    expect(drained(objects)).toMatchObject({
      nodes: [{ outcome: 'Drained', staying: [{ pod: 'shop/agent-0', why: 'DaemonSet' }] }],
      pods: [
        { name: 'shop/lone-0', evictedAt: 0, goneAt: 10_000 },
        { name: 'shop/web-0', evictedAt: 0, replacement: { at: 0, node: 'n1', placedAt: 0 } },
      ],
    })
  })

  it('takes the word of a pod for its DaemonSet in documents without any, and misses it in others', () => {
    const objects = [...two, pod('agent', 0, 'n0', { kind: 'DaemonSet' })]
    const strict = { ignoreDaemonsets: false, force: false }
    expect(drained(objects, { ...strict, ignoreDaemonsets: true }).nodes).toMatchObject([
      { outcome: 'Drained', staying: [{ pod: 'shop/agent-0', why: 'DaemonSet' }] },
    ])
    expect(drained(objects, strict).nodes[0]!.refusals[0]!.why).toContain('--ignore-daemonsets')
    const others = [...objects, workload('DaemonSet', 'other')]
    const [lost] = drained(others, { ...strict, ignoreDaemonsets: true }).nodes
    expect(lost!.refusals[0]!.why).toContain('add kubectl get daemonsets -A')
    const forced = drained(others, { ignoreDaemonsets: true, force: true })
    expect(forced.nodes[0]!.staying).toEqual([])
    expect(forced.pods.map(({ name }) => name)).toEqual(['shop/agent-0'])
  })

  it('puts nothing in the place of a terminating pod, which its ReplicaSet has replaced', () => {
    const leaving = (kind: string) => {
      const one = pod('web', 0, 'n0', { kind })
      return { ...one, metadata: { ...one.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }
    }
    const replacements = (kind: string, isThere: boolean) =>
      drained([
        ...[...two, leaving(kind), pod('web', 1, 'n1', { kind })],
        ...(isThere ? [workload(kind, 'web', kind === 'StatefulSet' ? 2 : 1)] : []),
      ]).pods.map(({ replacement }) => replacement?.node)
    expect(replacements('ReplicaSet', true)).toEqual([undefined])
    expect(replacements('ReplicaSet', false)).toEqual([undefined])
    expect(replacements('StatefulSet', true)).toEqual(['n1'])
  })

  it('fails on a pod of two budgets, and goes on with the next node', () => {
    const objects = [
      ...two,
      workload('ReplicaSet', 'web', 2),
      ...[0, 1].map((i) => pod('web', i, `n${i}`, { kind: 'ReplicaSet' })),
      guard('web', { minAvailable: 0 }),
      guard('web', { minAvailable: 0 }, 'other'),
    ]
    const { nodes, pods } = drained(objects, { nodes: ['n0', 'n1'] })
    expect(nodes.map(({ outcome }) => outcome)).toEqual(['Failed', 'Failed'])
    expect(pods[0]!.error).toContain('shop/web and shop/other')
  })

  it('lets a StatefulSet make its pod anew when the old one is gone, and is stuck on its budget', () => {
    const objects = [
      ...two,
      workload('StatefulSet', 'db', 2),
      ...[0, 1].map((i) => pod('db', i, 'n0', { kind: 'StatefulSet' })),
    ]
    const { pods } = drained(objects)
    expect(pods.map(({ replacement }) => replacement)).toEqual([
      { at: 10_000, node: 'n1', placedAt: 10_000 },
      { at: 10_000, node: 'n1', placedAt: 10_000 },
    ])
    const held = drained([...objects, guard('db', { maxUnavailable: 0 })], { nodes: ['n0', 'n1'] })
    expect(held.nodes.map(({ outcome }) => outcome)).toEqual(['Stuck', 'NotReached'])
    expect(held.pods[0]!.heldBy).toEqual({ budget: 'shop/db', healthy: 2, desiredHealthy: 2 })
  })

  it('counts the pods of a controller that is not among the documents as its size', () => {
    const pods = [0, 1, 2].map((i) => pod('web', i, `n${i >> 1}`, { kind: 'ReplicaSet' }))
    const { pods: gone } = drained([...two, ...pods, guard('web', { maxUnavailable: 1 })])
    expect(gone.map(({ evictedAt }) => evictedAt)).toEqual([0, 25_000])
    expect(gone[1]!.heldBy).toMatchObject({ budget: 'shop/web', desiredHealthy: 2 })
  })

  it('lets pods that waited go first', () => {
    const { pods, waiting } = drained([
      ...[node('n0', 1), node('n1', 1)],
      ...[workload('ReplicaSet', 'web', 1), pod('web', 0, 'n0', { kind: 'ReplicaSet' })],
      workload('ReplicaSet', 'late', 1),
    ])
    expect(waiting).toMatchObject([{ count: 1, placed: [{ node: 'n1', at: 0 }] }])
    expect(pods[0]!.replacement!.node).toBeUndefined()
  })

  it('counts a pod that waited for its budget when it is ready', () => {
    const pods = [0, 1].map((i) => pod('web', i, 'n0', { kind: 'ReplicaSet' }))
    const { pods: gone, waiting } = drained([
      ...two,
      ...[workload('ReplicaSet', 'web', 3), ...pods, guard('web', { minAvailable: 2 })],
    ])
    expect(waiting).toMatchObject([{ count: 1, placed: [{ node: 'n1', at: 0 }] }])
    expect(gone.map(({ evictedAt }) => evictedAt)).toEqual([25_000, 50_000])
  })

  it('says why pods that waited still do', () => {
    const { waiting } = drained([node('n0', 1), node('n1', 0), workload('ReplicaSet', 'web', 2)])
    expect(waiting).toMatchObject([{ count: 2, placed: [], unplaced: { count: 2 } }])
  })

  it('names a node that is not there', () => {
    expect(() => drained(two, { nodes: ['n7'] })).toThrow('such as n0, n1')
  })
})

describe('a pod selector', () => {
  const cluster = [
    ...[node('n0', 20), node('n1', 20)],
    ...[workload('ReplicaSet', 'web', 1), workload('ReplicaSet', 'api', 1)],
    pod('web', 0, 'n0', { kind: 'ReplicaSet' }),
    pod('api', 0, 'n0', { kind: 'ReplicaSet' }),
    pod('bare', 0, 'n0', {}),
  ]
  it('lets other pods be, also those that kubectl would not begin with', () => {
    const { nodes, pods } = drained(cluster, { podSelector: 'app in (web)', force: false })
    expect(nodes).toMatchObject([{ outcome: 'Drained', refusals: [] }])
    expect(pods.map(({ name }) => name)).toEqual(['shop/web-0'])
  })
  it('that is malformed is a fault', () => {
    expect(() => drained(cluster, { podSelector: 'app in' })).toThrow(/--pod-selector/)
  })
})
