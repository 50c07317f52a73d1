/**
 * Simulates a cluster for tests of controllers, which run in the kernel's `step`. It confirms every
 * order to start or to end a pod after a fixed time, and fires timers when they are due. It keeps
 * its own record of pods, with which tests compare the counts of the controllers.
 */
import {
  getOrThrow,
  instant,
  startSteps,
  step,
  type AnyController,
  type Instant,
  type ReplicaId,
  type StepEffect,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import { kubernetesController } from './controller.js'
import type { KubernetesMemory } from '../memory/memory.js'
import { lowerKubernetesNode } from '../memory/node.js'
import { kubernetesStatus, type DeploymentStatus, type KubernetesStatus } from './status.js'

/** An event without its instant. */
export type Happening = StepEvent extends infer Event
  ? Event extends StepEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** How long orders take, in milliseconds. */
export interface Delays {
  readonly start: number
  readonly stop: number
}

/** What the world saw of a pod. */
export interface SeenPod {
  readonly owner: string
  readonly node: string
  readonly placedAt: Instant
  runningAt?: Instant
  stoppedFrom?: Instant
}

/** A world at work. */
export interface World {
  readonly now: () => Instant
  readonly state: () => StepState
  readonly memory: () => KubernetesMemory
  readonly status: () => KubernetesStatus
  readonly deployment: (name: string) => DeploymentStatus
  /** Pods that were placed and are not gone. */
  readonly pods: ReadonlyMap<ReplicaId, SeenPod>
  /** All orders so far, each with its instant. */
  readonly orders: readonly (StepEffect & { readonly given: Instant })[]
  /** Lets events happen now, and plays what follows at the same instant. */
  readonly happen: (...events: readonly Happening[]) => void
  /** Plays all that happens within so many milliseconds. */
  readonly wait: (milliseconds: number) => void
}

/** Opens a world at 1 January 2026; `check` is called after every step. */
export const openWorld = ({
  delays: { start, stop } = { start: 1000, stop: 500 },
  controller = kubernetesController(),
  check = () => undefined,
}: {
  readonly delays?: Delays
  readonly controller?: AnyController
  readonly check?: (world: World) => void
} = {}): World => {
  const run = step([controller], { lowerNode: lowerKubernetesNode })
  const begin = instant(1_767_225_600_000)
  let now = begin
  let state = startSteps({ now: begin })
  let queue: { readonly at: number; readonly event: Happening }[] = []
  const pods = new Map<ReplicaId, SeenPod>()
  const orders: (StepEffect & { readonly given: Instant })[] = []
  const later = (at: number, event: Happening) => queue.push({ at, event })
  const obey = (effect: StepEffect) => {
    orders.push({ ...effect, given: now })
    if (effect._tag === 'Place') {
      pods.set(effect.replica, { owner: effect.owner.name, node: effect.node, placedAt: now })
      later(now + start, { _tag: 'ReplicaRunning', replica: effect.replica })
    }
    if (effect._tag === 'Stop') {
      const pod = pods.get(effect.replica)
      if (pod !== undefined) pod.stoppedFrom = now
      later(now + stop, { _tag: 'ReplicaStopped', replica: effect.replica })
    }
    if (effect._tag === 'WakeAt') later(effect.at, { _tag: 'ClockAdvanced' })
  }
  const happen = (...events: readonly Happening[]) => {
    const stamped = events.map((event): StepEvent => ({ ...event, at: now }))
    const { state: next, effects } = getOrThrow(run(state, stamped))
    state = next
    for (const event of stamped) {
      if (event._tag === 'ReplicaRunning') {
        const pod = pods.get(event.replica)
        if (pod !== undefined) pod.runningAt ??= now
      }
      if (event._tag === 'ReplicaStopped') pods.delete(event.replica)
    }
    effects.forEach(obey)
    check(world)
  }
  const wait = (milliseconds: number) => {
    const until = now + milliseconds
    for (;;) {
      const next = queue.reduce((first, { at }) => Math.min(first, at), Infinity)
      if (!(next <= until)) break
      now = instant(next)
      const due = queue.filter(({ at }) => at === next)
      queue = queue.filter(({ at }) => at !== next)
      happen(...due.map(({ event }) => event))
    }
    now = instant(until)
  }
  const memory = () => (state.memories.get('kubernetes') ?? controller.start) as KubernetesMemory
  const status = () => kubernetesStatus(state)
  const world: World = {
    ...{ now: () => now, state: () => state, memory, status, pods, orders, happen, wait },
    deployment: (name) => {
      const found = status().deployments.find((one) => one.name === name)
      if (found === undefined) throw new Error(`no Deployment ${name}`)
      return found
    },
  }
  return world
}

/** A report to the controller. */
export const reported = (about: string, report: unknown): Happening => ({
  ...{ _tag: 'Reported', controller: 'kubernetes', about, report },
})

/** A node joins that has room for so many pods of 100m. */
export const nodeJoined = (name: string, pods: number): Happening => ({
  ...{ _tag: 'NodeJoined', name, node: nodeOf(name, pods) },
})

/** A node has room for so many now. */
export const nodeChanged = (name: string, pods: number): Happening => ({
  ...{ _tag: 'NodeChanged', name, node: nodeOf(name, pods) },
})

const nodeOf = (name: string, pods: number) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu: `${pods * 100}m`, memory: '64Gi', pods: '110' } },
})

/** Fields of the test's template: containers of 100m. */
export const podSpec = (image: string, more: object = {}, container: object = {}) => ({
  containers: [{ name: 'main', image, resources: { requests: { cpu: '100m' } }, ...container }],
  ...more,
})

/** A manifest of Deployment `shop/web`. */
export const webDeployment = (
  spec: object = {},
  {
    image = 'web:1',
    pod = {},
    container = {},
    labels = {},
    annotations = {},
    name = 'web',
  }: {
    readonly image?: string
    readonly pod?: object
    readonly container?: object
    readonly labels?: object
    readonly annotations?: object
    readonly name?: string
  } = {},
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, ...labels }, annotations },
      spec: podSpec(image, pod, container),
    },
    ...spec,
  },
})

/** The report of it. */
export const webReported = (...of: Parameters<typeof webDeployment>): Happening =>
  reported(`Deployment shop/${of[1]?.name ?? 'web'}`, webDeployment(...of))
