/**
 * Tests the placer against kube-scheduler's cycle, which decides pod by pod: in random clusters
 * both bind the same pods to the same nodes, preempt the same victims and keep the same nodes.
 */
import {
  byCodeUnit,
  getOrThrow,
  instant,
  nodeName,
  startSteps,
  step,
  type Placer,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kubernetesController } from '../controller/controller.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { emptyMemory, type KubernetesMemory } from '../memory/memory.js'
import { openScheduler } from '../state/open.js'
import { runReady } from '../state/transition.js'
import { readObjects } from '../words/object.js'
import { kubernetesPlacer } from './placer.js'

const secondsText = (seconds: number): string =>
  `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`
/** The instant of a second of the first minute. */
const second = (seconds: number) => instant(1_767_225_600_000 + seconds * 1000)

interface PodDraft {
  readonly size: number
  readonly priority: number
  readonly isShy: boolean
  readonly isModest: boolean
}
interface BoundDraft extends PodDraft {
  readonly node: number
  readonly start: number
}
interface Case {
  readonly nodes: readonly number[]
  readonly bound: readonly BoundDraft[]
  readonly waiting: readonly PodDraft[]
  readonly minAvailable: number
  /** Which of the victims are gone before the second pass. */
  readonly gone: readonly boolean[]
}

const anyPod = {
  size: fc.integer({ min: 1, max: 4 }),
  priority: fc.integer({ min: 0, max: 3 }),
  /** Whether it wants no other such pod on its node. */
  isShy: fc.constantFrom(false, false, true),
  /** Whether it preempts nobody. */
  isModest: fc.constantFrom(false, false, false, true),
}
const anyCase: fc.Arbitrary<Case> = fc.record({
  nodes: fc.array(fc.integer({ min: 2, max: 7 }), { minLength: 1, maxLength: 4 }),
  bound: fc.array(
    fc.record({ ...anyPod, node: fc.nat(3), start: fc.integer({ min: 1, max: 5 }) }),
    {
      maxLength: 10,
    },
  ),
  waiting: fc.array(fc.record(anyPod), { minLength: 1, maxLength: 5 }),
  minAvailable: fc.nat(4),
  gone: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
})

const nodeNamed = (name: string, size: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu: `${size * 100}m`, memory: '64Gi', pods: '110' } },
})

const podNamed = (
  name: string,
  { size, priority, isShy, isModest }: PodDraft,
  more: object = {},
) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { name, namespace: 'shop', labels: { app: isShy ? 'shy' : 'plain' } },
  spec: {
    ...{ priority, priorityClassName: classOf(priority, isModest) },
    preemptionPolicy: isModest ? 'Never' : 'PreemptLowerPriority',
    containers: [{ name: 'main', image: 'a', resources: { requests: { cpu: `${size * 100}m` } } }],
    ...(isShy ? { affinity: { podAntiAffinity } } : {}),
    ...more,
  },
})
const classOf = (priority: number, isModest: boolean): string =>
  `${isModest ? 'modest' : 'plain'}-${priority}`
const priorityClasses = [0, 1, 2, 3].flatMap((value) =>
  [true, false].map((isModest) => ({
    ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value },
    metadata: { name: classOf(value, isModest) },
    preemptionPolicy: isModest ? 'Never' : 'PreemptLowerPriority',
  })),
)
const podAntiAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: [
    { labelSelector: { matchLabels: { app: 'shy' } }, topologyKey: 'kubernetes.io/hostname' },
  ],
}

/** The pods that fit on their nodes, in turn. */
const fitting = ({ nodes, bound }: Case): readonly (readonly [string, BoundDraft, string])[] => {
  const [left, shy] = [[...nodes], new Set<number>()]
  return bound.flatMap((pod, i) => {
    const node = pod.node % nodes.length
    const fits = left[node]! >= pod.size && !(pod.isShy && shy.has(node))
    if (!fits) return []
    left[node]! -= pod.size
    if (pod.isShy) shy.add(node)
    return [[`b${i}`, pod, `n${node}`] as const]
  })
}

const budget = (minAvailable: number, healthy?: number) => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  metadata: { name: 'plain', namespace: 'shop' },
  spec: { minAvailable, selector: { matchLabels: { app: 'plain' } } },
  ...(healthy === undefined
    ? {}
    : { status: { disruptionsAllowed: Math.max(0, healthy - minAvailable) } }),
})

const objectsOf = (values: readonly unknown[]) =>
  values.flatMap((value) => readObjects({ from: 'test', value }).objects)

/** What a pass did: bindings, victims, and the nodes that are kept at its end. */
interface Outcome {
  readonly bound: Readonly<Record<string, string>>
  readonly victims: readonly string[]
  readonly nominations: Readonly<Record<string, string>>
}

const memoryOf = (state: StepState): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? emptyMemory) as KubernetesMemory

/** Plays both passes with `step`. */
const passesOfStep = (one: Case, placer: Placer): readonly Outcome[] => {
  const objects = objectsOf(priorityClasses)
  const advance = step([kubernetesController({ objects, isPreempting: true })], {
    ...{ lowerNode: lowerKubernetesNode, placer },
  })
  const reported = (at: number, pod: ReturnType<typeof podNamed>): StepEvent => ({
    ...{ at: second(at), _tag: 'Reported', controller: 'kubernetes' },
    ...{ about: `Pod shop/${pod.metadata.name}`, report: pod },
  })
  const begin: readonly StepEvent[] = [
    ...one.nodes.map(
      (size, i): StepEvent => ({
        ...{ at: second(10), _tag: 'NodeJoined', name: `n${i}`, node: nodeNamed(`n${i}`, size) },
      }),
    ),
    ...fitting(one).map(([name, pod, node]) => {
      const { metadata, ...rest } = podNamed(name, pod, { nodeName: node })
      const creationTimestamp = secondsText(pod.start)
      return reported(10, { ...rest, metadata: { ...metadata, creationTimestamp } as never })
    }),
  ]
  const wishes = one.waiting.map((pod, i) => reported(20, podNamed(`w${i}`, pod)))
  let { state } = getOrThrow(advance(startSteps({ now: second(10) }), begin))
  const play = (events: readonly StepEvent[]): Outcome => {
    const before = memoryOf(state)
    const result = getOrThrow(advance(state, events))
    state = result.state
    const named = (owner: string): string => /^Pod shop\/(.+)#0$/.exec(owner)![1]!
    return {
      bound: Object.fromEntries(
        result.effects.flatMap((effect) =>
          effect._tag === 'Place' ? [[named(effect.owner.name), effect.node]] : [],
        ),
      ),
      victims: result.effects
        .flatMap((effect) =>
          effect._tag === 'Stop'
            ? [(memoryOf(state).pods.get(effect.replica) ?? before.pods.get(effect.replica))!.name]
            : [],
        )
        .map((name) => name.slice('shop/'.length))
        .sort(),
      nominations: Object.fromEntries(
        state.pending.flatMap(({ owner, nominations = [] }) =>
          nominations.map((node) => [named(owner.name), nodeName(state.cluster, node)]),
        ),
      ),
    }
  }
  const first = play(wishes)
  const stops: readonly StepEvent[] = [...memoryOf(state).pods]
    .filter(([, pod]) => first.victims.includes(pod.name.slice('shop/'.length)))
    .sort(([, a], [, b]) => byCodeUnit(a.name, b.name))
    .filter((_, i) => one.gone[i % one.gone.length])
    .map(([replica]) => ({ at: second(30), _tag: 'ReplicaStopped', replica }))
  return [first, play([...stops, { at: second(30), _tag: 'ClockAdvanced' }])]
}

/** Plays both passes with the scheduler's queue. */
const passesOfScheduler = (one: Case): readonly Outcome[] => {
  const condition = { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }
  const leaving = new Set<string>()
  const nodeOf = new Map(fitting(one).map(([name, , node]) => [name, node]))
  const starts = new Map(fitting(one).map(([name, pod]) => [name, pod.start]))
  const drafts = new Map<string, PodDraft>([
    ...fitting(one).map(([name, pod]) => [name, pod] as const),
    ...one.waiting.map((pod, i) => [`w${i}`, pod] as const),
  ])
  let nominations = new Map<string, string>()
  const play = (): Outcome => {
    const healthy = [...nodeOf.keys()].filter(
      (name) => name.startsWith('b') && !leaving.has(name) && !drafts.get(name)!.isShy,
    ).length
    const pods = [...drafts].map(([name, pod]) => {
      const node = nodeOf.get(name)
      const value = podNamed(name, pod, node === undefined ? {} : { nodeName: node })
      const startTime = secondsText(starts.get(name) ?? 0)
      const nominatedNodeName = nominations.get(name)
      const deletion = leaving.has(name) ? { deletionTimestamp: secondsText(20) } : {}
      return {
        ...value,
        metadata: { ...value.metadata, ...deletion },
        status: {
          ...(node === undefined ? {} : { startTime }),
          ...(nominatedNodeName === undefined ? {} : { nominatedNodeName }),
          ...(leaving.has(name) ? { conditions: [condition] } : {}),
        },
      }
    })
    const nodes = one.nodes.map((size, i) => nodeNamed(`n${i}`, size))
    const scheduler = openScheduler(
      objectsOf([...nodes, ...pods, budget(one.minAvailable, healthy)]),
      second(20),
    )
    const [after, effects] = getOrThrow(runReady(scheduler, second(20)))
    const bare = (name: string): string => name.slice('shop/'.length)
    const bound = effects.flatMap((effect) =>
      effect._tag === 'Bind' ? [[bare(effect.pod), effect.node] as const] : [],
    )
    const victims = effects.flatMap((effect) =>
      effect._tag === 'Delete' ? [bare(effect.pod)] : [],
    )
    for (const [name, node] of bound) {
      nodeOf.set(name, node)
      starts.set(name, 30)
    }
    for (const name of victims) leaving.add(name)
    nominations = new Map([...after.nominations].map(([name, node]) => [bare(name), node]))
    return {
      bound: Object.fromEntries(bound),
      victims: [...victims].sort(),
      nominations: Object.fromEntries(nominations),
    }
  }
  const first = play()
  for (const name of first.victims.filter((_, i) => one.gone[i % one.gone.length])) {
    nodeOf.delete(name)
    drafts.delete(name)
  }
  return [first, play()]
}

let [preemptions, keeps] = [0, 0]
const agree = (placerOf: (one: Case) => Placer) =>
  fc.property(anyCase, (one) => {
    const outcomes = passesOfStep(one, placerOf(one))
    expect(outcomes).toEqual(passesOfScheduler(one))
    preemptions += outcomes[0]!.victims.length
    keeps += Object.keys(outcomes[1]!.nominations).length
  })
const right = ({ minAvailable }: Case): Placer =>
  kubernetesPlacer({ objects: objectsOf([budget(minAvailable)]) })

describe('the placer', () => {
  it('decides as the scheduler does, in two passes', () => {
    fc.assert(agree(right), { numRuns: 150, seed: 1 })
    expect(preemptions).toBeGreaterThan(40)
    expect(keeps).toBeGreaterThan(8)
  })

  const changed = (change: (...of: Parameters<Placer>) => ReturnType<Placer>) => () => change
  it.each<readonly [string, (one: Case) => Placer]>([
    ['budgets are not looked at', () => kubernetesPlacer()],
    [
      'nodes that are kept are forgotten',
      (one) => (draft, requests, view) =>
        right(one)(
          draft,
          requests.map(({ nominations: _, ...request }) => request),
          view,
        ),
    ],
    [
      'pods go in the order of their names alone',
      (one) => (draft, requests, view) =>
        requests.map((request) => right(one)(draft, [request], view)[0]!),
    ],
    [
      'no pod is preempted',
      changed((draft, requests, { now }) =>
        kubernetesPlacer()(draft, requests, { now, memoryOf: () => undefined }),
      ),
    ],
  ])('is refuted when %s', (_, placerOf) => {
    expect(isRefuted(agree(placerOf), { runsMax: 2000 })).toBe(true)
  })
})
