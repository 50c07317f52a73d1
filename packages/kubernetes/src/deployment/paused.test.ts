/**
 * Tests plans of paused Deployments: the existing ReplicaSets create the missing pods, each from
 * its own template.
 */
import { getOrThrow } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { drainNodes } from '../drain/drain.js'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes, type ReadingOptions } from '../read/input.js'

const node = (name: string, cpu = 100) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: `${cpu}`, memory: '9Gi', pods: '50' } },
})
const template = (cpu: number, hash?: number) => ({
  metadata: {
    labels: { app: 'web', ...(hash === undefined ? {} : { 'pod-template-hash': `${hash}` }) },
  },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu: `${cpu}` } } }] },
})
const deployment = (spec: object, metadata: object = { uid: 'd' }) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...metadata } },
  spec: {
    ...{ paused: true, selector: { matchLabels: { app: 'web' } }, template: template(7) },
    ...spec,
  },
})
const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }],
})
/** A ReplicaSet whose pods request as many CPUs as its hash says. */
const set = (hash: number, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: `web-${hash}`, uid: `set-${hash}`, ...ownedBy('Deployment', 'web') },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web', 'pod-template-hash': `${hash}` } },
    template: template(hash, hash),
  },
})
const pod = (hash: number, i: number, nodeName: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name: `web-${hash}-${i}`, uid: `pod-${hash}-${i}`, ...metadata },
    labels: { app: 'web', 'pod-template-hash': `${hash}` },
    ...ownedBy('ReplicaSet', `web-${hash}`),
  },
  spec: { ...template(hash).spec, nodeName },
})
const read = (objects: readonly object[], options: ReadingOptions = {}) =>
  getOrThrow(
    readKubernetes(
      objects.map((value, i) => ({ from: `${i}`, value })),
      options,
    ),
  )
/** CPUs in use by node. */
const used = (objects: readonly object[], options?: ReadingOptions) =>
  planOnNodes(read(objects, options)).plan.nodes.map(
    ({ gauges }) => (gauges.find(({ resource }) => resource === 'cpu')?.used ?? 0) / 1000,
  )
const warnings = (objects: readonly object[]) =>
  read(objects).warnings.map(({ code, text }) => `${code}: ${text}`)

describe.each([{}, { rollouts: true }])(
  'with options %j, what a paused Deployment lacks',
  (options) => {
    const running = [pod(2, 0, 'a'), pod(2, 1, 'a')]
    it('is of the template of its ReplicaSet', () => {
      expect(
        used([node('a'), deployment({ replicas: 5 }), set(2, 2), ...running], options),
      ).toEqual([10])
    })
    it('is of its own template where its ReplicaSet is of it', () => {
      expect(used([node('a'), deployment({ replicas: 3 }), set(7, 3)], options)).toEqual([21])
    })
    it('is shared out among ReplicaSets with pods', () => {
      // 4 of 2 CPUs and 2 of 3 CPUs become 8 and 4.
      const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
      const scaled = { ...deployment({ replicas: 12, strategy }), status: { replicas: 6 } }
      expect(used([node('a'), scaled, set(2, 4), set(3, 2), ...running], options)).toEqual([28])
    })
    it('takes the place of a pod that leaves, in the ReplicaSet of that pod', () => {
      const leaving = pod(2, 1, 'a', { deletionTimestamp: '2026-01-01T00:00:00Z' })
      const dump = [node('a'), deployment({ replicas: 2 }), set(2, 2), pod(2, 0, 'a'), leaving]
      expect(used(dump, options)).toEqual([6])
    })
    it('takes the place of a pod whose node is taken away', () => {
      const dump = [node('a'), node('b'), deployment({ replicas: 2 }), set(2, 2), ...running]
      expect(used(dump, { ...options, withoutNodes: ['a'] })).toEqual([4])
    })
  },
)

it.each([
  [5, ['b', 'b']],
  [4, ['b', undefined]],
])('a drain replaces each pod in its ReplicaSet, beside %i CPUs', (cpu, places) => {
  // Without a surge nothing waits when the drain begins.
  const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  const scaled = deployment({ replicas: 2, strategy })
  const dump = [node('a'), node('b', cpu), scaled, set(2, 1), set(3, 1)]
  const input = read([...dump, pod(2, 0, 'a'), pod(3, 0, 'a')])
  const { pods } = getOrThrow(
    drainNodes(input, {
      ...{ nodes: ['a'], ignoreDaemonsets: true, force: true, deleteEmptydirData: true },
      ...{ disableEviction: false, durations: { start: 20_000, ready: 5_000, stop: 10_000 } },
    }),
  )
  expect(pods.map(({ replacement }) => replacement?.node)).toEqual(places)
})

it('without a ReplicaSet in a dump, more pods are not planned, and a warning says so', () => {
  const dump = [node('a'), deployment({ replicas: 5 }), pod(2, 0, 'a')]
  expect(used(dump)).toEqual([2])
  expect(warnings(dump)).toContainEqual(
    expect.stringMatching(/^WorkloadSuspended: .*none of its ReplicaSets is in the input/),
  )
})
it('a manifest that was never stored has no ReplicaSet', () => {
  expect(warnings([node('a'), deployment({ replicas: 5 }, {})])).toEqual([
    'WorkloadSuspended: it is paused and has no ReplicaSet yet: no pods are made until it is resumed',
  ])
})
it('a rollout is told of once, also with several ReplicaSets', () => {
  const dump = [node('a'), deployment({ replicas: 4 }), set(2, 1), set(3, 1), pod(2, 0, 'a')]
  expect(warnings(dump)).toEqual([expect.stringMatching(/^RolloutPending: .*its ReplicaSets make/)])
})
