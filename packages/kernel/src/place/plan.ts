/**
 * Builds a plan by placing named requests on a draft (the mutable cluster inside `batch`), without
 * starting any workload. The plan lists:
 * 1. what every node holds after the placement;
 * 2. which requests were not placed in full.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { nodeSpec } from '../cluster/find.js'
import { nodeLoad, nodeIds, replicasOn } from '../cluster/read.js'
import type { Answer, UnmetRequest } from '../rule/answer.js'
import type { NodeId, ReplicaId } from '../rule/id.js'
import type { Holding, NamedRequest, Plan, PlannedNode } from '../rule/plan.js'
import { byCodeUnit } from '../rule/text-order.js'
import { place } from './place.js'

/**
 * Places the requests as `place` does, or takes the answers of requests that were placed already.
 * `running` names the replicas that were there before. Throws as `place` does.
 */
export const plan = (
  draft: Draft,
  requests: readonly NamedRequest[],
  running: ReadonlyMap<ReplicaId, string>,
  answers: readonly Answer[] = place(draft, requests).answers,
): Plan => {
  const names = namesAfter(running, requests, answers)
  return {
    nodes: nodeIds(draft).map((node) => planNode(draft, node, names, running)),
    unplaced: unplacedByName(answers, requests),
  }
}

/** The names of all replicas: those that were running and those that the answers placed. */
export const namesAfter = (
  running: ReadonlyMap<ReplicaId, string>,
  requests: readonly NamedRequest[],
  answers: readonly Answer[],
): ReadonlyMap<ReplicaId, string> =>
  new Map([
    ...running,
    ...answers.flatMap(({ placed }, i) =>
      placed.map(({ replica }) => [replica, requests[i]!.name] as const),
    ),
  ])

type UnplacedRow = Plan['unplaced'][number]

/**
 * Requests restricted to named nodes (a pod per node) are summed by name into one row, whose
 * `nodes` is then the number of these nodes.
 */
const unplacedByName = (
  answers: readonly Answer[],
  requests: readonly NamedRequest[],
): Plan['unplaced'] => {
  const rows = new Map<string, UnplacedRow>()
  for (const [i, { unplaced }] of answers.entries()) {
    if (unplaced === undefined) continue
    const { name, only } = requests[i]!
    const key = only === undefined ? `${i}` : `on named nodes: ${name}`
    const before = rows.get(key)
    rows.set(key, before === undefined ? { name, ...unplaced } : mergeUnplaced(before, unplaced))
  }
  return [...rows.values()]
}

/** The sum of two rows, reasons rising. */
const mergeUnplaced = (one: UnplacedRow, other: UnmetRequest): UnplacedRow => {
  const reasons = new Map(one.reasons)
  for (const [reason, nodes] of other.reasons)
    reasons.set(reason, (reasons.get(reason) ?? 0) + nodes)
  return {
    name: one.name,
    count: one.count + other.count,
    nodes: one.nodes + other.nodes,
    reasons: [...reasons].sort(([a], [b]) => a - b),
  }
}

const planNode = (
  draft: Draft,
  node: NodeId,
  names: ReadonlyMap<ReplicaId, string>,
  running: ReadonlyMap<ReplicaId, string>,
): PlannedNode => {
  const { name, capacity } = pipe(
    nodeSpec(draft, node),
    O.getOrElse(() => ({ name: '', capacity: [] as PlannedNode['capacity'] })),
  )
  const replicas = replicasOn(draft, node).map(({ id }) => id)
  return {
    name,
    capacity,
    load: nodeLoad(draft, node),
    holds: plannedHoldings(replicas, names, running),
  }
}

/** The holdings, each with how many of its replicas were running before the plan. */
const plannedHoldings = (
  replicas: readonly ReplicaId[],
  names: ReadonlyMap<ReplicaId, string>,
  running: ReadonlyMap<ReplicaId, string>,
): readonly Holding[] => {
  const before = new Map(
    running.size === 0
      ? []
      : holdingsOf(replicas, running).map(({ name, count }) => [name, count] as const),
  )
  return holdingsOf(replicas, names).map((holding) => {
    const count = before.get(holding.name)
    return count === undefined ? holding : { ...holding, running: count }
  })
}

/** Counts replicas by name, in the order of names; replicas without a name are left out. */
export const holdingsOf = (
  replicas: readonly ReplicaId[],
  names: ReadonlyMap<ReplicaId, string>,
): readonly Holding[] => {
  const counts = new Map<string, number>()
  for (const replica of replicas) {
    const name = names.get(replica)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => byCodeUnit(a, b)).map(([name, count]) => ({ name, count }))
}
