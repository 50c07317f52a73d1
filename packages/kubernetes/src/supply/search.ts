/**
 * Searches the cheapest new nodes for pods without a place, within the limits of NodePools. Also
 * proves a lower bound on the price of a plan of Karpenter or of the Cluster Autoscaler: no new
 * nodes for the same pods cost less.
 */
import type { Draft, Offering, SupplyOptions } from '@stowage/kernel'
import type { KarpenterWorld } from '../karpenter/world.js'
import type { AnsweredTurn } from '../plan/play.js'
import { supplyFrom, type NodeSupply } from '../plan/provision.js'
import { unplacedIn } from '../plan/rollout.js'
import { cutToLimits, limitMeasures, poolRoom, withinLimits } from './limits.js'
import type { MindPlan } from './mind-plan.js'
import type { MindSupply, SupplyOffer } from './terms.js'
import type { ScheduledPods, UnplacedPod } from './waiting.js'

/** What a plan is searched with: offers and offerings have the same positions. */
export interface SearchBench {
  readonly draft: Draft
  readonly offers: readonly SupplyOffer[]
  readonly offerings: readonly Offering[]
  readonly pods: ScheduledPods
  readonly world: KarpenterWorld
  readonly search: SupplyOptions
}

/** Our own plan, and the positions of the offers among which it was searched. */
export interface SearchedSupply {
  readonly supply: MindSupply
  readonly positions: readonly number[]
}

/** The cheapest nodes of the offers at these positions. */
export const searchSupply = (
  { draft, offers, offerings, pods, world, search }: SearchBench,
  positions: readonly number[],
): SearchedSupply => {
  const [room, measuresOf] = [poolRoom(world), limitMeasures(world)]
  let limited = withinLimits(offers, room, measuresOf)
  for (;;) {
    const open = positions.map((at) => limitedOffering(offerings[at]!, limited[at]!))
    const found = atPositions(supplyFrom(draft, pods.lacking, open, search), positions)
    const opened = found.nodes.map(({ offer }) => offer)
    const cut = cutToLimits(limited, opened, room, measuresOf)
    if (cut === undefined) {
      const none = { options: found.nodes.map(() => []), existing: [], refusals: [], misplaced: [] }
      return {
        ...{ positions },
        supply: { ...found, ...none, mind: 'best', offers, placed: pods.placed, held: pods.held },
      }
    }
    limited = cut
  }
}

const limitedOffering = (offering: Offering, { countMax }: SupplyOffer): Offering =>
  countMax === undefined ? offering : { ...offering, countMax }

/** The supply with offers by their positions among all. */
const atPositions = (
  supply: Omit<NodeSupply, 'placed'>,
  positions: readonly number[],
): Omit<NodeSupply, 'placed'> => ({
  ...supply,
  nodes: supply.nodes.map((node) => ({ ...node, offer: positions[node.offer]! })),
  unplaced: supply.unplaced.map(({ nearest, ...row }) => ({
    ...row,
    ...(nearest === undefined ? {} : { nearest: { ...nearest, offer: positions[nearest.offer]! } }),
  })),
})

/** No plan for the pods that the plan places on new nodes costs less, of offers of the owner. */
export const boundForPlan = (
  { draft, offers, offerings, pods, search }: SearchBench,
  { supply, positions }: SearchedSupply,
  plan: MindPlan,
  owner: 'NodePool' | 'group',
): NodeSupply['bound'] => {
  const left = new Map<number, number>()
  const elsewhere: readonly UnplacedPod[] = [
    ...plan.refused.map(({ pod }) => pod),
    ...plan.existing.flatMap((one) => one.pods),
  ]
  for (const { request } of elsewhere) left.set(request, (left.get(request) ?? 0) + 1)
  const own = [...offers.keys()].filter((at) => offers[at]!.owner?.kind === owner)
  const isAlike = positions.length === own.length && supply.unplaced.length === 0
  if (left.size === 0 && isAlike) return supply.bound
  const lacking = pods.lacking.flatMap((one, request) => {
    const count = unplacedIn(one) - (left.get(request) ?? 0)
    return count === 0 ? [] : [withCount(one, count)]
  })
  const open = own.map((at) => offerings[at]!)
  return supplyFrom(draft, lacking, open, search).bound
}

const withCount = (outcome: AnsweredTurn, count: number): AnsweredTurn => {
  const { placed, unplaced } = outcome.answer
  return { ...outcome, answer: { placed, unplaced: { ...unplaced!, count } } }
}
