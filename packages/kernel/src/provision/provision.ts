/**
 * Plans which nodes of which offerings (kinds of nodes) to launch for requested replicas, and which
 * replicas each new node gets, by greedy bin packing. Existing nodes are not used. Everything is
 * tried on a draft (the mutable cluster inside `batch`) and rolled back.
 *
 * 1. Adds a probe (an empty node) of each offering, and evaluates the rules of each request on it.
 * 2. Divides replicas among domains, such as zones, if their rules look at more than one node, as
 *    topology spread does.
 * 3. Packs items (equal replicas) into bins (nodes) in several ways, and keeps the best packing.
 *    The packing solver, if there is one, improves it.
 * 4. Adds the packed nodes to the draft and places each replica by its rules. Replicas that the
 *    rules refuse are placed one by one, on further new nodes if needed.
 */
import * as E from 'fp-ts/lib/Either.js'
import { stateOf } from '../cluster/cluster.js'
import { trial, type Draft } from '../cluster/draft.js'
import { nodeName } from '../cluster/read.js'
import { leave } from '../cluster/write.js'
import { boundBySolver, boundOf } from '../pack/bound.js'
import { fillTables } from '../pack/fill.js'
import { packGreedily, startPacking } from '../pack/greedy.js'
import { compareCosts, costsOf, type PackedBins, type Packing } from '../pack/packing.js'
import type { PackingSolver } from '../pack/solver.js'
import { packingOn, undominatedBins } from '../pack/undominated.js'
import { worthsOf } from '../pack/worths.js'
import { refusalsOf } from '../place/refusals.js'
import type { PlaceRequest } from '../rule/answer.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { WordId } from '../rule/id.js'
import type { MalformedValue } from '../rule/malformed.js'
import { checkOfferings } from './check-offering.js'
import { demandsOf, type ClassDemand } from './demand.js'
import { nodeNames, openProbes, type OpenNode } from './offered-node.js'
import type { Objective, Offering, SupplyOptions } from './offering.js'
import { openPacked, type OpenedNodes } from './open-nodes.js'
import { binsOf, boundItems, itemsOf, originsOf, reachesOf } from './packing-of.js'
import { placeOver } from './place-over.js'
import { isSiteOpen, sitesOf, splitDomains, type DemandReach, type Sites } from './split-domains.js'
import type { RequestCount, SupplyPlan, UnsuppliedReplicas } from './supply-plan.js'

/**
 * Plans which nodes to launch for the requests; existing nodes are not used. Changes nothing. A
 * `Left` is an offering that is wrong, with its path from the list. Throws for an unknown class.
 */
export const provision = (
  draft: Draft,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
  offerings: readonly Offering[],
  { objective = ['price', 'nodes'], workMax = 30_000, solver }: SupplyOptions = {},
): E.Either<MalformedValue, SupplyPlan> => {
  const malformed = checkOfferings(stateOf(draft), offerings)
  if (malformed !== undefined) return E.left(malformed)
  const planWith = (by: PackingSolver | undefined): Attempt =>
    trial(draft, () => [
      false,
      planSupply(draft, requests, offerings, objective, workMax, by, solver),
    ])
  const { plan, isAsPacked } = planWith(solver)
  if (solver === undefined || isAsPacked) return E.right(plan)
  // What rules refused of a better packing may cost more than it saved.
  const { plan: greedy } = planWith(undefined)
  return E.right(isBetterPlan(greedy, plan, objective) ? greedy : plan)
}

/** A plan, and whether the rules allowed all that was packed. */
interface Attempt {
  readonly plan: SupplyPlan
  readonly isAsPacked: boolean
}

/** Fewer without a place, else less cost. */
const isBetterPlan = (one: SupplyPlan, other: SupplyPlan, objective: Objective): boolean => {
  const overOf = ({ unplaced }: SupplyPlan): number =>
    unplaced.reduce((sum, { count }) => sum + count, 0)
  const costsOfPlan = ({ price, nodes }: SupplyPlan): readonly number[] =>
    objective.map((key) => (key === 'price' ? price : nodes.length))
  return (
    overOf(one) < overOf(other) ||
    (overOf(one) === overOf(other) && compareCosts(costsOfPlan(one), costsOfPlan(other)) < 0)
  )
}

const planSupply = (
  draft: Draft,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
  offerings: readonly Offering[],
  objective: Objective,
  workMax: number,
  packer: PackingSolver | undefined,
  prover: PackingSolver | undefined,
): Attempt => {
  const demands = demandsOf(stateOf(draft), requests)
  const named = new Set<WordId>(offerings.flatMap((offering) => offering.named))
  const probes = openProbes(draft, offerings, [...offerings.keys()])
  const reaches = reachesOf(stateOf(draft), demands, offerings, probes, named)
  const sites = sitesOf(stateOf(draft), demands, reaches, offerings, probes, named)
  const bins = binsOf(stateOf(draft), demands, offerings, probes, objective)
  leaveAll(
    draft,
    probes.filter((probe) => !sites.probes.includes(probe)),
  )
  const turns = splitDomains(draft, demands, reaches, sites, named)
  const origins = originsOf(demands, sites, turns)
  const { items, itemOf } = itemsOf(
    ...([stateOf(draft), demands, reaches, sites, origins, offerings, named] as const),
  )
  const { packed, work } = bestPacking({ items, bins }, workMax, packer)
  const nameOf = nodeNames(draft)
  const opened = openPacked(
    ...([draft, demands, offerings, nameOf, origins, itemOf, turns, packed, named] as const),
  )
  const packedNodes = packed.reduce((sum, { times }) => sum + times, 0)
  placeOver(draft, demands, reaches, sites, offerings, nameOf, opened)
  // Without the probes only nodes make domains, which may allow more. No further domain is opened
  // then: it would change what was allowed before.
  const isOpen = isSiteOpen(stateOf(draft), demands, sites, named)
  leaveAll(draft, sites.probes)
  const open = inOpenSites(reaches, sites, isOpen)
  placeOver(draft, demands, open, sites, offerings, nameOf, opened)
  const placed = demands.map(() => 0)
  for (const { demand } of opened.placements) placed[demand]!++
  const all = { items: boundItems(stateOf(draft), demands, reaches, placed, offerings), bins }
  const needed = packingOn(all, undominatedBins(all))
  const proof =
    prover === undefined
      ? { bound: boundOf(needed), work: 0 }
      : boundBySolver(needed, prover, workMax)
  const plan = planOf(draft, requests, offerings, demands, opened)
  const isAsPacked = plan.nodes.length === packedNodes && plan.unplaced.length === 0
  return { plan: { ...plan, bound: proof.bound, work: work + proof.work }, isAsPacked }
}

/** The reaches without the offerings of sites that are not open. */
const inOpenSites = (
  reaches: readonly DemandReach[],
  { siteOf }: Sites,
  isOpen: readonly boolean[],
): readonly DemandReach[] =>
  reaches.map(({ takes, costs }) => ({
    takes,
    costs: costs.map((cost, at) => (isOpen[siteOf[at]!] === true ? cost : Infinity)),
  }))

const leaveAll = (draft: Draft, nodes: readonly OpenNode[]): void => {
  for (const { id } of nodes) getOrThrow(leave(draft, id))
}

interface TriedPacking {
  readonly packed: readonly PackedBins[]
  readonly over: number
  readonly costs: readonly number[]
}

/** The best of several greedy packings, and the work of all. */
const bestPacking = (
  packing: Packing,
  workMax: number,
  solver: PackingSolver | undefined,
): { readonly packed: readonly PackedBins[]; readonly work: number } => {
  const positions = undominatedBins(packing)
  const needed = packingOn(packing, positions)
  const tables = fillTables(needed)
  let best: TriedPacking | undefined
  let work = 0
  for (const worth of worthsOf(needed)) {
    if (best !== undefined && work >= workMax) break
    const state = startPacking(tables)
    const packed = packGreedily(tables, state, worth)
    work += state.work
    const over = state.counts.reduce((sum, count) => sum + count, 0)
    const one = { packed, over, costs: costsOf(needed, packed) }
    if (best === undefined || isBetter(one, best)) best = one
  }
  let packed = best?.packed ?? []
  if (solver !== undefined && work < workMax) {
    const improved = solver.improve(needed, packed, workMax - work)
    packed = improved.packed
    work += improved.work
  }
  return { packed: packed.map((one) => ({ ...one, bin: positions[one.bin]! })), work }
}

/** Fewer left over, else less cost. */
const isBetter = (one: TriedPacking, other: TriedPacking): boolean =>
  one.over < other.over || (one.over === other.over && compareCosts(one.costs, other.costs) < 0)

const planOf = (
  draft: Draft,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
  offerings: readonly Offering[],
  demands: readonly ClassDemand[],
  { nodes, placements }: OpenedNodes,
): Omit<SupplyPlan, 'bound' | 'work'> => {
  const used = new Set(placements.map(({ node }) => node))
  const usedNodes = nodes.filter((node) => used.has(node))
  const positions = new Map(usedNodes.map((node, at) => [node, at]))
  const left = requests.map(({ count }) => count)
  const queues = demands.map(({ class: id }) => ({
    at: 0,
    of: [...requests.keys()].filter((i) => requests[i]!.class === id),
  }))
  const assigned = placements.map(({ demand, node }) => {
    const queue = queues[demand]!
    while (left[queue.of[queue.at]!] === 0) queue.at++
    const request = queue.of[queue.at]!
    left[request]!--
    return { request, node: positions.get(node)! }
  })
  const places = usedNodes.map((): Map<number, number> => new Map())
  for (const { request, node } of assigned)
    places[node]!.set(request, (places[node]!.get(request) ?? 0) + 1)
  return {
    nodes: usedNodes.map(({ offering, id }, at) => ({
      ...{ offering, name: nodeName(draft, id) },
      places: [...places[at]!].map(([request, count]): RequestCount => ({ request, count })),
    })),
    placements: assigned,
    unplaced: unplacedIn(draft, requests, offerings, demands, left, nodes),
    price: usedNodes.reduce((sum, { offering }) => sum + offerings[offering]!.price, 0),
  }
}

/** What is left of each request, and what every offering says to one more of it. */
const unplacedIn = (
  draft: Draft,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
  offerings: readonly Offering[],
  demands: readonly ClassDemand[],
  left: readonly number[],
  nodes: readonly OpenNode[],
): readonly UnsuppliedReplicas[] => {
  if (left.every((count) => count === 0)) return []
  const probes = openProbes(draft, offerings, [...offerings.keys()])
  const state = stateOf(draft)
  const isSpent = ({ countMax = Infinity }: Offering, at: number): boolean =>
    nodes.filter(({ offering }) => offering === at).length >= countMax
  return left.flatMap((count, request): readonly UnsuppliedReplicas[] => {
    if (count === 0) return []
    const { spec } = demands.find(({ class: id }) => id === requests[request]!.class)!
    const refuse = refusalsOf(spec, state)
    const says = probes.map(({ row, offering }) => ({
      offering,
      refusals: isSpent(offerings[offering]!, offering) ? [] : refuse(row),
    }))
    return [{ request, count, offerings: says }]
  })
}
