/**
 * Tests rollouts in plans: pods of an older template are replaced as far as there is room; a
 * rollout that is stuck is reported.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import * as O from 'fp-ts/lib/Option.js'
import { readKubernetes } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { subjectsOf } from './subject.js'
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
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: specOf(cpu) },
    ...spec,
  },
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
    ['shrinks by one where its percentage rounds down to none', rolling(0, '1%'), [2000], 1],
    ['may do both', rolling(1, 1), [2000], 1],
    ['goes first and comes anew', { strategy: { type: 'Recreate' } }, [2000], 1],
  ])('that %s is stuck where there is no room', (_, strategy, used, unplaced) => {
    const web = controller('Deployment', 2, { replicas: 2, ...strategy })
    expect(outcome(planned([node('a', 3), web, ...old(2)]))).toEqual([used, unplaced])
  })
  it('that may neither grow nor shrink is refused', () => {
    const value = controller('Deployment', 2, rolling(0, 0))
    expect(readKubernetes([{ from: 'web.yaml', value }])).toEqual(
      E.left([
        {
          from: 'web.yaml',
          at: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
          found: '0',
          expected: 'more than 0, as maxSurge is 0',
        },
      ]),
    )
  })
  it('that is paused stays, and so do pods of strategy OnDelete', () => {
    const paused = controller('Deployment', 2, { replicas: 1, paused: true })
    expect(outcome(planned([node('a', 9), paused, ...old(1)]))).toEqual([[1000], 0])
    const manual = controller('StatefulSet', 2, { updateStrategy: { type: 'OnDelete' } })
    const dump = [node('a', 9), manual, pod('StatefulSet', 'web-0', 'a', 1)]
    expect(outcome(planned(dump))).toEqual([[1000], 0])
    expect(warnings(planned(dump))).toEqual(['RolloutPending: 1 of 1 pods'])
  })
  it.each<readonly [string, readonly object[]]>([
    ['is on a node that is not there', [...old(1), ...old(1, 'gone')]],
    ['has no place yet', [...old(1), { ...pod('ReplicaSet', 'web-1-b', '', 1) }]],
    ['is yet to be made', old(1)],
    ['is there alone, and has no place', [{ ...pod('ReplicaSet', 'web-1-b', '', 1) }]],
  ])('has its size in the end where one of its old pods %s', (_, pods) => {
    const web = controller('Deployment', 2, { replicas: 2 })
    expect(outcome(planned([node('a', 9), web, ...pods]))).toEqual([[4000], 0])
    // Beside the other, where there is one, there is room for one that is new at first.
    expect(outcome(planned([node('a', 5), web, ...pods]))).toEqual([[4000], 0])
  })
  it('has its size in the end where it grows at the same time', () => {
    const web = controller('Deployment', 2, { replicas: 4 })
    expect(outcome(planned([node('a', 20), web, ...old(2)]))).toEqual([[8000], 0])
  })
  it('goes on where a dump finds it', () => {
    const ours = { app: 'web', 'pod-template-hash': '2' }
    const replicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web-2', labels: ours, ...owner('Deployment', 'web') },
      spec: {
        replicas: 1,
        selector: { matchLabels: ours },
        template: { metadata: { labels: ours }, spec: specOf(2) },
      },
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
  it('leaves a pod that was resized in place, where its status is up to date', () => {
    const resized = pod('StatefulSet', 'web-0', 'a', 2)
    const labels = { ...resized.metadata.labels, 'controller-revision-hash': 'web-1' }
    const dump = (observedGeneration: number) => {
      const set = controller('StatefulSet', 1, { replicas: 1 })
      return planned(
        [
          node('a', 9),
          {
            ...set,
            metadata: { ...set.metadata, generation: 2 },
            status: { observedGeneration, updateRevision: 'web-1' },
          },
          { ...resized, metadata: { ...resized.metadata, labels } },
        ],
        false,
      )
    }
    expect(warnings(dump(2))).toEqual([])
    expect(warnings(dump(1))).toEqual(['RolloutPending: 1 of 1 pods'])
  })
  it('is said to replace only the pods above its partition', () => {
    const detail = (partition: number) =>
      warnings(planned([node('a', 9), set(2, { partition }), ...pods], false))
    expect(detail(0)).toEqual(['RolloutPending: 3 of 3 pods'])
    expect(detail(1)).toEqual([
      'RolloutPending: 2 of 3 pods; 1 below the partition of its update strategy stays',
    ])
    expect(detail(9)).toEqual(['RolloutPending: 3 of 3 pods'])
  })
  it('leaves the pods below its partition', () => {
    const dump = [node('a', 9), set(2, { partition: 2 }), ...pods]
    expect(outcome(planned(dump))).toEqual([[4000], 0])
  })
  describe('with claims', () => {
    const data = (claimName: string) => ({
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
    })
    const claiming = pods.map((one) => ({
      ...one,
      spec: { ...one.spec, ...data(`data-${one.metadata.name}`) },
    }))
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ]
    const claimed = (cpu: number) =>
      controller('StatefulSet', cpu, {
        replicas: 3,
        volumeClaimTemplates,
        template: { metadata: { labels: { app: 'web' } }, spec: { ...specOf(cpu), ...data('x') } },
      })
    it('gives each new pod the claim of the old one, also where no claim is an object', () => {
      expect(outcome(planned([node('a', 6), claimed(2), ...claiming]))).toEqual([[6000], 0])
      expect(outcome(planned([node('a', 4), claimed(2), ...claiming]))).toEqual([[3000], 1])
    })
    it('is of its template, though a claim has replaced a volume of it', () => {
      expect(warnings(planned([node('a', 9), claimed(1), ...claiming], false))).toEqual([])
    })
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

/** Where both are 0, a percentage says so, as the API server refuses the number 0 there. */
const rolled: Roll = ({ replicas, cpu, room, surge, unavailable }) => {
  const maxUnavailable = surge === 0 && unavailable === 0 ? '1%' : unavailable
  const web = controller('Deployment', cpu, { replicas, ...rolling(surge, maxUnavailable) })
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
    expect(isRefuted(isByTheBook(eager))).toBe(true)
  })
  it('is refuted when it shrinks by one more than it may', () => {
    const careless: Roll = (one) => rolled({ ...one, unavailable: one.unavailable + 1 })
    expect(isRefuted(isByTheBook(careless))).toBe(true)
  })
})

describe('a ReplicaSet or a ReplicationController of its own', () => {
  it.each(['ReplicaSet', 'ReplicationController'])('%s never replaces its pods', (kind) => {
    const { spec, ...rest } = controller(kind, 2, { replicas: 1 })
    const own = {
      ...rest,
      ...(kind === 'ReplicaSet' ? {} : { apiVersion: 'v1' }),
      spec: kind === 'ReplicaSet' ? spec : { ...spec, selector: { app: 'web' } },
    }
    const running = { ...pod('StatefulSet', 'web-x', 'a', 1) }
    const reference = { apiVersion: own.apiVersion, kind, name: 'web', controller: true }
    const metadata = { ...running.metadata, ownerReferences: [reference] }
    const plan = planned([node('a', 9), own, { ...running, metadata }])
    expect(outcome(plan)).toEqual([[1000], 0])
    expect(plan.warnings.map(({ code, text }) => `${code}: ${text}`)).toEqual([
      `RolloutPending: runs pods of an older template: they stay until they are deleted, as a ${kind} replaces none`,
    ])
  })
})

describe('an explanation', () => {
  const explained = (name: string, values: readonly object[], rollouts = true) => {
    const documents = values.map((value, i) => ({ from: `${i}.yaml`, value }))
    const input = readKubernetes(documents, { rollouts })
    if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
    const [subject] = subjectsOf(input.right, name)
    if (subject === undefined) return undefined
    const answer = explainOnNodes(input.right, subject.title)
    if (O.isNone(answer) || answer.value._tag !== 'Explained') return undefined
    const { explanation, runs, on, replica, verdict } = answer.value
    return {
      ...{ goes: explanation.chosen, replica, result: verdict.result },
      ...{ runs: runs?.pod, on: on?.node },
    }
  }
  const dump = (cpu: number) => [
    ...[node('a', 3), node('b', cpu), controller('Deployment', 3, { replicas: 2 })],
    ...old(2),
  ]
  it('is of the running pods without the rollout, and of the new ones with it', () => {
    expect(explained('web', dump(3), false)).toMatchObject({ runs: 'default/web-1-a0', on: 'a' })
    expect(explained('web', dump(6))).toEqual({
      ...{ goes: 'b', replica: 1, result: 'scheduled' },
      ...{ runs: undefined, on: undefined },
    })
  })
  it('is of the first new pod that finds no place', () => {
    const { plan } = planned(dump(3))
    expect(plan.unplaced.map(({ count }) => count)).toEqual([1])
    expect(explained('deploy/web', dump(3))).toMatchObject({ replica: 2, result: 'unschedulable' })
  })
  it('is of the new pod of a StatefulSet by its name', () => {
    const set = controller('StatefulSet', 2, { replicas: 3 })
    const pods = [0, 1].map((i) => pod('StatefulSet', `web-${i}`, 'a', 1))
    const all = [node('a', 3), node('b', 2), set, ...pods]
    expect(explained('pod/web-1', all, false)).toMatchObject({ on: 'a' })
    expect(explained('pod/web-1', all)).toMatchObject({ on: undefined, goes: 'a' })
    expect(explained('pod/web-2', all)).toMatchObject({ on: undefined, goes: 'b' })
    expect(explained('pod/web-3', all)).toBeUndefined()
  })
  it('says of each new pod where the plan puts it', () => {
    const set = controller('StatefulSet', 2, { replicas: 3 })
    const documents = [node('a', 4), node('b', 5), set]
    const named = [0, 1, 2].map((i) => explained(`pod/web-${i}`, documents)?.goes)
    const { plan } = planned(documents)
    const held = plan.nodes.flatMap(({ name, holds }) =>
      holds.flatMap(({ count }) => Array<string>(count).fill(name)),
    )
    expect([...named].sort()).toEqual(held)
  })
})
