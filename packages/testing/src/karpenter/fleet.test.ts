/**
 * Tests consolidation (which nodes can go) on random nodes and pods, read from documents:
 *
 * 1. The first step equals the command for the same nodes and pods as a Karpenter scenario, by the
 *    rules that are tested against Karpenter's recorded answers.
 * 2. Every step saves money, no node goes twice, and nodes with pods that must stay remain.
 */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { readFargateProfiles, readKubernetes, releaseAsMinds } from '@stowage/kubernetes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { karpenterAnswer } from './answer.js'
import { offered, scenarioTypes, sizes, zones } from './documents.fixture.js'
import { KarpenterScenario } from './line.js'

const pools = ['general', 'batch'].map((name) => ({
  ...{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name } },
  spec: {
    disruption: {
      ...{ consolidateAfter: '0s', consolidationPolicy: 'WhenEmptyOrUnderutilized' },
      budgets: [{ nodes: name === 'general' ? '2' : '50%' }],
    },
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.test.sh', kind: 'TestNodeClass', name: 'default' },
        requirements: [
          { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
          { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
        ],
      },
    },
  },
}))

interface FleetNode {
  readonly size: number
  readonly zone: number
  readonly pool: number
  readonly pods: readonly { readonly cpu: number; readonly isKept: boolean }[]
}

const amd = sizes.filter(({ type }) => type.architecture === 'x86_64')
const fleet: fc.Arbitrary<readonly FleetNode[]> = fc.array(
  fc.record({
    size: fc.integer({ min: 0, max: amd.length - 1 }),
    zone: fc.integer({ min: 0, max: zones.length - 1 }),
    pool: fc.integer({ min: 0, max: pools.length - 1 }),
    pods: fc.array(
      fc.record({
        cpu: fc.integer({ min: 1, max: 6 }),
        isKept: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      }),
      { maxLength: 3 },
    ),
  }),
  { minLength: 1, maxLength: 8 },
)

const nameOf = (i: number): string => `node-${String(i).padStart(2, '0')}`

const podsOf = (nodes: readonly FleetNode[]) =>
  nodes.flatMap(({ pods }, i) =>
    pods.map(({ cpu, isKept }, k) => ({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: {
        ...{ name: `pod-${i}-${k}`, namespace: 'default', uid: `uid-${i}-${k}` },
        labels: { app: 'a' },
        annotations: isKept ? { 'karpenter.sh/do-not-disrupt': 'true' } : {},
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: 'a', controller: true },
        ],
      },
      spec: {
        nodeName: nameOf(i),
        containers: [
          {
            ...{ name: 'main', image: 'example.org/main' },
            resources: { requests: { cpu: `${cpu * 100}m`, memory: `${cpu * 128}Mi` } },
          },
        ],
      },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    })),
  )

const types = scenarioTypes()
const quantity = (text: string): bigint => BigInt(Number.parseInt(text))

/** A node as the API server has it, with what its type leaves to pods. */
const nodeObject = ({ size, zone, pool }: FleetNode, i: number) => {
  const { type } = amd[size]!
  const { capacity, overhead, labels } = types.find(({ name }) => name === type.name)!
  const cpu = 1000n * quantity(capacity.cpu) - quantity(overhead.cpu)
  const memory = quantity(capacity.memory) - quantity(overhead.memory)
  return {
    ...{ apiVersion: 'v1', kind: 'Node' },
    metadata: {
      name: nameOf(i),
      labels: {
        ...Object.fromEntries(
          Object.entries(labels).flatMap(([key, [value]]) =>
            value === undefined ? [] : [[key, value]],
          ),
        ),
        'karpenter.sh/capacity-type': 'on-demand',
        'karpenter.sh/initialized': 'true',
        'karpenter.sh/nodepool': pools[pool]!.metadata.name,
        'karpenter.sh/registered': 'true',
        'kubernetes.io/hostname': nameOf(i),
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': type.name,
        'topology.kubernetes.io/zone': zones[zone]!,
      },
    },
    status: {
      capacity,
      allocatable: {
        ...{ cpu: `${cpu}m`, memory: `${memory}Mi`, pods: capacity.pods },
        'ephemeral-storage': '17Gi',
      },
    },
  }
}

const minds = ['karpenter', 'cluster-autoscaler'] as const

const released = (nodes: readonly FleetNode[], withPods = podsOf(nodes)) => {
  const documents = [...pools, ...nodes.map(nodeObject), ...withPods].map((value) => ({
    ...{ from: 'random', value },
  }))
  const market = offered.map((one) => ({ ...one, price: Math.round(one.price * 1e6) }))
  const prices = new Map(
    nodes.map(({ size }, i) => [nameOf(i), Math.round(amd[size]!.price * 1e6)]),
  )
  return getOrThrow(
    releaseAsMinds(
      { documents, inputWith: (more) => readKubernetes([...documents, ...more]) },
      getOrThrow(readFargateProfiles([])),
      market,
      { minds, groups: [], prices, deletesLocalData: false },
    ),
  ).releases
}

/** The first command of the first method that has one. */
const commanded = (nodes: readonly FleetNode[]) => {
  const { disruption } = karpenterAnswer(
    getOrThrow(
      decodeValue(KarpenterScenario, {
        ...{ id: 'fleet', instanceTypes: types, nodePools: pools, pods: podsOf(nodes) },
        nodes: nodes.map(({ size, zone, pool }, i) => ({
          ...{ name: nameOf(i), nodePool: pools[pool]!.metadata.name },
          ...{ instanceType: amd[size]!.type.name, zone: zones[zone], capacityType: 'on-demand' },
        })),
      }),
    ),
  )
  for (const method of ['emptiness', 'multi', 'single']) {
    const [command] = disruption![method]!
    if (command !== undefined)
      return { method, gone: [...command.nodes].sort(), launch: command.replacements?.[0]?.launch }
  }
  return undefined
}

describe('the nodes of documents', () => {
  it('go first as Karpenter commands for the scenario that is written from them', () => {
    fc.assert(
      fc.property(fleet, (nodes) => {
        const { steps, offers } = released(nodes)[0]!
        const [first] = steps
        const opened = first?.opened === undefined ? undefined : offers[first.opened.offer]!
        const launch =
          opened === undefined
            ? undefined
            : `${opened.type.name}/${opened.zone}/${opened.capacityType}`
        expect(
          first === undefined
            ? undefined
            : { method: first.method, gone: [...first.gone].sort(), launch },
        ).toEqual(commanded(nodes))
      }),
      { numRuns: 150 },
    )
  })
  it('do not, where it is not read which pods must not be disrupted', () => {
    const isSame = fc.property(fleet, (nodes) => {
      const free = podsOf(nodes).map((pod) => ({
        ...pod,
        metadata: { ...pod.metadata, annotations: {} },
      }))
      const { steps } = released(nodes, free)[0]!
      return (
        JSON.stringify([...(steps[0]?.gone ?? [])].sort()) ===
        JSON.stringify(commanded(nodes)?.gone ?? [])
      )
    })
    expect(isRefuted(isSame, { runsMax: 300 })).toBe(true)
  })
  it('go in steps that each save something, and those with pods to keep stay', () => {
    fc.assert(
      fc.property(fleet, (nodes) => {
        const stayers = nodes.flatMap(({ pods }, i) =>
          pods.some(({ isKept }) => isKept) ? [nameOf(i)] : [],
        )
        for (const { mind, steps, staying } of released(nodes)) {
          for (const { saving } of steps) expect(saving).toBeGreaterThan(0)
          const gone = steps.flatMap((step) => step.gone)
          expect(new Set(gone).size).toBe(gone.length)
          if (mind === 'karpenter')
            for (const name of stayers) expect(gone.includes(name)).toBe(false)
          const stays = new Set(staying.map(({ node }) => node))
          nodes.forEach((_, i) => expect(stays.has(nameOf(i))).toBe(!gone.includes(nameOf(i))))
        }
      }),
      { numRuns: 80 },
    )
  })
})
