/**
 * Steps an orchestrator of many services, to compare the cost of `step` with that of the bare
 * changes of the cluster. One controller keeps the replica count of every service; the simulated
 * world confirms every order and stops some replicas by itself.
 */
import {
  allowIndexes,
  batch,
  classSpecOf,
  cpu,
  define,
  empty,
  evict,
  getOrThrow,
  instant,
  join,
  nodeSpecOf,
  place,
  setPhase,
  startSteps,
  step,
  take,
  withChanges,
  type ClassId,
  type Cluster,
  type Controller,
  type Intent,
  type ReplicaId,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { sequence } from './world.js'

interface Service {
  readonly class: ClassId
  readonly count: number
  readonly has: number
  readonly waits: number
}
type Services = ReadonlyMap<string, Service>

/** Keeps so many replicas of each service; looks at those services only whose replicas changed. */
const counting: Controller<Services> = {
  name: 'counting',
  start: new Map(),
  learn: (draft, services, { about, report }) =>
    E.right({
      memory: withChanges(services, [
        [
          about,
          {
            class: getOrThrow(define(draft, classSpecOf([[cpu, 1_000]]))),
            ...{ count: report as number, has: 0, waits: report as number },
          },
        ],
      ]),
    }),
  decide: ({ replicas }, services) => {
    const changes = new Map<string, { has: number; waits: number }>()
    for (const { owner, phase } of replicas) {
      if (phase === 'running' || phase === 'leaving') continue
      let change = changes.get(owner)
      if (change === undefined) changes.set(owner, (change = { has: 0, waits: 0 }))
      if (phase === 'assumed') {
        change.has++
        change.waits--
      } else change.has--
    }
    if (changes.size === 0) return { memory: services, intents: [] }
    const intents: Intent[] = []
    const next: (readonly [string, Service])[] = []
    for (const [owner, change] of changes) {
      const { class: of, count, has, waits } = services.get(owner)!
      const missing = count - has - change.has - waits - change.waits
      if (missing > 0) intents.push({ _tag: 'Start', owner, class: of, count: missing })
      next.push([
        owner,
        {
          class: of,
          count,
          has: has + change.has,
          waits: waits + change.waits + Math.max(0, missing),
        },
      ])
    }
    return { memory: withChanges(services, next), intents }
  },
  toData: (services) => [...services],
}

/** Starts what a report brings, as nothing of it has changed yet. */
const opening: Controller<Services> = {
  ...counting,
  decide: (view, services) => ({
    memory: services,
    intents:
      view.nodes.length === 0
        ? []
        : [...services].map(([owner, { class: of, count }]) => ({
            ...{ _tag: 'Start', owner, class: of, count },
          })),
  }),
}

/** An orchestrator at work, and the facts that the world owes it. */
export interface Orchestrator {
  state: StepState
  readonly running: ReplicaId[]
  readonly starting: ReplicaId[]
  readonly random: () => number
}

/** So many nodes, and services with so many replicas each, all of them running. */
export const openOrchestrator = (
  nodes: number,
  services: number,
  replicas: number,
): Orchestrator => {
  const at = instant(0)
  const facts: readonly StepEvent[] = [
    ...Array.from(
      { length: services },
      (_, i): StepEvent => ({
        ...{ at, _tag: 'Reported', controller: 'counting', about: `s${i}`, report: replicas },
      }),
    ),
    ...Array.from(
      { length: nodes },
      (_, i): StepEvent => ({
        ...{ at, _tag: 'NodeJoined', name: `n${i}`, node: { capacity: { cpu: 100_000 } } },
      }),
    ),
  ]
  const opened = getOrThrow(step([opening])(startSteps(), facts))
  const running = opened.effects.flatMap((effect) =>
    effect._tag === 'Place' ? [effect.replica] : [],
  )
  const confirmed = getOrThrow(
    step([counting])(
      opened.state,
      running.map((replica) => ({ at: instant(1), _tag: 'ReplicaRunning', replica })),
    ),
  )
  return { state: confirmed.state, running, starting: [], random: sequence(7) }
}

/** What the world reports next: so many replicas stop, and what was started runs. */
export interface NextFacts {
  readonly stopped: readonly ReplicaId[]
  readonly started: readonly ReplicaId[]
}

/** Draws the next facts, and counts what was started among what runs. */
export const nextFacts = (
  { running, starting, random }: Omit<BareCluster, 'cluster' | 'class'>,
  stops: number,
): NextFacts => {
  const stopped = Array.from({ length: stops }, () => {
    const position = Math.floor(random() * running.length)
    const replica = running[position]!
    running[position] = running.at(-1)!
    running.pop()
    return replica
  })
  const started = starting.splice(0)
  for (const one of started) running.push(one)
  return { stopped, started }
}

/** The facts as events. */
export const eventsOf = (
  { state }: Orchestrator,
  { stopped, started }: NextFacts,
): readonly StepEvent[] => {
  const at = instant(state.now + 1)
  return [
    ...stopped.map((replica): StepEvent => ({ _tag: 'ReplicaStopped', at, replica })),
    ...started.map((replica): StepEvent => ({ _tag: 'ReplicaRunning', at, replica })),
  ]
}

const advance = step([counting])

/** One step. What it orders to be started runs by the next facts. */
export const stepOnce = (orchestrator: Orchestrator, events: readonly StepEvent[]): void => {
  const { state } = orchestrator
  const result = getOrThrow(advance({ ...state, cluster: take(state.cluster) }, events))
  orchestrator.state = result.state
  for (const effect of result.effects)
    if (effect._tag === 'Place') orchestrator.starting.push(effect.replica)
}

/** A step in which nothing happens. */
export const stepQuietly = (orchestrator: Orchestrator): void => {
  const { state } = orchestrator
  const events = [{ at: instant(state.now + 1), _tag: 'ClockAdvanced' }] as const
  orchestrator.state = getOrThrow(advance(state, events)).state
}

/** A step with one stop that leaves the state before it usable. */
export const stepBeside = ({ state, running }: Orchestrator): StepState =>
  getOrThrow(
    advance(state, [{ at: instant(state.now + 1), _tag: 'ReplicaStopped', replica: running[0]! }]),
  ).state

/** The same cluster without an orchestrator. */
export interface BareCluster {
  cluster: Cluster
  readonly class: ClassId
  readonly running: ReplicaId[]
  readonly starting: ReplicaId[]
  readonly random: () => number
}

/** So many nodes and replicas, all of them running. */
export const openBare = (nodes: number, replicas: number): BareCluster => {
  const [cluster, { of, running }] = batch(allowIndexes(empty), (draft) => {
    for (let i = 0; i < nodes; i++) getOrThrow(join(draft, nodeSpecOf(`n${i}`, [[cpu, 100_000]])))
    const made = getOrThrow(define(draft, classSpecOf([[cpu, 1_000]])))
    const { answers } = place(draft, [{ class: made, count: replicas }])
    const placed = answers[0]!.placed.map(({ replica }) => replica)
    for (const replica of placed) getOrThrow(setPhase(draft, replica, 'running'))
    return { of: made, running: placed }
  })
  return { cluster, class: of, running, starting: [], random: sequence(7) }
}

/** The same changes as `stepOnce`, by hand. */
export const changeBare = (bare: BareCluster, { stopped, started }: NextFacts): void => {
  const [cluster] = batch(take(bare.cluster), (draft) => {
    for (const replica of stopped) getOrThrow(evict(draft, replica))
    for (const replica of started) getOrThrow(setPhase(draft, replica, 'running'))
    const requests = stopped.map(() => ({ class: bare.class, count: 1 }))
    for (const { placed } of place(draft, requests).answers)
      for (const { replica } of placed) bare.starting.push(replica)
  })
  bare.cluster = cluster
}
