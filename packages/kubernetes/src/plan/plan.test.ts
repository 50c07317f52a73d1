/**
 * Tests plans on nodes: the order of priorities, running pods, and the reasons of pods without a
 * place.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { nodesOfType } from './fleet.js'
import { explainOnNodes } from './explain.js'
import { workloadNames } from './subject.js'
import { planOnNodes } from './plan.js'

const read = (...values: readonly unknown[]): KubernetesInput => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const node = (name: string, cpu: string, spec: object = {}, pods = '10') => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec,
  status: { allocatable: { cpu, memory: '8Gi', pods } },
})
const template = (cpu: string, spec: object = {}) => ({
  spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...spec },
})
const deployment = (name: string, replicas: number, cpu: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, ...template(cpu, spec) },
  },
})
const pod = (name: string, cpu: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  ...template(cpu, spec),
})
const held = (input: KubernetesInput): readonly string[] =>
  planOnNodes(input).plan.nodes.map(({ name, holds }) =>
    [name, ...holds.map((one) => `${one.count} ${one.name}`)].join(': '),
  )

describe('a plan', () => {
  it('places the highest priority first, whatever the names', () => {
    const urgent = deployment('z', 2, '1', { priorityClassName: 'system-node-critical' })
    const input = read(node('n', '3'), deployment('a', 2, '1'), urgent)
    expect(held(input)).toEqual(['n: 1 default/a: 2 default/z'])
    expect(planOnNodes(input).plan.unplaced).toMatchObject([{ name: 'default/a', count: 1 }])
  })
  it('counts what runs already, under the name of its owner, also while it leaves', () => {
    const owner = { ownerReferences: [{ kind: 'Deployment', name: 'a', controller: true }] }
    const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z' }
    const running = [
      pod('x', '1', { nodeName: 'n' }, owner),
      pod('y', '1', { nodeName: 'n' }, leaving),
    ]
    const input = read(node('n', '3'), deployment('a', 3, '1'), ...running)
    expect(held(input)).toEqual(['n: 2 default/a: 1 default/y'])
    expect(planOnNodes(input).plan.unplaced).toMatchObject([{ name: 'default/a', count: 1 }])
  })
  it('keeps what runs on a node that is overfull', () => {
    const running = ['x', 'y'].map((name) => pod(name, '2', { nodeName: 'n' }, { uid: name }))
    expect(held(read(node('n', '3'), ...running))).toEqual(['n: 1 default/x: 1 default/y'])
  })
  it('gives a pod another place when its node is not there, with a warning', () => {
    const { plan, warnings } = planOnNodes(
      read(node('n', '1'), pod('x', '1', { nodeName: 'gone' }, { uid: 'x' })),
    )
    expect(plan.nodes.map(({ holds }) => holds)).toEqual([[{ name: 'default/x', count: 1 }]])
    expect(warnings).toEqual([
      {
        code: 'PodOnUnknownNode',
        from: '1.yaml',
        subject: 'Pod default/x',
        text: 'a pod runs on node gone, which is not among the documents: it wants a place',
      },
    ])
  })
  it('holds back a pod that is yet to be created on a node that is not there', () => {
    const { plan, held: back } = planOnNodes(
      read(node('n', '1'), pod('x', '1', { nodeName: 'gone' })),
    )
    expect(plan.nodes.map(({ holds }) => holds)).toEqual([[]])
    expect(back.map(({ name, why }) => [name, why.reasons])).toEqual([
      ['default/x', [expect.stringMatching(/^there is no node gone/)]],
    ])
  })
  it('shows how full a node is in the units of Kubernetes', () => {
    const { nodes } = planOnNodes(read(node('n', '2'), deployment('a', 3, '250m'))).plan
    expect(nodes[0]!.gauges).toEqual([
      { resource: 'cpu', unit: 'm', of: 2000, used: 750 },
      { resource: 'memory', unit: 'B', of: 8_589_934_592, used: 0 },
      { resource: 'pods', unit: '', of: 10, used: 3 },
    ])
  })
  it('says why, with the number of nodes that gave each reason first', () => {
    const taints = [{ key: 'gpu', effect: 'NoSchedule' }]
    const nodes = [
      node('full', '4', {}, '0'),
      node('small', '1'),
      node('tainted', '4', { taints }),
      node('cordoned', '4', { unschedulable: true }),
      node('both', '1', { taints, unschedulable: true }),
    ]
    const { unplaced } = planOnNodes(read(...nodes, deployment('a', 7, '2'))).plan
    expect(unplaced).toMatchObject([{ name: 'default/a', count: 7, nodes: 5 }])
    expect(unplaced[0]!.reasons.map(({ reason, nodes: count }) => `${reason}: ${count}`)).toEqual([
      'node(s) were unschedulable: 2',
      'node(s) had untolerated taint(s): 1',
      'Too many pods: 1',
      'Insufficient cpu: 1',
    ])
  })
  it('has new nodes beside those that are there', () => {
    const type = {
      name: 'm5.large',
      vcpus: 2,
      memoryMiB: 8192,
      interfaces: 3,
      addressesPerInterface: 10,
      gpus: 0,
      ebsVolumes: 27,
    }
    const made = nodesOfType({ ...type, architecture: 'x86_64' }, 2, ['eu-west-1a', 'eu-west-1b'])
    const inZone = { nodeSelector: { 'topology.kubernetes.io/zone': 'eu-west-1b' } }
    const input = read(
      node('n', '8'),
      ...made.map(({ value }) => value),
      deployment('a', 2, '1', inZone),
    )
    expect(held(input)).toEqual(['m5.large-1', 'm5.large-2: 1 default/a', 'n'])
    expect(planOnNodes(input).plan.unplaced).toMatchObject([{ count: 1, nodes: 3 }])
  })
})

describe('an explanation', () => {
  const explained = (input: KubernetesInput, name: string) => {
    const found = O.toUndefined(explainOnNodes(input, name))
    return found?._tag === 'Explained' ? found : undefined
  }
  const input = read(
    node('n', '3'),
    node('m', '1'),
    deployment('a', 5, '1'),
    deployment('b', 1, '10m'),
    deployment('none', 0, '1'),
  )

  it('is of the first that has no place, and says why of each node', () => {
    const found = explained(input, 'default/a')!
    expect([found.name, found.replica, found.explanation.chosen]).toEqual([
      'default/a',
      5,
      undefined,
    ])
    expect(found.explanation.nodes).toMatchObject([
      {
        name: 'm',
        first: { plugin: 'NodeResourcesFit', reasons: ['Insufficient cpu'], removable: true },
      },
      {
        name: 'n',
        first: { plugin: 'NodeResourcesFit', reasons: ['Insufficient cpu'], removable: true },
      },
    ])
  })
  it('is of the first of all when every one has a place', () => {
    const found = explained(
      read(node('n', '3'), node('m', '1'), deployment('b', 2, '100m')),
      'default/b',
    )!
    expect([found.replica, found.explanation.chosen, found.explanation.runnerUp]).toEqual([
      1,
      'n',
      'm',
    ])
    expect(found.explanation.nodes.map(({ scores }) => scores)).toMatchObject([
      [
        { plugin: 'TaintToleration', weighted: 300 },
        { plugin: 'NodeResourcesFit', weighted: 93 },
        { plugin: 'PodTopologySpread', weighted: 200 },
        { plugin: 'NodeResourcesBalancedAllocation' },
      ],
      [
        { plugin: 'TaintToleration', weighted: 300 },
        { plugin: 'NodeResourcesFit', weighted: 96 },
        { plugin: 'PodTopologySpread', weighted: 200 },
        { plugin: 'NodeResourcesBalancedAllocation' },
      ],
    ])
  })
  it('is there for every name that is given, and for no other', () => {
    expect(workloadNames(input)).toEqual(['default/a', 'default/b', 'default/none'])
    for (const name of workloadNames(input))
      expect(O.isSome(explainOnNodes(input, name))).toBe(true)
    expect([explained(input, 'default/other'), explained(input, 'a')]).toEqual([
      undefined,
      undefined,
    ])
  })
})
