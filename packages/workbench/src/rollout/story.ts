/**
 * Summarizes the steps of a simulated run by workload: which replicas start and stop on which node,
 * which wait and why, the lowest number of available replicas, and the outcome.
 */
import type { Instant, StepEffect, StepEvent, StepState, UnplacedReplicas } from '@stowage/kernel'
import type { Orchestrator, WorkloadState } from '../platform/orchestrator.js'

/** One step of a run, with the states before and after it. */
export interface StepMoment {
  readonly at: Instant
  readonly events: readonly StepEvent[]
  readonly effects: readonly StepEffect[]
  readonly unplaced: readonly UnplacedReplicas[]
  readonly before: StepState
  readonly state: StepState
}

/** What a change does to a workload. */
export interface WorkloadRollout {
  readonly name: string
  readonly before: WorkloadState | undefined
  readonly after: WorkloadState | undefined
  /** The fewest that serve at any moment from the change on, and when that is first. */
  readonly availableMin: number
  readonly availableMinAt: number
  /** The most replicas with a node at any moment. */
  readonly replicasMax: number
  /** Milliseconds from the change until it is complete for good; absent when it is not. */
  readonly doneAt?: number
  /** Why it is not complete at the end. */
  readonly why?: string
}

/** An instant at which something happens; `at` is milliseconds after the change. */
export interface RolloutMoment {
  readonly at: number
  readonly nodesJoined: readonly string[]
  readonly nodesLeft: readonly string[]
  readonly workloads: readonly WorkloadMoment[]
  /** What was decided about machines. */
  readonly capacity: readonly { readonly name: string; readonly messages: readonly string[] }[]
}

/** What happens to a workload at a moment, and how it is afterwards. */
export interface WorkloadMoment {
  readonly name: string
  readonly starts: readonly NodeCount[]
  readonly stops: readonly (NodeCount & { readonly because: string })[]
  /** How many more run, and how many more count as serving, than before. */
  readonly running: number
  readonly available: number
  /** How many of it have succeeded and failed since, of work that ends by itself. */
  readonly succeeded?: number
  readonly failed?: number
  /** How it is afterwards; absent when it is gone. */
  readonly state: WorkloadState | undefined
  /** What the platform says of it at this moment. */
  readonly messages: readonly string[]
  /** Why replicas find no node. */
  readonly why?: string
}

/** So many replicas on a node. */
export interface NodeCount {
  readonly node: string
  readonly count: number
}

/** What happened, by workloads and by moments. */
export interface RolloutStory {
  /** The workloads to which something happens, and those that are not complete at the end. */
  readonly workloads: readonly WorkloadRollout[]
  /** The moments at which something can be seen. */
  readonly moments: readonly RolloutMoment[]
  /** What supplies machines, where it changed or decided something. */
  readonly capacity: readonly CapacityRollout[]
}

/** How many machines something supplies, with those that have not joined; times are as above. */
export interface CapacityRollout {
  readonly name: string
  readonly before: number
  readonly after: number
  readonly machinesMax: number
  readonly machinesMaxAt: number
  /** How many were bought. */
  readonly bought: number
}

/**
 * Tells what happened from step to step; instants are told as milliseconds after the change.
 * `cutText` says why a workload is not complete when the story was cut before its end.
 */
export const storyOf = (
  orchestrator: Orchestrator,
  moments: readonly StepMoment[],
  changeAt: Instant,
  cutText?: string,
): RolloutStory => {
  const [first] = moments
  if (first === undefined) return { workloads: [], moments: [], capacity: [] }
  const states = [first.before, ...moments.map(({ state }) => state)].map((state) =>
    statesByName(orchestrator.workloads(state)),
  )
  return {
    workloads: workloadRollouts(orchestrator, moments, states, changeAt, cutText),
    moments: moments.flatMap((moment, i) =>
      momentOf(orchestrator, moment, states[i]!, states[i + 1]!, changeAt),
    ),
    capacity: capacityRollouts(orchestrator, moments, changeAt),
  }
}

/** The state of each workload, by its name. */
type StateTable = ReadonlyMap<string, NamedState>

/** A state, and its content as a text to compare. */
interface NamedState {
  readonly state: WorkloadState
  readonly text: string
}

const workloadRollouts = (
  { workloadOf, reasonText }: Orchestrator,
  moments: readonly StepMoment[],
  states: readonly StateTable[],
  changeAt: Instant,
  cutText: string | undefined,
): readonly WorkloadRollout[] => {
  const names = [...new Set(states.flatMap((one) => [...one.keys()]))].sort()
  // A pass in which nothing changed tries nothing: the reasons are those of the last one that did.
  const tried = [...moments].reverse().find(({ unplaced }) => unplaced.length > 0)
  const reasons = reasonsByWorkload(
    { state: moments.at(-1)!.state, unplaced: tried?.unplaced ?? [] },
    { workloadOf, reasonText },
  )
  return names.flatMap((name) => {
    const named = states.map((one) => one.get(name))
    const own = named.map((one) => one?.state)
    const isTouched = named.some((one) => one?.text !== named[0]?.text)
    const after = own.at(-1)
    if (!isTouched && (after?.isComplete ?? true)) return []
    const instants = [0, ...moments.map(({ at }) => at - changeAt)]
    const lows = own.map((one) => one?.available ?? 0)
    const low = lows.reduce((a, b) => Math.min(a, b), Infinity)
    const done = completeFrom(own)
    const causes = [reasons.get(name) ?? after?.note, cutText]
    const why = causes.filter((cause) => cause !== undefined).join('; ')
    return [
      {
        name,
        ...{ before: withoutMessages(own[0]), after: withoutMessages(after) },
        availableMin: low,
        availableMinAt: instants[lows.indexOf(low)]!,
        replicasMax: own.reduce(
          (most, one) => Math.max(most, (one?.pending ?? 0) + (one?.running ?? 0)),
          0,
        ),
        ...(done === undefined ? {} : { doneAt: instants[done]! }),
        ...(done === undefined && why !== '' ? { why } : {}),
      },
    ]
  })
}

const statesByName = (states: readonly WorkloadState[]): StateTable =>
  new Map(states.map((state) => [state.name, { state, text: JSON.stringify(state) }]))

/** From which position on all states are complete; a workload that is gone is. */
const completeFrom = (states: readonly (WorkloadState | undefined)[]): number | undefined => {
  const isComplete = (state: WorkloadState | undefined): boolean => state?.isComplete ?? true
  if (!isComplete(states.at(-1))) return undefined
  return states.reduce((from, state, i) => (isComplete(state) ? from : i + 1), 0)
}

/** Why replicas of each workload find no node at the end of a moment. */
const reasonsByWorkload = (
  { state, unplaced }: Pick<StepMoment, 'state' | 'unplaced'>,
  { workloadOf, reasonText }: Pick<Orchestrator, 'workloadOf' | 'reasonText'>,
): ReadonlyMap<string, string> => {
  const rows = new Map<string, UnplacedReplicas>()
  if (state.pending.length > 0)
    for (const row of unplaced) rows.set(workloadOf(state, row.owner.name), row)
  return new Map([...rows].map(([name, row]) => [name, reasonText(state, row)]))
}

/** What happens at a moment; nothing, when nothing can be seen. */
const momentOf = (
  orchestrator: Orchestrator,
  moment: StepMoment,
  before: StateTable,
  after: StateTable,
  changeAt: Instant,
): readonly RolloutMoment[] => {
  const { workloadOf } = orchestrator
  const starts = new Map<string, Map<string, number>>()
  const stops = new Map<string, Map<string, WorkloadMoment['stops'][number]>>()
  for (const effect of moment.effects) {
    if (effect._tag === 'Place' || effect._tag === 'Vend') {
      const own = entryOf(starts, workloadOf(moment.state, effect.owner.name))
      own.set(effect.node, (own.get(effect.node) ?? 0) + 1)
    }
    if (effect._tag === 'Stop') {
      const own = entryOf(stops, workloadOf(moment.state, effect.owner.name))
      const key = JSON.stringify([effect.node, effect.because])
      const { node, because } = effect
      own.set(key, { node, because, count: (own.get(key)?.count ?? 0) + 1 })
    }
  }
  const reasons = reasonsByWorkload(moment, orchestrator)
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  const rows = names.flatMap((name): readonly WorkloadMoment[] => {
    const isSame =
      before.get(name)?.text === after.get(name)?.text ||
      (!before.has(name) && isSchedule(after.get(name)!.state))
    if (isSame && !starts.has(name) && !stops.has(name)) return []
    const [was, state, why] = [before.get(name)?.state, after.get(name)?.state, reasons.get(name)]
    return [
      {
        name,
        starts: [...(starts.get(name) ?? [])].map(([node, count]) => ({ node, count })),
        stops: [...(stops.get(name)?.values() ?? [])],
        running: Math.max(0, (state?.running ?? 0) - (was?.running ?? 0)),
        available: Math.max(0, (state?.available ?? 0) - (was?.available ?? 0)),
        ...endedSince(was, state),
        messages: newMessages(was, state),
        state: withoutMessages(state),
        ...(why === undefined ? {} : { why }),
      },
    ]
  })
  const nodesJoined = nodesIn(moment, 'NodeJoined')
  const nodesLeft = nodesIn(moment, 'NodeLeft')
  const capacity = capacityMoments(orchestrator, moment)
  if (rows.length + nodesJoined.length + nodesLeft.length + capacity.length === 0) return []
  return [{ at: moment.at - changeAt, nodesJoined, nodesLeft, workloads: rows, capacity }]
}

/** Whether a workload is a schedule, which starts others; its beginning alone is no news. */
export const isSchedule = (state: WorkloadState | undefined): boolean =>
  state?.ended !== undefined && state.ended.of === undefined

const endedSince = (
  was: WorkloadState | undefined,
  state: WorkloadState | undefined,
): Pick<WorkloadMoment, 'succeeded' | 'failed'> => {
  const succeeded = (state?.ended?.succeeded ?? 0) - (was?.ended?.succeeded ?? 0)
  const failed = (state?.ended?.failed ?? 0) - (was?.ended?.failed ?? 0)
  return { ...(succeeded > 0 ? { succeeded } : {}), ...(failed > 0 ? { failed } : {}) }
}

/** Each message is said once, at its moment. */
const withoutMessages = (state: WorkloadState | undefined): WorkloadState | undefined => {
  if (state === undefined) return undefined
  const { messages: _, messageCount: __, ...counts } = state
  return counts
}

type Messages = Pick<WorkloadState, 'messages' | 'messageCount'>

const capacityRollouts = (
  { capacities }: Pick<Orchestrator, 'capacities'>,
  moments: readonly StepMoment[],
  changeAt: Instant,
): readonly CapacityRollout[] => {
  const [first] = moments
  if (capacities === undefined || first === undefined) return []
  const states = [first.before, ...moments.map(({ state }) => state)].map(
    (state) => new Map(capacities(state).map((one) => [one.name, one])),
  )
  const names = [...new Set(states.flatMap((one) => [...one.keys()]))].sort()
  return names.flatMap((name): readonly CapacityRollout[] => {
    const own = states.map((one) => one.get(name))
    const sizes = own.map((one) => (one?.size ?? 0) + (one?.coming ?? 0))
    const [before, after] = [sizes[0]!, sizes.at(-1)!]
    const machinesMax = sizes.reduce((a, b) => Math.max(a, b), 0)
    const bought = boughtOf(own[0]?.pool ?? own.at(-1)?.pool, moments)
    const isIdle = own[0]?.messageCount === own.at(-1)?.messageCount
    if (isIdle && bought === 0 && sizes.every((size) => size === before)) return []
    const instants = [0, ...moments.map(({ at }) => at - changeAt)]
    const machinesMaxAt = instants[sizes.indexOf(machinesMax)]!
    return [{ name, before, after, machinesMax, machinesMaxAt, bought }]
  })
}

const boughtOf = (pool: string | undefined, moments: readonly StepMoment[]): number =>
  moments.reduce(
    (sum, { effects }) =>
      sum + effects.filter((effect) => effect._tag === 'Buy' && effect.pool === pool).length,
    0,
  )

const capacityMoments = (
  { capacities }: Pick<Orchestrator, 'capacities'>,
  { before, state }: StepMoment,
): RolloutMoment['capacity'] => {
  if (capacities === undefined) return []
  const known = new Map(capacities(before).map((one) => [one.name, one]))
  return capacities(state).flatMap((one) => {
    const messages = newMessages(known.get(one.name), one)
    return messages.length === 0 ? [] : [{ name: one.name, messages }]
  })
}

/** The messages that came since, of those that are remembered. */
const newMessages = (
  before: Messages | undefined,
  after: Messages | undefined,
): readonly string[] => {
  const { messages = [], messageCount = 0 } = after ?? {}
  const count = messageCount - (before?.messageCount ?? 0)
  return count <= 0 ? [] : messages.slice(-count)
}

const entryOf = <Value>(
  table: Map<string, Map<string, Value>>,
  name: string,
): Map<string, Value> => {
  const own = table.get(name) ?? new Map<string, Value>()
  table.set(name, own)
  return own
}

const nodesIn = ({ events }: StepMoment, tag: 'NodeJoined' | 'NodeLeft'): readonly string[] =>
  events.flatMap((event) => (event._tag === tag ? [event.name] : []))
