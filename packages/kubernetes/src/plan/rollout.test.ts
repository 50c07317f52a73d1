/** Rollouts: pods of an older template are replaced as far as there is room, and said otherwise. */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuted } from '@stowage/testing'
import { readKubernetes } from '../read/input.js'
import { planOnNodes, type NodesPlan } from './plan.js'

const node = (name: string, cpu: number) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { allocatable: { cpu: String(cpu), memory: '9Gi', pods: '50' } },
})
const specOf = (cpu: number) => ({
  containers: [{ name: 'main', image: 'app:1', resources: { requests: { cpu: String(cpu) } } }],
})
const owner = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }],
})
const controller = (kind: string, cpu: number, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { template: { metadata: { labels: { app: 'web' } }, spec: specOf(cpu) }, ...spec },
})
/** A pod of the ReplicaSet `web-HASH`, or of `web` itself. */
const pod = (kind: string, name: string, nodeName: string, cpu: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    labels: { app: 'web', ...(kind === 'ReplicaSet' ? { 'pod-template-hash': '1' } : {}) },
    ...owner(kind, kind === 'ReplicaSet' ? 'web-1' : 'web'),
  },
  spec: { ...specOf(cpu), nodeName },
})
const planned = (values: readonly object[], rollouts = true): NodesPlan => {
  const documents = values.map((value, i) => ({ from: `${i}.yaml`, value }))
  const input = readKubernetes(documents, { rollouts })
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return planOnNodes(input.right)
}
/** Used CPU in milliCPU by node, and how many pods have no place. */
const outcome = ({ plan }: NodesPlan) => [
  plan.nodes.map(({ gauges }) => gauges.find(({ resource }) => resource === 'cpu')?.used),
  plan.unplaced.reduce((sum, { count }) => sum + count, 0),
]
const warnings = ({ warnings: all }: NodesPlan) =>
  all.map(({ code, detail }) => `${code}: ${detail}`)

const old = (count: number, nodeName = 'a') =>
  Array.from({ length: count }, (_, i) => pod('ReplicaSet', `web-1-${nodeName}${i}`, nodeName, 1))
const rolling = (maxSurge: unknown, maxUnavailable: unknown) => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
})

describe('a Deployment', () => {
  it('is said to wait for its rollout, unless that is planned', () => {
    const dump = [node('a', 9), controller('Deployment', 2, { replicas: 2 }), ...old(2)]
    expect(warnings(planned(dump, false))).toEqual(['RolloutPending: 2 of 2 pods'])
    expect(outcome(planned(dump, false))).toEqual([[2000], 0])
    expect(warnings(planned(dump))).toEqual([])
    expect(outcome(planned(dump))).toEqual([[4000], 0])
  })
  it('of one template has nothing to roll out', () => {
    const dump = [node('a', 9), controller('Deployment', 1, { replicas: 2 }), ...old(2)]
    expect(warnings(planned(dump, false))).toEqual([])
    expect(outcome(planned(dump))).toEqual([[2000], 0])
  })
  it.each<readonly [string, object, readonly number[], number]>([
    // Two old pods of 1 CPU; the new ones want 2.
    ['grows first', rolling(1, 0), [2000], 1],
    ['shrinks first', rolling(0, 1), [2000], 1],
    ['shrinks by one where it may do neither', rolling(0, 0), [2000], 1],
    ['may do both', rolling(1, 1), [2000], 1],
    ['goes first and comes anew', { strategy: { type: 'Recreate' } }, [2000], 1],
  ])('that %s is stuck where there is no room', (_, strategy, used, unplaced) => {
    const web = controller('Deployment', 2, { replicas: 2, ...strategy })
    expect(outcome(planned([node('a', 3), web, ...old(2)]))).toEqual([used, unplaced])
  })
  it('that is paused stays, and so do pods of strategy OnDelete', () => {
    const paused = controller('Deployment', 2, { replicas: 1, paused: true })
    expect(outcome(planned([node('a', 9), paused, ...old(1)]))).toEqual([[1000], 0])
    const manual = controller('StatefulSet', 2, { updateStrategy: { type: 'OnDelete' } })
    const dump = [node('a', 9), manual, pod('StatefulSet', 'web-0', 'a', 1)]
    expect(outcome(planned(dump))).toEqual([[1000], 0])
    expect(warnings(planned(dump))).toEqual(['RolloutPending: 1 of 1 pods'])
  })
  it('goes on where a dump finds it', () => {
    const ours = { app: 'web', 'pod-template-hash': '2' }
    const replicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web-2', labels: ours, ...owner('Deployment', 'web') },
      spec: { replicas: 1, template: { metadata: { labels: ours }, spec: specOf(2) } },
    }
    const updated = {
      ...pod('ReplicaSet', 'web-2-x', 'b', 2),
      metadata: { name: 'web-2-x', labels: ours, ...owner('ReplicaSet', 'web-2') },
    }
    const web = controller('Deployment', 2, { replicas: 2, ...rolling(1, 0) })
    const dump = [node('a', 1), node('b', 4), web, replicaSet, updated, ...old(1)]
    expect(warnings(planned(dump, false))).toEqual(['RolloutPending: 1 of 2 pods'])
    expect(outcome(planned(dump))).toEqual([[0, 4000], 0])
  })
})

describe('a StatefulSet', () => {
  const pods = [0, 1, 2].map((i) => pod('StatefulSet', `web-${i}`, 'a', 1))
  const set = (cpu: number, rollingUpdate: object = {}) =>
    controller('StatefulSet', cpu, { replicas: 3, updateStrategy: { rollingUpdate } })
  it('replaces its pods from the last one down, one at a time', () => {
    expect(outcome(planned([node('a', 6), set(2), ...pods]))).toEqual([[6000], 0])
    // web-2 comes back, web-1 does not, and web-0 stays.
    expect(outcome(planned([node('a', 4), set(2), ...pods]))).toEqual([[3000], 1])
    expect(outcome(planned([node('a', 3), set(2), ...pods]))).toEqual([[2000], 1])
  })
  it('leaves the pods below its partition', () => {
    const dump = [node('a', 9), set(2, { partition: 2 }), ...pods]
    expect(outcome(planned(dump))).toEqual([[4000], 0])
  })
})

describe('a DaemonSet', () => {
  const daemon = (cpu: number, rollingUpdate: object = {}) =>
    controller('DaemonSet', cpu, { updateStrategy: { rollingUpdate } })
  const nodes = [node('a', 2), node('b', 4), node('c', 2)]
  const pods = ['a', 'b', 'c'].map((name) => pod('DaemonSet', `web-${name}`, name, 1))
  it('replaces the pod of each node on that node', () => {
    expect(outcome(planned([...nodes, daemon(2), ...pods]))).toEqual([[2000, 2000, 2000], 0])
    // It stops at the first that finds no place.
    expect(outcome(planned([...nodes, daemon(3), ...pods]))).toEqual([[0, 1000, 1000], 1])
  })
  it('lets new pods come beside old ones', () => {
    const surging = daemon(2, { maxSurge: 1, maxUnavailable: 0 })
    expect(outcome(planned([...nodes, surging, ...pods]))).toEqual([[1000, 1000, 1000], 1])
    const all = daemon(2, { maxSurge: '100%', maxUnavailable: 0 })
    expect(outcome(planned([...nodes, all, ...pods]))).toEqual([[1000, 2000, 1000], 2])
  })
})

interface Case {
  readonly replicas: number
  readonly cpu: number
  readonly room: number
  readonly surge: number
  readonly unavailable: number
}
const anyCase: fc.Arbitrary<Case> = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  cpu: fc.integer({ min: 2, max: 3 }),
  room: fc.integer({ min: 0, max: 12 }),
  surge: fc.integer({ min: 0, max: 3 }),
  unavailable: fc.integer({ min: 0, max: 3 }),
})

/** What is left on one node, and how many pods wait, one decision at a time. */
const byTheBook = ({ replicas, cpu, room, surge, unavailable }: Case) => {
  const fence = surge === 0 && unavailable === 0 ? 1 : unavailable
  let [before, after, waiting] = [replicas, 0, 0]
  const capacity = replicas + room
  for (let moved = true; moved; ) {
    moved = false
    if (waiting > 0 && before + (after + 1) * cpu <= capacity) {
      after += 1
      waiting -= 1
      moved = true
    } else if (after + waiting < replicas && before + after + waiting < replicas + surge) {
      waiting += 1
      moved = true
    } else if (before > 0 && before + after > replicas - fence) {
      before -= 1
      moved = true
    }
  }
  return [[(before + after * cpu) * 1000], waiting]
}

type Roll = (one: Case) => unknown

const rolled: Roll = ({ replicas, cpu, room, surge, unavailable }) => {
  const web = controller('Deployment', cpu, { replicas, ...rolling(surge, unavailable) })
  return outcome(planned([node('a', replicas + room), web, ...old(replicas)]))
}

const isByTheBook = (roll: Roll) =>
  fc.property(anyCase, (one) => JSON.stringify(roll(one)) === JSON.stringify(byTheBook(one)))

describe('the rollout of a Deployment', () => {
  it('ends as it does one pod at a time', () => {
    fc.assert(isByTheBook(rolled))
  })
  it('is refuted when it grows by one more than it may', () => {
    const eager: Roll = (one) => rolled({ ...one, surge: one.surge + 1 })
    expect(refuted(isByTheBook(eager))).toBe(true)
  })
  it('is refuted when it shrinks by one more than it may', () => {
    const careless: Roll = (one) => rolled({ ...one, unavailable: one.unavailable + 1 })
    expect(refuted(isByTheBook(careless))).toBe(true)
  })
})
