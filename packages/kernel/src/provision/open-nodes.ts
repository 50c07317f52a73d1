/**
 * Adds the nodes of a packing to a draft (the mutable cluster inside `batch`), and places the
 * replicas that the packing assigns to them. A replica is placed only if the filters of its class
 * allow it; `place-over.ts` places the rest.
 */
import { stateOf } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { book, leave } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { PackedBins } from '../pack/packing.js'
import type { Filter } from '../rule/filter.js'
import type { WordId } from '../rule/id.js'
import { allowedRows, assumedPhase, nearFilters, type ClassDemand } from './demand.js'
import { openNode, type OpenNode } from './offered-node.js'
import type { SiteTurn } from './split-domains.js'
import type { Offering } from './offering.js'
import type { ItemOrigin } from './packing-of.js'

/** A replica that was placed. */
export interface OpenPlacement {
  readonly demand: number
  readonly node: OpenNode
}

/** Nodes that were opened, and what was placed there, in order. */
export interface OpenedNodes {
  readonly nodes: OpenNode[]
  readonly placements: OpenPlacement[]
}

/**
 * Opens all nodes, then places: first the replicas whose site matters, in the order of their turns,
 * then demand by demand. What the filters say of other nodes was asked when the turns were made, in
 * the same order and in the same domains, so it is asked again only after something was refused.
 * Nodes on which nothing was placed leave.
 */
export const openPacked = (
  draft: Draft,
  demands: readonly ClassDemand[],
  offerings: readonly Offering[],
  nameOf: (prefix: string) => string,
  origins: readonly ItemOrigin[],
  itemOf: readonly number[],
  turns: readonly SiteTurn[],
  packed: readonly PackedBins[],
  named: ReadonlySet<WordId>,
): OpenedNodes => {
  const { nodes, slots } = openAll(draft, offerings, nameOf, packed)
  const near = demands.map((demand) => withFilters(demand, nearFilters(demand.spec.filters, named)))
  const placements: OpenPlacement[] = []
  let isRefused = false
  const put = (demand: number, node: OpenNode | undefined): void => {
    const by = isRefused ? demands : near
    if (node !== undefined && placeIfAllowed(draft, by[demand]!, node))
      placements.push({ demand, node })
    else isRefused = true
  }
  const ofSite = new Map(
    origins.map(({ demand, site }, i) => [`${demand} ${site}`, itemOf[i]!] as const),
  )
  for (const { demand, site } of turns)
    put(demand, nextRoom(slots.get(ofSite.get(`${demand} ${site}`)!)))
  for (const [i, { demand, site, count }] of origins.entries())
    if (site === undefined)
      for (let k = 0; k < count; k++) put(demand, nextRoom(slots.get(itemOf[i]!)))
  const used = new Set(placements.map(({ node }) => node))
  for (const node of nodes) if (!used.has(node)) getOrThrow(leave(draft, node.id))
  return { nodes: nodes.filter((node) => used.has(node)), placements }
}

const withFilters = (demand: ClassDemand, filters: readonly Filter[]): ClassDemand => ({
  ...demand,
  spec: { ...demand.spec, filters },
})

/** Places for one item: nodes with how many each takes, and which is the next. */
interface Slots {
  readonly rooms: { readonly node: OpenNode; count: number }[]
  next: number
}

const openAll = (
  draft: Draft,
  offerings: readonly Offering[],
  nameOf: (prefix: string) => string,
  packed: readonly PackedBins[],
): { readonly nodes: OpenNode[]; readonly slots: ReadonlyMap<number, Slots> } => {
  const nodes: OpenNode[] = []
  const slots = new Map<number, Slots>()
  for (const { bin, pattern, times } of packed)
    for (let i = 0; i < times; i++) {
      const node = openNode(draft, offerings, bin, nameOf(offerings[bin]!.prefix))
      nodes.push(node)
      for (const [item, count] of pattern) {
        const own = slots.get(item) ?? { rooms: [], next: 0 }
        own.rooms.push({ node, count })
        slots.set(item, own)
      }
    }
  return { nodes, slots }
}

const nextRoom = (slots: Slots | undefined): OpenNode | undefined => {
  const room = slots?.rooms[slots.next]
  if (slots === undefined || room === undefined) return undefined
  if (--room.count === 0) slots.next++
  return room.node
}

/** Places one replica on the node if the filters allow it. */
export const placeIfAllowed = (
  draft: Draft,
  { row, spec }: ClassDemand,
  node: OpenNode,
): boolean => {
  if (allowedRows(stateOf(draft), spec.filters, [node.row]).length === 0) return false
  book(draft, row, node.row, assumedPhase)
  return true
}
