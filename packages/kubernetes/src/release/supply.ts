/**
 * Chooses the cheapest new nodes for pods that find no place after nodes were removed, and opens
 * these new nodes.
 */
import {
  getOrThrow,
  provision,
  type Offering,
  type SupplyOptions,
  type SupplyPlan,
} from '@stowage/kernel'
import { lowerForOffers } from '../plan/offered-class.js'
import type { AnsweredTurn, Outcome } from '../plan/play.js'
import { unplacedIn } from '../plan/rollout.js'
import { addPod, type Fleet } from './fleet.js'
import { openSupply } from './open-supply.js'

/** Nodes for pods without a place: first those of nodes that go, then those that wait anyway. */
export interface ReleaseSupply {
  readonly plan: SupplyPlan
  /** Whether some of the pods of nodes that go have no place on the new nodes either. */
  readonly isShort: boolean
  readonly outcomes: readonly AnsweredTurn[]
  readonly offerings: readonly Offering[]
}

/** Whether a scheduler has looked at the pods. */
export const isTried = (outcome: Outcome): outcome is AnsweredTurn => outcome._tag === 'Answered'

/**
 * The cheapest nodes, of offers that cost less than a price. `undefined` when there are none, when
 * the nodes cost as much together, or when no scheduler looks at the pods.
 */
export const supplyFor = (
  { stage, offerings: all, probes, lacking, work }: Fleet,
  homeless: readonly Outcome[],
  priceMax: number,
  options: SupplyOptions,
): ReleaseSupply | undefined => {
  const positions = [...all.keys()].filter((at) => all[at]!.price < priceMax)
  const moved = homeless.filter(isTried)
  if (positions.length === 0 || moved.length < homeless.length) return undefined
  const outcomes = lowerForOffers(stage, probes, [...moved, ...lacking])
  const offerings = positions.map((at) => all[at]!)
  const requests = outcomes.map(supplyRequest)
  const found = getOrThrow(provision(stage.session.draft, requests, offerings, options))
  work.count += requests.reduce((sum, { count }) => sum + count, positions.length)
  if (found.price >= priceMax) return undefined
  const plan = {
    ...found,
    nodes: found.nodes.map((node) => ({ ...node, offering: positions[node.offering]! })),
  }
  const isShort = found.unplaced.some(({ request }) => request < moved.length)
  return { plan, isShort, outcomes, offerings: all }
}

const supplyRequest = (outcome: AnsweredTurn) => ({
  class: outcome.lowered.class,
  count: unplacedIn(outcome),
})

/** The fleet with the nodes of a supply. */
export const openFor = (fleet: Fleet, { plan, outcomes, offerings }: ReleaseSupply): Fleet => {
  const ids = openSupply(fleet.stage.session.draft, plan, offerings, outcomes.map(supplyRequest))
  const placed = outcomes.map(() => 0)
  for (const { request, node } of plan.placements) {
    placed[request]!++
    addPod(fleet.pods, ids[node]!, outcomes[request]!.turn.workload)
  }
  const lacking = outcomes.flatMap((outcome, at): readonly AnsweredTurn[] => {
    const left = unplacedIn(outcome) - placed[at]!
    const { unplaced } = outcome.answer
    return left === 0 || unplaced === undefined
      ? []
      : [{ ...outcome, answer: { placed: [], unplaced: { ...unplaced, count: left } } }]
  })
  return { ...fleet, lacking }
}
