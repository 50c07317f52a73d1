/**
 * Tests rollouts under ResourceQuotas: new pods count in addition to the old pods that they
 * replace. A rollout that a quota stops is reported with the message of the API server.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes } from './plan.js'
import { subjectsOf } from './subject.js'

const node = (name: string, cpu: number) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { allocatable: { cpu: String(cpu), memory: '9Gi', pods: '50' } },
})
const specOf = (cpu: number) => ({
  containers: [{ name: 'main', image: 'app:1', resources: { requests: { cpu: String(cpu) } } }],
})
const controller = (kind: string, cpu: number, spec: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', uid: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: specOf(cpu) },
    ...spec,
  },
})
/** A running pod of 1 CPU, of the ReplicaSet `web-1` or of `web` itself. */
const pod = (kind: string, name: string, nodeName = 'a') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    uid: name,
    labels: { app: 'web', ...(kind === 'ReplicaSet' ? { 'pod-template-hash': '1' } : {}) },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind,
        name: kind === 'ReplicaSet' ? 'web-1' : 'web',
        controller: true,
      },
    ],
  },
  spec: { ...specOf(1), nodeName },
})
const old = (count: number) =>
  Array.from({ length: count }, (_, i) => pod('ReplicaSet', `web-1-${i}`))
const quota = (hard: object) => ({
  ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'small' } },
  spec: { hard },
})
const rolling = (replicas: number, maxSurge: unknown, maxUnavailable: unknown) => ({
  replicas,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
})

const read = (values: readonly object[], rollouts = true): KubernetesInput => {
  const documents = values.map((value, i) => ({ from: `${i}.yaml`, value }))
  const input = readKubernetes(documents, { rollouts })
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
/** Used CPU in milliCPU by node, how many pods have no place, and why pods are held. */
const outcome = (values: readonly object[]) => {
  const { plan, held } = planOnNodes(read(values))
  const unplaced = [...plan.unplaced, ...held].reduce((sum, { count }) => sum + count, 0)
  return {
    used: plan.nodes.map(({ gauges }) => gauges.find(({ resource }) => resource === 'cpu')?.used),
    unplaced,
    held: held.map(({ why }) => why.reasons.join()),
  }
}
const exceeded = (name: string, requested: string, used: string, limited: string) =>
  `FailedCreate: pods "web-" is forbidden: exceeded quota: small, requested: ${name}=${requested}, used: ${name}=${used}, limited: ${name}=${limited}`

describe('the rollout of a Deployment', () => {
  it('that only grows first is stuck at a quota of its size', () => {
    const web = controller('Deployment', 1, {
      ...rolling(2, 1, 0),
      template: { metadata: { labels: { app: 'web', release: '2' } }, spec: specOf(1) },
    })
    expect(outcome([node('a', 9), quota({ pods: '2' }), web, ...old(2)])).toEqual({
      used: [2000],
      unplaced: 1,
      held: [exceeded('pods', '1', '2', '2')],
    })
    expect(outcome([node('a', 9), quota({ pods: '3' }), web, ...old(2)])).toEqual({
      used: [2000],
      unplaced: 0,
      held: [],
    })
  })
  it('that may shrink goes on with what its old pods free', () => {
    const web = controller('Deployment', 2, rolling(2, 0, 1))
    const dump = (cpu: string) => [
      ...[node('a', 9), quota({ 'requests.cpu': cpu }), web, ...old(2)],
    ]
    expect(outcome(dump('4'))).toEqual({ used: [4000], unplaced: 0, held: [] })
    // The second new pod wants 2 of the 3, beside the first one.
    expect(outcome(dump('3'))).toEqual({
      used: [2000],
      unplaced: 1,
      held: [exceeded('requests.cpu', '2', '2', '3')],
    })
  })
  it('that goes first and comes anew is counted without its old pods', () => {
    const web = controller('Deployment', 2, { replicas: 2, strategy: { type: 'Recreate' } })
    expect(outcome([node('a', 9), quota({ 'requests.cpu': '4' }), web, ...old(2)])).toEqual({
      used: [4000],
      unplaced: 0,
      held: [],
    })
  })
  it('counts new pods that wait since before it once', () => {
    // One of three is yet to be made; the quota lets it, and there is no room for it at first.
    const web = controller('Deployment', 2, rolling(3, 0, 1))
    const dump = (pods: string) => [node('a', 6), quota({ pods }), web, ...old(2)]
    expect(outcome(dump('3'))).toEqual({ used: [6000], unplaced: 0, held: [] })
  })
  it('is one rollout where a quota lets some of the missing pods only', () => {
    const web = controller('Deployment', 2, rolling(4, 0, 1))
    const dump = [node('a', 9), quota({ 'requests.cpu': '5' }), web, ...old(2)]
    // Of two missing pods one is let; the other is the one that may be unavailable.
    expect(outcome(dump)).toEqual({
      used: [4000],
      unplaced: 1,
      held: [exceeded('requests.cpu', '2', '4', '5')],
    })
  })
  it('has its quota refusal as an explanation', () => {
    const web = controller('Deployment', 2, rolling(1, 1, 0))
    const input = read([node('a', 9), quota({ pods: '1' }), web, ...old(1)])
    const [subject] = subjectsOf(input, 'web')
    expect(explainOnNodes(input, subject!.title)).toMatchObject({
      value: { _tag: 'Held', why: { reasons: [exceeded('pods', '1', '1', '1')] } },
    })
  })
})

describe('the rollout of another set', () => {
  it('of a StatefulSet counts a pod after the one that it replaces', () => {
    const pods = [0, 1].map((i) => pod('StatefulSet', `web-${i}`))
    const dump = (cpu: string) => [
      ...[node('a', 9), quota({ 'requests.cpu': cpu }), ...pods],
      controller('StatefulSet', 2, { replicas: 2, serviceName: 'web' }),
    ]
    expect(outcome(dump('4'))).toMatchObject({ used: [4000], unplaced: 0 })
    expect(outcome(dump('3'))).toMatchObject({ used: [2000], unplaced: 1 })
    expect(outcome(dump('2'))).toMatchObject({ used: [1000], unplaced: 1 })
  })
  it('of a DaemonSet counts a pod that comes beside the old one', () => {
    const pods = ['a', 'b'].map((name) => pod('DaemonSet', `web-${name}`, name))
    const surging = (hard: string) => [
      ...[node('a', 9), node('b', 9), quota({ pods: hard }), ...pods],
      controller('DaemonSet', 2, {
        updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      }),
    ]
    expect(outcome(surging('3'))).toMatchObject({ used: [2000, 2000], unplaced: 0 })
    expect(outcome(surging('2'))).toMatchObject({ used: [1000, 1000], unplaced: 1 })
  })
})

interface Case {
  readonly replicas: number
  readonly cpu: number
  readonly room: number
  readonly surge: number
  readonly unavailable: number
  readonly podsMax: number
  readonly cpuMax: number
}
const anyCase: fc.Arbitrary<Case> = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  cpu: fc.integer({ min: 2, max: 3 }),
  room: fc.integer({ min: 0, max: 12 }),
  surge: fc.integer({ min: 0, max: 3 }),
  unavailable: fc.integer({ min: 0, max: 3 }),
  podsMax: fc.integer({ min: 0, max: 10 }),
  cpuMax: fc.integer({ min: 0, max: 24 }),
})

/** What is left on one node, and how many pods wait, one decision at a time. */
const byTheBook = ({ replicas, cpu, room, surge, unavailable, podsMax, cpuMax }: Case) => {
  const fence = surge === 0 && unavailable === 0 ? 1 : unavailable
  let [before, after, waiting, missing] = [replicas, 0, 0, 0]
  for (let moved = true; moved; ) {
    moved = true
    const created = after + waiting
    if (missing > 0 && before + created < podsMax && before + (created + 1) * cpu <= cpuMax) {
      missing -= 1
      waiting += 1
    } else if (waiting > 0 && before + (after + 1) * cpu <= replicas + room) {
      waiting -= 1
      after += 1
    } else if (created + missing < replicas && before + created + missing < replicas + surge) {
      missing += 1
    } else if (before > 0 && before + after > replicas - fence) {
      before -= 1
    } else moved = false
  }
  return [[(before + after * cpu) * 1000], waiting + missing]
}

type Roll = (one: Case) => unknown

const rolled: Roll = ({ replicas, cpu, room, surge, unavailable, podsMax, cpuMax }) => {
  const maxUnavailable = surge === 0 && unavailable === 0 ? '1%' : unavailable
  const { used, unplaced } = outcome([
    node('a', replicas + room),
    quota({ pods: `${podsMax}`, 'requests.cpu': `${cpuMax}` }),
    controller('Deployment', cpu, rolling(replicas, surge, maxUnavailable)),
    ...old(replicas),
  ])
  return [used, unplaced]
}

const isByTheBook = (roll: Roll) =>
  fc.property(anyCase, (one) => JSON.stringify(roll(one)) === JSON.stringify(byTheBook(one)))

describe('the rollout of a Deployment under quotas', () => {
  it('ends as it does one pod at a time', () => {
    fc.assert(isByTheBook(rolled))
  })
  it('is refuted when its surge is not counted', () => {
    const uncounted: Roll = (one) =>
      rolled({ ...one, podsMax: one.podsMax + one.surge, cpuMax: one.cpuMax + one.surge * one.cpu })
    expect(isRefuted(isByTheBook(uncounted))).toBe(true)
  })
  it('is refuted when an old pod frees nothing', () => {
    const greedy: Roll = (one) => rolled({ ...one, podsMax: Math.min(one.podsMax, one.replicas) })
    expect(isRefuted(isByTheBook(greedy))).toBe(true)
  })
})
