/**
 * Tests the headroom of a workload (how many more pods of it would fit) against plans with one more
 * replica each time.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { headroomOnNodes } from './headroom.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { planOnNodes } from './plan.js'

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}

interface AnyNode {
  readonly cpu: number
  readonly pods: number
  readonly isTainted: boolean
}
interface AnyWorkload {
  readonly replicas: number
  readonly cpu: number
  /** At most one pod on each node, or as even as they can be. */
  readonly rule: 'none' | 'apart' | 'even'
}
interface AnyCluster {
  readonly nodes: readonly AnyNode[]
  readonly first: AnyWorkload
  readonly last: AnyWorkload
  /** CPU of pods that run on the first node. */
  readonly running: readonly number[]
  /** What a ResourceQuota of the namespace lets. */
  readonly hard?: Readonly<Record<string, string>>
}
const anyWorkload: fc.Arbitrary<AnyWorkload> = fc.record({
  replicas: fc.nat(2),
  cpu: fc.integer({ min: 0, max: 2 }),
  rule: fc.constantFrom('none', 'apart', 'even'),
})
const anyCluster: fc.Arbitrary<AnyCluster> = fc.record({
  nodes: fc.array(
    fc.record({
      cpu: fc.integer({ min: 1, max: 4 }),
      pods: fc.integer({ min: 1, max: 4 }),
      isTainted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  ...{ first: anyWorkload, last: anyWorkload },
  running: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
  hard: fc.dictionary(fc.constantFrom('pods', 'requests.cpu'), fc.nat(8).map(String)),
})

const nodeObject = ({ cpu, pods, isTainted }: AnyNode, i: number): object => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: { name: `n${i}`, labels: { 'kubernetes.io/hostname': `n${i}` } },
  spec: isTainted ? { taints: [{ key: 'x', effect: 'NoSchedule' }] } : {},
  status: { allocatable: { cpu: String(cpu), memory: '8Gi', pods: String(pods) } },
})
const containers = (cpu: number): object => ({
  containers: [{ name: 'c', resources: { requests: { cpu: String(cpu) } } }],
})
const deployment = (name: string, { replicas, cpu, rule }: AnyWorkload): object => {
  const labels = { app: name }
  const near = { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' }
  const spread = { ...near, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }
  const rules = {
    none: {},
    apart: {
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } },
    },
    even: { topologySpreadConstraints: [spread] },
  }
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
    spec: {
      ...{ replicas, selector: { matchLabels: labels } },
      template: { metadata: { labels }, spec: { ...containers(cpu), ...rules[rule] } },
    },
  }
}
const inputOf = (
  { nodes, first, last, running, hard = {} }: AnyCluster,
  more = 0,
): KubernetesInput =>
  read(
    ...nodes.map(nodeObject),
    ...running.map((cpu, i) => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `run${i}` } },
      spec: { nodeName: 'n0', ...containers(cpu) },
    })),
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard } },
    deployment('a', first),
    deployment('z', { ...last, replicas: last.replicas + more }),
  )

/** One replica more each time, until one finds no place; `z` is planned after all others. */
const oneByOne = (cluster: AnyCluster): number => {
  const placedWith = (more: number): number =>
    planOnNodes(inputOf(cluster, more))
      .plan.nodes.flatMap(({ holds }) => holds)
      .reduce((sum, { name, count }) => (name === 'default/z' ? sum + count : sum), 0)
  const before = placedWith(0)
  for (let more = 1; ; more++) if (placedWith(more) < before + more) return more - 1
}
const headroomIn = (cluster: AnyCluster): number => {
  const found = headroomOnNodes(inputOf(cluster), 'default/z', 1000)
  return found?._tag === 'Headroom' ? found.count : -1
}
const isOneByOne = (count: typeof headroomIn) =>
  fc.property(anyCluster, (cluster) => {
    expect(count(cluster)).toBe(oneByOne(cluster))
  })

describe('headroom', () => {
  it('is what plans with one replica more each time give', () => fc.assert(isOneByOne(headroomIn)))
  it.each<[string, typeof headroomIn]>([
    [
      'what waits is not planned first',
      (cluster) => headroomIn({ ...cluster, first: { ...cluster.first, replicas: 0 } }),
    ],
    ['what runs takes no room', (cluster) => headroomIn({ ...cluster, running: [] })],
    ['quotas are forgotten', ({ hard: _, ...cluster }) => headroomIn(cluster)],
    [
      'its own pods are forgotten',
      (cluster) => headroomIn({ ...cluster, last: { ...cluster.last, replicas: 0 } }),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(isOneByOne(broken))).toBe(true)
  })
  it('says where each goes, and why no other does', () => {
    const cluster: AnyCluster = {
      nodes: [
        { cpu: 4, pods: 9, isTainted: false },
        { cpu: 4, pods: 2, isTainted: false },
        { cpu: 4, pods: 9, isTainted: true },
      ],
      first: { replicas: 0, cpu: 1, rule: 'none' },
      last: { replicas: 1, cpu: 1, rule: 'none' },
      running: [],
    }
    expect(headroomOnNodes(inputOf(cluster), 'default/z', 1000)).toMatchObject({
      count: 5,
      unplaced: { nodes: 3 },
      explanation: {
        nodes: [
          { first: { reasons: ['Insufficient cpu'] } },
          { first: { reasons: ['Too many pods'] } },
          { first: { plugin: 'TaintToleration' } },
        ],
      },
    })
    expect(headroomOnNodes(inputOf(cluster), 'default/z', 2)).toMatchObject({
      ...{ count: 2, unplaced: undefined },
    })
    expect(headroomOnNodes(inputOf(cluster), 'default/y', 2)).toBeUndefined()
  })
  it.each([
    ['3', 2, 'requested: pods=1, used: pods=3, limited: pods=3'],
    ['0', 0, 'requested: pods=1, used: pods=0, limited: pods=0'],
  ])('ends at a quota: %s pods', (pods, count, why) => {
    const cluster: AnyCluster = {
      nodes: [{ cpu: 4, pods: 9, isTainted: false }],
      first: { replicas: 0, cpu: 1, rule: 'none' },
      last: { replicas: 1, cpu: 1, rule: 'none' },
      ...{ running: [], hard: { pods } },
    }
    expect(headroomOnNodes(inputOf(cluster), 'default/z', 1000)).toMatchObject({
      ...{ count, unplaced: undefined },
      refusal: `FailedCreate: pods "z-" is forbidden: exceeded quota: q, ${why}`,
    })
  })
  it('of a pod that runs is of others like it', () => {
    const input = inputOf({
      nodes: [{ cpu: 4, pods: 9, isTainted: false }],
      first: { replicas: 0, cpu: 1, rule: 'none' },
      last: { replicas: 0, cpu: 1, rule: 'none' },
      running: [1],
    })
    expect(headroomOnNodes(input, 'pod/default/run0', 1000)).toMatchObject({ count: 3 })
  })
  const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  it.each([
    ['DaemonSet', {}, 'a DaemonSet has one pod on each node'],
    [
      'StatefulSet',
      { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }] },
      'claims of its own',
    ],
    ['Deployment', { template: { spec: { schedulerName: 'mine' } } }, 'no scheduler looks at it'],
  ])('is not known of some: %s', (kind, more, why) => {
    const labels = { app: 'x' }
    const { template, ...spec } = more as { readonly template?: { readonly spec: object } }
    const found = headroomOnNodes(
      read(nodeObject({ cpu: 4, pods: 9, isTainted: false }, 0), {
        ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'x' } },
        spec: {
          ...{ replicas: 1, selector: { matchLabels: labels }, ...spec },
          template: { metadata: { labels }, spec: { ...containers(1), ...template?.spec } },
        },
      }),
      'default/x',
      1000,
    )
    expect(found).toMatchObject({ _tag: 'Unknown', why: expect.stringContaining(why) as string })
  })
})
