/**
 * Fuzzes histories: events of a cluster one after the other, which the controllers of Kubernetes
 * and of Amazon ECS learn, and moves of a Kubernetes scheduler. An event applies, or has a fault
 * that leaves the state as it was; no node holds more than it has, and no replica is lost.
 */
import { ecsController, lowerContainerInstance } from '@stowage/ecs'
import {
  batch,
  instant,
  nodeIds,
  replicasOn,
  startSteps,
  stateHash,
  step,
  evict,
  type AnyController,
  type StepEvent,
  type StepOptions,
} from '@stowage/kernel'
import {
  applyEvent,
  encodeScheduler,
  kubernetesController,
  lowerKubernetesNode,
  nominatePod,
  openScheduler,
  passTime,
  removePod,
  runReady,
  schedulePod,
  type SchedulerState,
  type Transition,
} from '@stowage/kubernetes'
import { listsAgree, loadsAddUp, nothingOverfull } from '@stowage/testing'
import { isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import { machine, web } from './ecs-cluster.js'
import type { CheckInput, FuzzKind } from './kind.js'
import { node, schedulerObjects } from './scheduler-objects.js'

type Advance = ReturnType<typeof step>

/** Controllers with the nodes that they read. */
interface Platform {
  readonly controllers: readonly AnyController[]
  readonly options: StepOptions
}

const kubernetes: Platform = {
  controllers: [kubernetesController()],
  options: { lowerNode: lowerKubernetesNode },
}
const ecs: Platform = {
  controllers: [ecsController()],
  options: { lowerNode: lowerContainerInstance },
}

/** Applies the events one by one; what was refused is left out. */
const checkEvents =
  ({ controllers, options }: Platform, broken: (advance: Advance) => Advance): CheckInput =>
  (value, random) => {
    const advance = broken(step(controllers, options))
    const hashOf = (of: typeof state): string => stateHash(controllers, of)
    let state = startSteps()
    let [isAnswered, isRefused] = [false, false]
    const wrong: string[] = []
    for (const event of Array.isArray(value) ? (value as readonly StepEvent[]) : []) {
      // Now and then, as it takes most of the time.
      const hash = random(5) === 0 ? hashOf(state) : undefined
      const stepped = advance(state, [event])
      if (isRight(stepped)) {
        isAnswered = true
        state = stepped.right.state
      } else {
        isRefused = true
        if (hash !== undefined && hashOf(state) !== hash) wrong.push('an event half applied')
        if (!('_tag' in stepped.left)) wrong.push('a fault without a name')
      }
    }
    return { isAnswered, isRefused, wrong: [...wrong, ...checkCluster(state.cluster)] }
  }

const checkCluster = (cluster: Parameters<typeof nothingOverfull>[0]): readonly string[] => [
  // What scores count of a pod, with defaults for what it does not request, is no demand.
  ...nothingOverfull(cluster).filter((line) => !line.includes(' as scored')),
  ...listsAgree(cluster),
  ...loadsAddUp(cluster),
]

/** Forgets a replica of the state that is passed in, when the event is refused. */
const forgetReplica =
  (advance: Advance): Advance =>
  (state, events) => {
    const stepped = advance(state, events)
    if (isLeft(stepped)) {
      const [cluster] = batch(state.cluster, (draft) => {
        const [first] = nodeIds(draft).flatMap((one) => replicasOn(draft, one))
        if (first !== undefined) evict(draft, first.id)
      })
      Object.assign(state, { cluster })
    }
    return stepped
  }

/** Takes it that each event has a text for what it is about. */
const trustReports =
  (advance: Advance): Advance =>
  (state, events) => {
    for (const event of events) if (event._tag === 'Reported') event.about.startsWith('Pod ')
    return advance(state, events)
  }

const correct = (advance: Advance): Advance => advance

const deployment = (replicas: number, image: string) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    ...{ replicas, selector: { matchLabels: { app: 'web' } } },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image, resources: { requests: { cpu: '500m' } } }] },
    },
  },
})
const job = {
  ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'default' } },
  spec: {
    ...{ completions: 2, parallelism: 2, backoffLimit: 1 },
    template: {
      spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] },
    },
  },
}
const untainted = { ...node, spec: {} }

const kubernetesHistory: readonly unknown[] = [
  { at: 0, _tag: 'NodeJoined', name: 'n', node: untainted },
  ...[
    [0, 'Deployment default/web', deployment(3, 'i:1')],
    [0, 'Job default/once', job],
  ].map(([at, about, report]) => ({
    ...{ at, _tag: 'Reported', controller: 'kubernetes', about, report },
  })),
  { at: 1_000, _tag: 'ReplicaRunning', replica: 0 },
  { at: 1_000, _tag: 'ReplicaRunning', replica: 1 },
  { at: 2_000, _tag: 'OrderFailed', order: 3, because: 'no image' },
  {
    ...{ at: 3_000, _tag: 'Reported', controller: 'kubernetes' },
    ...{ about: 'Deployment default/web', report: deployment(2, 'i:2') },
  },
  { at: 4_000, _tag: 'ReplicaStopped', replica: 0, because: 'OOMKilled' },
  { at: 60_000, _tag: 'ClockAdvanced' },
  { at: 61_000, _tag: 'NodeLeft', name: 'n' },
  { at: 400_000, _tag: 'ClockAdvanced' },
]

const service = (desiredCount: number) => ({
  ...{ serviceName: 'web', taskDefinition: 'web:1', desiredCount, launchType: 'EC2' },
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 },
  placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
})

const ecsHistory: readonly unknown[] = [
  { at: 0, _tag: 'NodeJoined', name: 'i-1', node: machine('i-1') },
  { at: 0, _tag: 'NodeJoined', name: 'i-2', node: machine('i-2') },
  ...[
    ['definition web:1', { ...web, revision: 1 }],
    ['service web', service(3)],
  ].map(([about, report]) => ({ at: 1, _tag: 'Reported', controller: 'ecs', about, report })),
  { at: 1_000, _tag: 'ReplicaRunning', replica: 0 },
  {
    ...{ at: 2_000, _tag: 'Reported', controller: 'ecs', about: 'container-instance i-1' },
    report: { status: 'DRAINING' },
  },
  { at: 3_000, _tag: 'ReplicaStopped', replica: 0, because: 'out of memory' },
  { at: 4_000, _tag: 'Reported', controller: 'ecs', about: 'service web', report: service(1) },
  { at: 60_000, _tag: 'ClockAdvanced' },
  { at: 61_000, _tag: 'NodeLeft', name: 'i-2' },
  { at: 62_000, _tag: 'Reported', controller: 'ecs', about: 'service web', report: null },
]

const plantsOf = (platform: Platform): FuzzKind['plants'] => [
  ['an event that is refused changes the state', checkEvents(platform, forgetReplica)],
  ['a report without a subject throws', checkEvents(platform, trustReports)],
]

/** Histories of the workloads of Kubernetes. */
export const kubernetesHistoryKind: FuzzKind = {
  name: 'histories of Kubernetes',
  specimens: [kubernetesHistory],
  check: checkEvents(kubernetes, correct),
  plants: plantsOf(kubernetes),
}

/** Histories of the services of Amazon ECS. */
export const ecsHistoryKind: FuzzKind = {
  name: 'histories of Amazon ECS',
  specimens: [ecsHistory],
  check: checkEvents(ecs, correct),
  plants: plantsOf(ecs),
}

/** A move of a scheduler, as JSON may have it. */
type Move = readonly [name: unknown, request: unknown]

const moveSpecimen = [
  ['runReady', 1],
  ['removePod', { at: 2, pod: 'default/p' }],
  ['applyEvent', { at: 3, event: { resource: 'Node', action: 'Add' } }],
  ['nominatePod', { at: 4, pod: 'default/q', node: 'n' }],
  ['schedulePod', { at: 5, pod: 'default/p', pick: 'n' }],
  ['passTime', 400_000],
  ['runReady', 400_001],
] as const

type Transitions = Readonly<
  Record<string, (state: SchedulerState, request: never) => Transition<unknown>>
>

const transitions: Transitions = {
  ...{ runReady, removePod, applyEvent, nominatePod, schedulePod, passTime },
}

const checkMoves =
  (all: Transitions): CheckInput =>
  (value) => {
    let state = openScheduler(schedulerObjects(), instant(0))
    let text: string | undefined
    let [isAnswered, isRefused] = [false, false]
    const wrong: string[] = []
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : []) {
      const [name, request]: Move = Array.isArray(one) ? (one as unknown as Move) : ['', undefined]
      const apply = typeof name === 'string' && Object.hasOwn(all, name) ? all[name] : undefined
      if (apply === undefined || request === null || request === undefined) continue
      text ??= JSON.stringify(encodeScheduler(state))
      const moved = apply(state, request as never)
      if (isRight(moved)) {
        isAnswered = true
        state = moved.right[0]
        text = undefined
      } else {
        isRefused = true
        if (JSON.stringify(encodeScheduler(state)) !== text)
          wrong.push(`${String(name)} half applied`)
      }
    }
    return { isAnswered, isRefused, wrong }
  }

/** Moves of a Kubernetes scheduler. */
export const schedulerHistoryKind: FuzzKind = {
  name: 'histories of schedulers',
  specimens: [moveSpecimen],
  check: checkMoves(transitions),
  plants: [
    [
      'a move that is refused changes the state',
      checkMoves({
        ...transitions,
        schedulePod: (state, request) => {
          const moved = schedulePod(state, request)
          if (isLeft(moved)) Object.assign(state, { at: 0 })
          return moved
        },
      }),
    ],
    [
      'time that is none throws',
      checkMoves({
        ...transitions,
        passTime: (state, request) =>
          Number.isInteger(request) ? passTime(state, request) : right(undefined as never),
      }),
    ],
  ],
}
