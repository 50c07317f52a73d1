/**
 * Tests on which nodes the pods of a DaemonSet are planned: one pod on every node that admits it,
 * whether or not the node has room.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { planOnNodes, type NodesPlan } from './plan.js'

/** A planted bug is looked for longer, and found once. */

const read = (values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const node = (name: string, { labels = {}, spec = {}, cpu = '2' } = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec,
  status: { allocatable: { cpu, memory: '4Gi', pods: '10' } },
})
const container = { name: 'main', resources: { requests: { cpu: '1' } } }
const agent = (spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: {
      metadata: { labels: { app: 'a' } },
      spec: { containers: [container], ...spec },
    },
  },
})
const agentPod = (name: string, nodeName?: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }],
    ...metadata,
  },
  spec: { containers: [container], nodeName },
})
const tainted = (key: string, effect: string) => ({ spec: { taints: [{ key, effect }] } })
const planned = (...values: readonly unknown[]): NodesPlan => planOnNodes(read(values))
/** The nodes that hold one pod of the DaemonSet; more than one is shown with their number. */
const holders = ({ plan }: NodesPlan): readonly string[] =>
  plan.nodes.flatMap(({ name, holds }) =>
    holds.map(({ count }) => (count === 1 ? name : `${name} ${count}`)),
  )

describe('a DaemonSet runs', () => {
  it('on every node that its selector and affinity admit', () => {
    const nodes = [
      node('a', { labels: { disk: 'ssd' } }),
      node('b'),
      node('c', { labels: { disk: 'ssd' } }),
    ]
    expect(holders(planned(...nodes, agent()))).toEqual(['a', 'b', 'c'])
    expect(holders(planned(...nodes, agent({ nodeSelector: { disk: 'ssd' } })))).toEqual(['a', 'c'])
    const term = { matchExpressions: [{ key: 'disk', operator: 'DoesNotExist' }] }
    const required = {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
    }
    expect(holders(planned(...nodes, agent({ affinity: { nodeAffinity: required } })))).toEqual([
      'b',
    ])
  })
  it('where its tolerations admit it, those of the controller included', () => {
    const nodes = [
      node('a', tainted('gpu', 'NoSchedule')),
      node('b', tainted('node.kubernetes.io/not-ready', 'NoExecute')),
      node('c', tainted('node.kubernetes.io/disk-pressure', 'NoSchedule')),
      node('d', { spec: { unschedulable: true } }),
      node('e', tainted('node.kubernetes.io/network-unavailable', 'NoSchedule')),
      node('f', tainted('node.kubernetes.io/not-ready', 'NoSchedule')),
      node('g', tainted('gpu', 'PreferNoSchedule')),
    ]
    expect(holders(planned(...nodes, agent()))).toEqual(['b', 'c', 'd', 'g'])
    expect(holders(planned(...nodes, agent({ hostNetwork: true })))).toEqual([
      'b',
      'c',
      'd',
      'e',
      'g',
    ])
    const tolerations = [{ key: 'gpu', operator: 'Exists' }]
    expect(holders(planned(...nodes, agent({ tolerations })))).toEqual(['a', 'b', 'c', 'd', 'g'])
  })
  it('once on a node that has one already, also when that one is leaving', () => {
    const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z' }
    const pods = [agentPod('x', 'a'), agentPod('y', 'b', leaving), agentPod('z')]
    expect(holders(planned(node('a'), node('b'), node('c'), agent(), ...pods))).toEqual([
      'a',
      'b',
      'c',
    ])
  })
  it('nowhere else when there is no room: each node says why', () => {
    const { plan } = planned(node('a', { cpu: '500m' }), node('b'), agent())
    expect(plan.unplaced).toEqual([
      {
        name: 'default/agent',
        count: 1,
        nodes: 1,
        reasons: [{ plugin: 'NodeResourcesFit', reason: 'Insufficient cpu', nodes: 1 }],
      },
    ])
  })
  const required = (key: string) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'Exists' }] }],
      },
    },
  })
  it.each<readonly [string, object, object, string]>([
    ['labels', {}, { nodeSelector: { disk: 'ssd', zone: 'b' } }, 'no node has disk=ssd or zone=b'],
    ['affinity', {}, { affinity: required('gpu') }, 'no node meets its nodeSelector and affinity'],
    [
      'taints',
      { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } },
      {},
      'each has a taint that it does not tolerate, or is not one of its nodeSelector and affinity',
    ],
  ])('nowhere, with a warning, when no node admits it for its %s', (_, more, spec, detail) => {
    const { plan, warnings } = planned({ ...node('a'), ...more }, agent(spec))
    expect(plan.unplaced).toEqual([])
    expect(warnings).toMatchObject([
      { subject: 'DaemonSet default/agent', text: 'no node is eligible for it', detail },
    ])
  })
})

const anyNodes = fc.array(
  fc.record({ ssd: fc.boolean(), gpu: fc.boolean(), small: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
)

/** On the nodes that admit it there is one, or one is missing; on the others there is none. */
const onEach = (plan: typeof planOnNodes) =>
  fc.property(anyNodes, (nodes) => {
    const values = nodes.map(({ ssd, gpu, small }, i) =>
      node(`n${i}`, {
        labels: ssd ? { disk: 'ssd' } : {},
        ...(gpu ? tainted('gpu', 'NoSchedule') : {}),
        cpu: small ? '1m' : '2',
      }),
    )
    const made = plan(read([...values, agent({ nodeSelector: { disk: 'ssd' } })]))
    const admitting = nodes
      .map((one, i) => ({ ...one, name: `n${i}` }))
      .filter(({ ssd, gpu }) => ssd && !gpu)
    const missing = made.plan.unplaced.reduce((sum, { count }) => sum + count, 0)
    return (
      JSON.stringify(holders(made)) ===
        JSON.stringify(admitting.filter(({ small }) => !small).map(({ name }) => name)) &&
      missing === admitting.filter(({ small }) => small).length
    )
  })

it('is on each node that admits it, or said to be missing there', () => {
  fc.assert(onEach(planOnNodes))
})
it('is refuted when it is a number of pods, as many as nodes', () => {
  const counted: typeof planOnNodes = (input) =>
    planOnNodes({
      ...input,
      pending: input.pending.map((one) => ({ ...one, count: input.nodes.length })),
    })
  expect(isRefuted(onEach(counted))).toBe(true)
})

describe('a DaemonSet and other workloads', () => {
  const workload = (name: string, priority = 0) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [container], priority },
      },
    },
  })
  it.each(['a-name-before', 'z-name-after'])(
    'take turns on a node: the daemon first, whatever the names are: %s',
    (name) => {
      const { plan } = planned(node('a'), workload(name), agent())
      expect(plan.nodes[0]?.holds).toEqual(
        [`default/agent`, `default/${name}`].sort().map((held) => ({ name: held, count: 1 })),
      )
      expect(plan.unplaced.map(({ name: without }) => without)).toEqual([`default/${name}`])
    },
  )
  it('take turns by priority above all', () => {
    const { plan } = planned(node('a'), workload('web', 1), agent())
    expect(plan.unplaced.map(({ name }) => name)).toEqual(['default/agent'])
  })
})
