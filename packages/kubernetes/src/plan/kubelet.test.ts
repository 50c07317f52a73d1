/**
 * Tests plans with new pods whose `spec.nodeName` names a node. The kubelet of the node runs the
 * pods for which it has room, and refuses the others. Only pods that an API server has stored count
 * as running.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { explainOnNodes } from './explain.js'
import { planOnNodes, type NodesPlan } from './plan.js'

const node = (more: { readonly spec?: object; readonly allocatable?: object } = {}) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', labels: { disk: 'ssd' } } },
  spec: more.spec ?? {},
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '3', ...more.allocatable } },
})
interface PodParts {
  readonly metadata?: object
  readonly spec?: object
  readonly status?: object
}
const pod = (name: string, cpu: string, { metadata = {}, spec = {}, status }: PodParts = {}) => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata } },
  spec: {
    nodeName: 'a',
    containers: [{ name: 'main', resources: { requests: { cpu } } }],
    ...spec,
  },
  ...(status === undefined ? {} : { status }),
})
const memory = (amount: string): object => ({
  containers: [{ name: 'main', resources: { requests: { memory: amount } } }],
})
const quota = (hard: object) => ({
  ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'small' }, spec: { hard } },
})

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const refusals = ({ held }: NodesPlan): readonly string[] =>
  held.map(({ name, why }) => `${name}: ${why.reasons[0]!.split(':')[0]}`)
const running = ({ plan }: NodesPlan): number =>
  plan.nodes.flatMap(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
const seen = (...values: readonly unknown[]) => {
  const planned = planOnNodes(read(...values))
  return { running: running(planned), refused: refusals(planned) }
}

describe('a new pod that names its node', () => {
  it.each([
    ['cpu', pod('p', '3'), 'OutOfcpu'],
    ['memory', pod('p', '1', { spec: memory('5Gi') }), 'OutOfmemory'],
    ['labels', pod('p', '1', { spec: { nodeSelector: { disk: 'hdd' } } }), 'NodeAffinity'],
  ])('is refused for %s that the node has not', (_, one, reason) => {
    expect(seen(node(), one)).toEqual({ running: 0, refused: [`default/p: ${reason}`] })
  })
  it('is refused when the pods of the node are full', () => {
    const pods = ['p', 'q', 'r', 's'].map((name) => pod(name, '0'))
    expect(seen(node(), ...pods)).toEqual({ running: 3, refused: ['default/s: OutOfpods'] })
  })
  it('is refused when another pod has its host port', () => {
    const spec = { containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort: 80 }] }] }
    expect(seen(node(), pod('p', '1', { spec }), pod('q', '1', { spec }))).toEqual({
      running: 1,
      refused: ['default/q: NodePorts'],
    })
  })
  it('is ejected by a taint of effect NoExecute only, and by a cordon not', () => {
    const tainted = (effect: string) =>
      node({ spec: { unschedulable: true, taints: [{ key: 'k', value: 'v', effect }] } })
    expect(seen(tainted('NoSchedule'), pod('p', '1')).running).toBe(1)
    expect(seen(tainted('NoExecute'), pod('p', '1')).refused).toEqual([
      'default/p: TaintToleration',
    ])
    const spec = { tolerations: [{ key: 'k', operator: 'Exists' }] }
    expect(seen(tainted('NoExecute'), pod('p', '1', { spec })).running).toBe(1)
  })
  it('may ask for an extended resource that the node does not have, but not for too much', () => {
    const spec = {
      containers: [
        { name: 'main', resources: { limits: { 'x.io/gpu': '2' }, requests: { 'x.io/gpu': '2' } } },
      ],
    }
    expect(seen(node(), pod('p', '1', { spec })).running).toBe(1)
    expect(
      seen(node({ allocatable: { 'x.io/gpu': '1' } }), pod('p', '1', { spec })).refused,
    ).toEqual(['default/p: OutOfx.io/gpu'])
  })
  it('comes after the pods that run, and before those that are scheduled', () => {
    const stored = pod('z', '2', { status: { phase: 'Running' } })
    expect(seen(node(), pod('a', '1'), stored).refused).toEqual(['default/a: OutOfcpu'])
    const pending = pod('b', '2', { spec: { nodeName: undefined } })
    expect(running(planOnNodes(read(node(), pod('z', '1'), pending)))).toBe(1)
  })
  it('is refused by a quota before its kubelet sees it', () => {
    const { refused } = seen(node(), quota({ pods: '1' }), pod('p', '1'), pod('q', '1'))
    expect(refused).toEqual(['default/q: pods "q" is forbidden'])
  })
  it('is explained by the refusal of its kubelet', () => {
    const input = read(node(), pod('p', '3'))
    expect(O.toUndefined(explainOnNodes(input, 'pod/default/p'))).toMatchObject({
      _tag: 'Held',
      why: { reasons: [expect.stringContaining('the kubelet of a') as string] },
    })
  })
})

describe('a pod that was stored', () => {
  it.each([
    ['a uid', { metadata: { uid: '1' } }],
    ['a creation', { metadata: { creationTimestamp: '2026-01-01T00:00:00Z' } }],
    ['a version', { metadata: { resourceVersion: '1' } }],
    ['a status', { status: { phase: 'Running' } }],
  ])('is known by %s and runs, whatever the node has', (_, parts) => {
    expect(seen(node(), pod('p', '3', parts))).toEqual({ running: 1, refused: [] })
  })
  it.each([
    ['its priority', { spec: { priority: 7 } }],
    ['a creation that is null', { metadata: { creationTimestamp: null } }],
    ['an empty status', { status: {} }],
  ])('is not known by %s', (_, parts) => {
    expect(seen(node(), pod('p', '3', parts)).refused).toEqual(['default/p: OutOfcpu'])
  })
  it('has a priority of its own where no class is known, and else that of its class', () => {
    const priorityOf = (...values: readonly unknown[]) =>
      read(...values, pod('p', '1', { spec: { nodeName: undefined, priority: 7 } })).pending[0]
    expect(priorityOf()).toMatchObject({ priority: 7 })
    const other = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 5 }
    expect(priorityOf({ ...other, metadata: { name: 'x' } })?.refusal).toContain(
      'the integer value of priority (7) must not be provided in pod spec',
    )
  })
})

const cpus = fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 4 }), isStored: fc.boolean() }), {
  maxLength: 5,
})
/** By the book: new pods in the order of names, each if the sum of cpu is not above the node's. */
const bookOf = (all: readonly { readonly cpu: number; readonly isStored: boolean }[]) => {
  let used = all.filter(({ isStored }) => isStored).reduce((sum, { cpu }) => sum + cpu, 0)
  let count = all.filter(({ isStored }) => isStored).length
  for (const { cpu, isStored } of all)
    if (!isStored && used + cpu <= 6) {
      used += cpu
      count++
    }
  return count
}
const agrees = (book: typeof bookOf) =>
  fc.property(cpus, (all) => {
    const pods = all.map(({ cpu, isStored }, i) =>
      pod(`p${i}`, `${cpu}`, isStored ? { metadata: { uid: `${i}` } } : {}),
    )
    const big = node({ allocatable: { cpu: '6', pods: '9' } })
    expect(seen(big, ...pods).running).toBe(book(all))
  })

it('takes as many new pods as there is room for', () => {
  fc.assert(agrees(bookOf))
})
it('is refuted when new pods are believed to run', () => {
  expect(isRefuted(agrees((all) => all.length))).toBe(true)
})
