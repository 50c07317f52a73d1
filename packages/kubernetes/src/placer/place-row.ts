/**
 * Places the pods of one row (pods that are alike and wait for a node):
 * 1. Pods for which a node is reserved (a nomination) try that node first, then all others.
 * 2. The other pods try all nodes. They must fit beside the pods for which nodes are reserved.
 * 3. A pod that finds no node preempts pods of lower priority, if that helps.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (nominatedNodeName).
 */
import {
  nodeIds,
  nodeSpec,
  place,
  type Answer,
  type NodeId,
  type Placement,
  type Refusal,
  type UnmetRequest,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { refusalsOn } from '../scheduler/nomination.js'
import { amongGuests, dropNomination, type PlacerPass, type PlacerRow } from './placer-pass.js'
import { preempt } from './preempt-row.js'

/** Places the pods; changes the row's nominations and victims. */
export const placeRow = (pass: PlacerPass, row: PlacerRow): Answer => {
  const { count } = row.request
  const oldNodes = row.nominations.filter((node) => O.isSome(nodeSpec(pass.draft, node)))
  row.nominations.splice(0, row.nominations.length, ...oldNodes)
  const placed: Placement[] = []
  let why: UnmetRequest | undefined
  const take = (answer: Answer): void => {
    for (const placement of answer.placed) placed.push(placement)
    why = answer.unplaced ?? why
  }
  for (const node of oldNodes) {
    const answer = placeOne(pass, row, node)
    take(answer)
    if (answer.unplaced === undefined) dropNomination(row, node)
    else preempt(pass, row, node)
  }
  let left = count - oldNodes.length
  while (left > 0) {
    const answer = placeNext(pass, row, left)
    take(answer)
    left -= answer.placed.length
    if (answer.unplaced === undefined) continue
    // The pods are alike: what does not help one helps none of them.
    if (!preempt(pass, row, undefined)) break
    left--
  }
  const unplaced = count - placed.length
  return why === undefined || unplaced === 0
    ? { placed }
    : { placed, unplaced: { ...why, count: unplaced } }
}

/** Places pods for which no node is kept: all that are left, when they are alone. */
const placeNext = (pass: PlacerPass, row: PlacerRow, left: number): Answer =>
  pass.rows.some(({ nominations }) => nominations.length > 0)
    ? placeOne(pass, row, undefined)
    : placeOnNodes(pass, row, left, row.request.only)

/** Places one pod, beside the pods for which nodes are kept. */
const placeOne = (pass: PlacerPass, row: PlacerRow, own: NodeId | undefined): Answer => {
  const { only } = row.request
  const isWithin = (node: NodeId): boolean => only?.includes(node) !== false
  const among = amongGuests(pass, row, own)
  if (own !== undefined && isWithin(own) && refusalsOn(pass, among, own).length === 0)
    return placeOnNodes(pass, row, 1, [own])
  const refusals = new Map(
    [...among.guests.keys()].filter(isWithin).flatMap((node) =>
      refusalsOn(pass, among, node)
        .slice(0, 1)
        .map((one) => [node, one] as const),
    ),
  )
  if (refusals.size === 0) return placeOnNodes(pass, row, 1, only)
  const free = (only ?? nodeIds(pass.draft)).filter((node) => !refusals.has(node))
  const { placed, unplaced } = placeOnNodes(pass, row, 1, free)
  return unplaced === undefined
    ? { placed }
    : { placed, unplaced: withRefusals(unplaced, [...refusals.values()]) }
}

const placeOnNodes = (
  { draft }: PlacerPass,
  { request }: PlacerRow,
  count: number,
  only: readonly NodeId[] | undefined,
): Answer =>
  place(draft, [{ class: request.class, count, ...(only === undefined ? {} : { only }) }])
    .answers[0]!

/** The reasons with those of more nodes, each by its first refusal. */
const withRefusals = (
  { count, nodes, reasons }: UnmetRequest,
  refusals: readonly Refusal[],
): UnmetRequest => {
  const counts = new Map(reasons)
  for (const reason of refusals.flatMap((one) => one.reasons))
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return {
    ...{ count, nodes: nodes + refusals.length },
    reasons: [...counts].sort(([one], [other]) => one - other),
  }
}
