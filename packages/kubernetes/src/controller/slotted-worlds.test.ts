/**
 * Tests invariants of StatefulSets and DaemonSets in random simulated clusters, in which orders are
 * lost, confirmations come late or twice, and nodes and pods die:
 * 1. No ordinal has two pods, and no node has more daemon pods than the surge allows.
 * 2. In the end each workload is complete, or pods of it wait for a node.
 */
import {
  instant,
  nodeIds,
  type AnyController,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { simulate } from '@stowage/simulator'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMemory, type KubernetesMemory, type PodRecord } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { kubernetesController } from './controller.js'
import { kubernetesStatus } from './status.js'
import { nodeJoined, podSpec } from './world.fixture.js'

const start = instant(1000)
const faultsEnd = 60_000

const reports = (
  at: number,
  kind: string,
  name: string,
  spec: object,
  image: string,
): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'kubernetes', about: `${kind} shop/${name}` },
  report: {
    ...{ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'shop' } },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: podSpec(image) },
      ...spec,
    },
  },
})

const anyWorld = fc.record({
  seed: fc.nat(9999),
  nodes: fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 4 }),
  podManagementPolicy: fc.constantFrom('OrderedReady', 'Parallel'),
  partition: fc.nat(1),
  maxUnavailable: fc.integer({ min: 1, max: 2 }),
  surge: fc.nat(1),
  minReadySeconds: fc.constantFrom(0, 3),
  updates: fc
    .array(
      fc.record({
        at: fc.integer({ min: 2000, max: faultsEnd }),
        image: fc.constantFrom('app:1', 'app:2', 'app:3'),
        replicas: fc.nat(4),
      }),
      { maxLength: 4 },
    )
    .map((updates) => [...updates].sort((one, other) => one.at - other.at)),
  rates: fc.record({
    lost: fc.constantFrom(0, 0.3),
    delayed: fc.constantFrom(0, 0.3),
    repeated: fc.constantFrom(0, 0.3),
    replicaDeaths: fc.constantFrom(0, 0.3),
    nodeDeaths: fc.constantFrom(0, 0.3),
  }),
})

const memoryOf = (state: StepState): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? emptyMemory) as KubernetesMemory

/** The pods of a workload by their slots; those that leave hold theirs too. */
const slotsOf = (
  state: StepState,
  title: string,
  holdsSlot: (pod: PodRecord) => boolean = () => true,
): readonly number[] => {
  const memory = memoryOf(state)
  const record = memory.slotted.get(title)
  const pods = [...memory.pods.values()].filter(
    (pod) => pod.slot?.workload === title && holdsSlot(pod),
  )
  return [...pods.map(({ slot }) => slot!.key), ...(record?.waiting.keys() ?? [])]
}

const worldsHold = (controller: AnyController) =>
  fc.property(anyWorld, (world) => {
    const { seed, nodes, podManagementPolicy, partition, maxUnavailable, surge, updates } = world
    const { minReadySeconds, rates } = world
    const stateful = (at: number, image: string, replicas: number) =>
      reports(
        at,
        'StatefulSet',
        'db',
        {
          ...{ replicas, podManagementPolicy, minReadySeconds },
          updateStrategy: { rollingUpdate: { partition, maxUnavailable } },
        },
        image,
      )
    const daemon = (at: number, image: string) =>
      reports(
        at,
        'DaemonSet',
        'agent',
        {
          minReadySeconds,
          updateStrategy: { rollingUpdate: { maxSurge: surge, maxUnavailable: 1 - surge } },
        },
        image,
      )
    const events = [
      ...nodes.map((pods, i): StepEvent => ({ ...nodeJoined(`node-${i}`, pods + 2), at: start })),
      ...[stateful(start, 'app:1', 3), daemon(start, 'app:1')],
      ...updates.flatMap(({ at, image, replicas }) => [
        ...[stateful(at, image, replicas), daemon(at, image)],
      ]),
    ]
    const run = simulate({
      ...{ seed, controllers: [controller], options: { lowerNode: lowerKubernetesNode }, events },
      ...{ faults: { ...rates, until: faultsEnd }, until: instant(3_000_000) },
    })
    if (run.fault !== undefined) throw new Error(JSON.stringify(run.fault))
    for (const { at, state } of run.moments) {
      const ordinals = slotsOf(state, 'StatefulSet shop/db')
      if (new Set(ordinals).size < ordinals.length)
        throw new Error(`two pods of one ordinal at ${at}: ${ordinals.join(', ')}`)
      // An old pod that is not ready goes at once beside a new one, and may take long to leave.
      const hosts = slotsOf(state, 'DaemonSet shop/agent', ({ isLeaving }) => !isLeaving)
      const most = Math.max(0, ...hosts.map((host) => hosts.filter((one) => one === host).length))
      if (most > 1 + surge) throw new Error(`${most} daemon pods on a node at ${at}`)
    }
    const known = new Set<number>(nodeIds(run.state.cluster))
    const strays = slotsOf(run.state, 'DaemonSet shop/agent').filter((node) => !known.has(node))
    if (strays.length > 0) throw new Error(`daemon pods of nodes that are gone: ${strays.join()}`)
    for (const { kind, complete, waiting, note } of kubernetesStatus(run.state).slotted)
      if (!complete && waiting === 0)
        throw new Error(`the ${kind} is not complete, and no pod waits (${note ?? ''})\n${run.log}`)
  })

describe('in random worlds', () => {
  it('StatefulSets and DaemonSets come to rest, one pod in a slot', () => {
    fc.assert(worldsHold(kubernetesController()), { numRuns: 100, seed: 1 })
  })

  const { decide } = kubernetesController()
  it.each<readonly [string, AnyController]>([
    [
      'pods that are gone are not seen',
      {
        ...kubernetesController(),
        decide: (view, memory: KubernetesMemory) => {
          const replicas = view.replicas.filter(({ phase }) => phase !== undefined)
          return decide({ ...view, replicas }, memory)
        },
      },
    ],
    [
      'nodes are not looked at',
      {
        ...kubernetesController(),
        decide: (view, memory: KubernetesMemory) => decide({ ...view, nodes: [] }, memory),
      },
    ],
    [
      'timers are not set',
      {
        ...kubernetesController(),
        decide: (view, memory: KubernetesMemory) => {
          const { wakeAt: _, ...decision } = decide(view, memory)
          return decision
        },
      },
    ],
  ])('is refuted when %s', (_, controller) => {
    expect(isRefuted(worldsHold(controller), { runsMax: 1000 })).toBe(true)
  })
})
