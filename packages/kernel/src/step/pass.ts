/**
 * Runs one pass, which is everything that the orchestrator does at one instant:
 * 1. applies the events of the instant to the cluster;
 * 2. calls each controller once, in the order of the list;
 * 3. applies their intents, such as to start or stop replicas;
 * 4. places the replicas that wait for a node;
 * 5. lets the pools buy, vend (create for one replica) and release nodes.
 *
 * Each step runs once. For example, controllers see the placements of step 4 only in the next pass,
 * at the next event or timer.
 */
import type { FoldFault } from '../time/fault.js'
import { foldEvent } from '../fold/fold.js'
import type { FoldSetting } from '../time/setting.js'
import { memoryOf } from '../fold/fold-report.js'
import * as E from 'fp-ts/lib/Either.js'
import { batch } from '../cluster/batch.js'
import { take, type Cluster } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { isInstant, type Instant } from '../rule/instant.js'
import { renderValue } from '../rule/malformed.js'
import { applyIntents, type ControllerIntents } from './apply-intents.js'
import type { PassView } from '../time/decision.js'
import type { AnyController } from '../time/controller.js'
import type { StepEffect } from '../time/event.js'
import { inEventOrder, type EventGroup } from '../fold/event-order.js'
import type { StepFault } from '../time/fault.js'
import type { Placer, PlacerView, UnplacedReplicas } from '../time/step-result.js'
import { placePending } from './place-pending.js'
import { arePoolsDue, runPools } from '../supply/provide.js'
import { noChanges, type PendingReplicas, type StepState } from '../time/state.js'
import { beginWork, bookOf, poolOfNode, stateAfter, type Work } from '../time/work.js'

/** What a step is made of, for all its passes. */
export interface StepSetting extends FoldSetting {
  readonly placer: Placer
}

/** What one pass leaves. */
export interface PassResult {
  readonly state: StepState
  readonly effects: readonly StepEffect[]
  /** What waits for a node and was refused in this pass; absent when the pass tried nothing. */
  readonly unplaced?: readonly UnplacedReplicas[]
}

/**
 * Which parts of the state before a pass nobody will use again, so that their arrays are reused. A
 * quiet pass leaves the cluster as it is, so it must not be taken before it is written to.
 */
interface SpentParts {
  /** Bookings and orders. */
  readonly isSpent: boolean
  readonly isClusterSpent: boolean
}

/**
 * Runs a pass over a group of events, which is empty for a timer. A fault that no event causes
 * names the first position of the group.
 */
export const runPass = (
  setting: StepSetting,
  before: StepState,
  now: Instant,
  group: EventGroup,
  { isSpent, isClusterSpent }: SpentParts,
): E.Either<StepFault, PassResult> => {
  const work = beginWork(before, now, isSpent)
  const folded = foldAll(work, setting, group, isClusterSpent)
  if (E.isLeft(folded)) return folded
  const decided = decideAll(work, setting.controllers, folded.right)
  if (E.isLeft(decided)) return E.left({ ...decided.left, event: group.from })
  // What the pass changes from here on, controllers see in the next one. They may keep the lists.
  work.nodes = []
  work.replicas = []
  const isQuiet =
    decided.right.length === 0 && (work.isTried || work.pending.length === 0) && !arePoolsDue(work)
  if (isQuiet)
    return E.right({
      state: withTimer(work, before, stateAfter(work, folded.right, noChanges)),
      effects: work.effects,
    })
  const [cluster, result] = batch(
    // Nobody else has the cluster that the events made, so its arrays need no copies.
    folded.right !== before.cluster || isClusterSpent ? take(folded.right) : folded.right,
    (draft): E.Either<FoldFault, readonly UnplacedReplicas[]> => {
      const wrong = applyIntents(work, draft, decided.right)
      if (wrong !== undefined) return E.left(wrong)
      const unplaced = placePending(work, draft, setting.placer, memoryNamed(work, setting))
      const supplied = runPools(work, draft, setting.lowerNode)
      if (E.isLeft(supplied)) return supplied
      const counts = supplied.right
      return E.right(
        unplaced.flatMap((row, i) => (counts[i] === 0 ? [] : [{ ...row, count: counts[i]! }])),
      )
    },
  )
  if (E.isLeft(result)) return E.left({ ...result.left, event: group.from })
  const unseen = { nodes: work.nodes, replicas: work.replicas }
  return E.right({
    state: withTimer(work, before, stateAfter(work, cluster, unseen)),
    effects: work.effects,
    unplaced: result.right,
  })
}

/** What the controllers remember after they decided. */
const memoryNamed =
  (work: Work, { controllers }: StepSetting): PlacerView['memoryOf'] =>
  (name) => {
    const controller = controllers.find((one) => one.name === name)
    return controller === undefined ? undefined : memoryOf(work, controller)
  }

/** Folds facts; without one the cluster is the one before. */
const foldAll = (
  work: Work,
  setting: StepSetting,
  group: EventGroup,
  isClusterSpent: boolean,
): E.Either<StepFault, Cluster> => {
  const positions = inEventOrder(group)
  const { cluster: before } = work.before
  if (positions.length === 0) return E.right(before)
  const [cluster, fault] = batch(
    isClusterSpent ? take(before) : before,
    (draft: Draft): StepFault | undefined => {
      for (let i = 0; i < positions.length; i++) {
        const position = positions[i]!
        const wrong = foldEvent(work, draft, setting, group.events[position]!)
        if (wrong !== undefined) return { ...wrong, event: position }
      }
      return undefined
    },
  )
  return fault === undefined ? E.right(cluster) : E.left(fault)
}

/** Runs the controllers; returns those that have intents. */
const decideAll = (
  work: Work,
  controllers: readonly AnyController[],
  cluster: Cluster,
): E.Either<FoldFault, readonly ControllerIntents[]> => {
  const all: ControllerIntents[] = []
  for (const controller of controllers) {
    const memory = memoryOf(work, controller)
    const decision = controller.decide(viewOf(work, cluster, controller.name), memory as never)
    if (decision.memory !== memory) work.memories.set(controller.name, decision.memory)
    if (decision.wakeAt !== undefined) {
      if (!isInstant(decision.wakeAt) || decision.wakeAt <= work.now)
        return E.left({
          ...{ _tag: 'BadIntent', controller: controller.name, at: ['wakeAt'] },
          ...{
            found: renderValue(decision.wakeAt),
            expected: `whole milliseconds after ${work.now}`,
          },
        })
      work.wakes.set(controller.name, decision.wakeAt)
    }
    if (decision.intents.length > 0)
      all.push({ controller: controller.name, intents: decision.intents })
  }
  return E.right(all)
}

const viewOf = (work: Work, cluster: Cluster, controller: string): PassView => ({
  cluster,
  now: work.now,
  nodes: work.nodes,
  replicas: changesFor(work, controller),
  pending: pendingCounts(work.pending, controller),
  failures: failuresOf(work, controller),
  pools: {
    poolOf: (node) => poolOfNode(work, node),
    coming: (pool) => bookOf(work, pool)?.coming ?? [],
    waiting: (pool) => work.pending.filter(({ supply = [] }) => supply.includes(pool)),
  },
})

/** The changes of a controller's replicas: the list itself, when it has no others. */
const changesFor = ({ replicas }: Work, name: string): PassView['replicas'] => {
  for (let i = 0; i < replicas.length; i++)
    if (replicas[i]!.controller !== name)
      return replicas.filter(({ controller }) => controller === name)
  return replicas
}

const failuresOf = ({ failures }: Work, name: string): PassView['failures'] =>
  failures.flatMap(({ controller, ...failure }) => (controller === name ? [failure] : []))

/** Counts what waits, once, when it is first asked for. */
const pendingCounts = (
  pending: readonly PendingReplicas[],
  controller: string,
): PassView['pending'] => {
  let counts: Map<string, number> | undefined
  return (owner) => {
    if (counts === undefined) {
      counts = new Map()
      for (const row of pending)
        if (row.owner.controller === controller)
          counts.set(row.owner.name, (counts.get(row.owner.name) ?? 0) + row.count)
    }
    return counts.get(owner) ?? 0
  }
}

/** Adds the order to wake up to the effects, when the next timer is another than before. */
const withTimer = (work: Work, before: StepState, state: StepState): StepState => {
  const timer = nextTimer(state)
  if (timer !== undefined && timer !== nextTimer(before))
    work.effects.push({ _tag: 'WakeAt', at: timer })
  return state
}

/** The next instant at which something happens by itself. */
export const nextTimer = ({ wakes, poolTimer }: StepState): Instant | undefined => {
  let next = poolTimer
  for (const at of wakes.values()) if (next === undefined || at < next) next = at
  return next
}
