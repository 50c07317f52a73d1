/**
 * Answers the question `rollout`: what happens, moment by moment, when documents change?
 *
 * 1. Each platform's controllers run on the documents in a simulated cluster until nothing happens
 *    any more.
 * 2. The change is reported to the controllers.
 * 3. All events are recorded until nothing happens any more.
 */
import type { IgnoredDocument, SourceDocument, Warning } from '@stowage/documents'
import {
  later,
  nodeIds,
  replicasOn,
  type Instant,
  type StepEvent,
  type StepFault,
} from '@stowage/kernel'
import { resumeSimulation, simulate, type Latencies, type SimulationRun } from '@stowage/simulator'
import * as E from 'fp-ts/lib/Either.js'
import type { FactGroup, Orchestrator } from '../platform/orchestrator.js'
import type { Platform } from '../platform/platform.js'
import type { Faults } from '../text/fault.js'
import { durationText, type Durations } from './durations.js'
import { changedFacts } from './facts.js'
import { storyOf, type CapacityRollout, type RolloutMoment, type WorkloadRollout } from './story.js'

/** The answer to `rollout`. */
export interface Rollouts {
  readonly rollouts: readonly Rollout[]
  readonly durations: Durations
  /** How long the change is looked at, where that was said. */
  readonly lookFor?: number
  readonly ignored: readonly IgnoredDocument[]
  /** Whether everything ends as it is wanted. */
  readonly isDone: boolean
}

/** The change of one platform. */
export interface Rollout {
  readonly platform: Platform
  /** The workloads to which something happens, and those that are not complete at the end. */
  readonly workloads: readonly WorkloadRollout[]
  readonly moments: readonly RolloutMoment[]
  readonly capacity: readonly CapacityRollout[]
  /** How many workloads there are after the change; of all others nothing is told. */
  readonly workloadCount: number
  /** The run, as `replay` reads it. */
  readonly log: string
  readonly warnings: readonly Warning[]
}

/** A change of the documents of one platform. */
export interface RolloutInput {
  readonly platform: Platform
  readonly orchestrator: Orchestrator
  readonly before: readonly SourceDocument[]
  readonly after: readonly SourceDocument[]
  readonly withoutNodes: readonly string[]
  /** By the file of a replaced template: that of the change, which faults must name. */
  readonly files: ReadonlyMap<string, string>
}

/** When the change comes, and how long it is looked at; both may be left open. */
export interface RolloutWindow {
  /** By default a second after all is at rest. */
  readonly changeAt?: Instant
  /** Milliseconds; by default until there is rest again, and 30 days at most. */
  readonly lookFor?: number
}

/** No world is looked at for longer than this before the change, or after it. */
const horizonDays = 30
const horizon = horizonDays * 24 * 3_600_000

/** Why a workload is not complete when the end of that time came first. */
const cutText = (lookFor: number | undefined): string => {
  const time = lookFor === undefined ? `${horizonDays} days are` : `${durationText(lookFor)} is`
  return `only ${time} looked at, and later something still happens`
}

const unrestFault = ([first]: readonly SourceDocument[]): Faults[number] => ({
  ...{ from: first?.from ?? 'what runs', at: [] },
  found: `what runs before the change, not at rest after ${horizonDays} days`,
  expected: 'shorter times: those of --durations, or of the documents, such as minReadySeconds',
})

/** How long nothing happens before the change. */
const pause = 1_000

/** Rolls out a change. A `Left` is a document or a change that the controllers refuse. */
export const rollOut = (
  { platform, orchestrator, before, after, withoutNodes, files }: RolloutInput,
  durations: Durations,
  { changeAt: wishedAt, lookFor }: RolloutWindow = {},
): E.Either<Faults, Rollout> => {
  const factGroups = orchestrator.factsOf(before)
  if (E.isLeft(factGroups)) return factGroups
  const newGroups = orchestrator.factsOf(after)
  if (E.isLeft(newGroups)) return E.left(newGroups.left.map((fault) => inChange(fault, files)))
  const start = orchestrator.latestOf([...before, ...after])
  const facts = plannedEvents(factGroups.right, start)
  const known = runWorld(orchestrator, durations, facts, facts.at(-1)?.event.at ?? start)
  if (known.fault !== undefined) return E.left([faultText(known, facts)])
  const unfinished = unfinishedFacts(orchestrator, known, durations)
  const settled = goOn(known, unfinished, later(start, horizon))
  if (settled.fault !== undefined) return E.left([faultText(settled, unfinished)])
  if (settled.nextAt !== undefined) return E.left([unrestFault(before)])
  const restAt = later(settled.state.now, pause)
  const changeAt = wishedAt ?? restAt
  if (changeAt < restAt) return E.left([earlyFault(changeAt, restAt)])
  const changes = plannedEvents(
    [
      nodesLeaving(withoutNodes),
      ...changedFacts(factGroups.right, newGroups.right),
      orchestrator.schedulesOf?.(after) ?? [],
    ],
    changeAt,
  )
  const run = goOn(settled, changes, later(changeAt, lookFor ?? horizon))
  if (run.fault !== undefined) return E.left([inChange(faultText(run, changes), files)])
  const moments = run.moments.filter(({ at }) => at >= changeAt)
  return E.right({
    platform,
    ...storyOf(
      orchestrator,
      moments,
      changeAt,
      run.nextAt === undefined ? undefined : cutText(lookFor),
    ),
    workloadCount: orchestrator.workloads(run.state).length,
    // A log ends with the hash of the whole state, and few read it.
    get log() {
      return run.log
    },
    warnings: [...orchestrator.warnings, ...orchestrator.warningsIn(run.state)],
  })
}

const earlyFault = (changeAt: Instant, restAt: Instant): Faults[number] => ({
  ...{ from: '--now', at: [], found: 'a moment before what runs has come to rest' },
  expected: `one that is at least ${durationText(restAt - changeAt)} later`,
})

/** An event, and the document that it comes from. */
interface PlannedEvent {
  readonly event: StepEvent
  readonly from: string
}

/** Each group at an instant of its own. */
const plannedEvents = (groups: readonly FactGroup[], start: Instant): readonly PlannedEvent[] =>
  groups
    .filter((group) => group.length > 0)
    .flatMap((group, i) =>
      group.map(({ fact, from }) => ({ event: { ...fact, at: later(start, i) }, from })),
    )

/**
 * Replicas that were found while they started or ended do so in the same time as all others; those
 * that end by themselves begin to run now.
 */
const unfinishedFacts = (
  { endsByItself = () => false, isSilent = () => false }: Orchestrator,
  { moments, state }: SimulationRun,
  { start, stop }: Durations,
): readonly PlannedEvent[] => {
  const at = state.now
  const ordered = new Set(
    moments.flatMap(({ effects }) =>
      effects.flatMap((effect) => ('replica' in effect ? [effect.replica] : [])),
    ),
  )
  return nodeIds(state.cluster)
    .flatMap((node) => replicasOn(state.cluster, node))
    .filter(({ id }) => !ordered.has(id))
    .filter(({ id, phase }) => phase !== 'running' || endsByItself(state, id))
    .filter(({ id }) => !isSilent(state, id))
    .map(({ id: replica, phase }) => ({
      from: 'what runs already',
      event:
        phase === 'leaving'
          ? { at: later(at, stop), _tag: 'ReplicaStopped', replica }
          : { at: phase === 'running' ? at : later(at, start), _tag: 'ReplicaRunning', replica },
    }))
}

const nodesLeaving = (names: readonly string[]): FactGroup =>
  [...new Set(names)].map((name) => ({
    fact: { _tag: 'NodeLeft', name },
    from: '--without-node',
  }))

const runWorld = (
  orchestrator: Orchestrator,
  { start, ready, stop, buy }: Durations,
  events: readonly PlannedEvent[],
  until: Instant,
): SimulationRun => {
  const { controllers, options, pools, react, isSilent, setting } = orchestrator
  const latencies: Latencies = {
    start: [start, start],
    ready: [ready, ready],
    stop: [stop, stop],
    buy: [buy, buy],
  }
  return simulate({
    ...{ seed: 0, controllers, options, pools, react, setting, latencies, until },
    ...(isSilent === undefined ? {} : { isSilent }),
    events: events.map(({ event }) => event),
  })
}

const goOn = (run: SimulationRun, events: readonly PlannedEvent[], until: Instant): SimulationRun =>
  resumeSimulation(run, { events: events.map(({ event }) => event), until })

const inChange = (fault: Faults[number], files: RolloutInput['files']): Faults[number] => ({
  ...fault,
  from: files.get(fault.from) ?? fault.from,
})

/** The fault of a refused event, at the document that it comes from. */
const faultText = (
  { fault, moments }: SimulationRun,
  events: readonly PlannedEvent[],
): Faults[number] => {
  const { event, at, found, expected, controller } = fault as StepFault
  const seen = new Set(moments.flatMap((moment) => moment.events))
  const refused = events.filter((one) => !seen.has(one.event))[event]
  const from = refused?.from ?? `the controller ${controller ?? ''}`
  const path = at[0] === 'report' || at[0] === 'node' ? at.slice(1) : at
  return { from, at: path, found, expected }
}
