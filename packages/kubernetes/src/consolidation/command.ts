/**
 * Computes what consolidation does with several candidate nodes together: nothing, delete them, or
 * replace them by one cheaper node. It simulates the cluster without the candidates to see where
 * their pods go.
 *
 * Source: Karpenter documentation, "Disruption" (consolidation), and recorded answers.
 */
import {
  hasOfferingFor,
  launchableOfferings,
  minValuesVerdict,
  offeringMeets,
  typesByPrice,
  worstLaunchPrice,
  type InstanceType,
} from '../node-pool/instance-type.js'
import type { NodeClaim } from '../karpenter/node-claim.js'
import { isProvisionable } from '../karpenter/pod.js'
import type { PodPlan } from '../karpenter/scheduler.js'
import { meetsRequirement, requireIn } from '../node-pool/requirement.js'
import {
  addRequirements,
  hasMinValues,
  labelRequirements,
  requirementOn,
  type Requirements,
} from '../node-pool/requirements.js'
import { simulatePods } from '../karpenter/simulate.js'
import { uidOf } from '../karpenter/topology.js'
import { capacityTypeKey } from '../node-pool/well-known.js'
import { pendingPods, type KarpenterWorld } from '../karpenter/world.js'
import type { DisruptionCandidate } from './candidate.js'
import { isMovable } from './eviction-limit.js'

/** Candidates that go, and what comes in their place. */
export interface DisruptionCommand {
  readonly candidates: readonly DisruptionCandidate[]
  readonly replacement: NodeClaim | undefined
}

/** What to do with the candidates together; `undefined` when nothing is gained. */
export const consolidate = (
  world: KarpenterWorld,
  candidates: readonly DisruptionCandidate[],
): DisruptionCommand | undefined => {
  const pods = [
    ...pendingPods(world),
    ...candidates.flatMap((one) => one.pods.filter((pod) => isMovable(pod, world))),
  ]
  const gone = new Set(candidates.map(({ node }) => node.name))
  const plan = simulatePods(world, pods, { gone, isConsolidation: true })
  if (!placesAll(plan, pods)) return undefined
  const [claim, ...more] = plan.claims
  if (claim === undefined) return { candidates, replacement: undefined }
  if (more.length > 0) return undefined
  const replacement = cheaperClaim(world, claim, candidates)
  return replacement === undefined ? undefined : { candidates, replacement }
}

/** Whether each pod of a candidate has a place on a node that is ready, or to be launched. */
const placesAll = (
  { refusals, nodes }: PodPlan,
  pods: Parameters<typeof simulatePods>[1],
): boolean => {
  const onUnready = new Set(
    nodes.filter(({ node }) => !node.isInitialized).flatMap((one) => one.pods.map(uidOf)),
  )
  return pods.every(
    (pod) => isProvisionable(pod) || (!refusals.has(uidOf(pod)) && !onUnready.has(uidOf(pod))),
  )
}

/** What the candidates cost together. */
export const priceOfAll = (candidates: readonly DisruptionCandidate[]): number =>
  candidates.reduce((sum, { price }) => sum + price, 0)

const cheaperClaim = (
  world: KarpenterWorld,
  claim: NodeClaim,
  candidates: readonly DisruptionCandidate[],
): NodeClaim | undefined => {
  const sorted = { ...claim, types: typesByPrice(claim.types, claim.requirements) }
  const kinds = requirementOn(claim.requirements, capacityTypeKey)
  const price = priceOfAll(candidates)
  const areSpot = candidates.every(({ capacityType }) => capacityType === 'spot')
  if (areSpot && meetsRequirement(kinds, 'spot'))
    return world.options.spotToSpotConsolidation
      ? cheaperSpot(sorted, price, candidates.length)
      : undefined
  const cheaper = belowPrice(sorted, price)
  if (cheaper === undefined || cheaper.types.length === 0) return undefined
  const isOpen = meetsRequirement(kinds, 'spot') && meetsRequirement(kinds, 'on-demand')
  return isOpen ? { ...cheaper, requirements: withSpot(cheaper.requirements) } : cheaper
}

const withSpot = (requirements: Requirements): Requirements =>
  addRequirements(requirements, [requireIn(capacityTypeKey, ['spot'])])

/** One spot node is replaced by another one only where so many types are cheaper. */
const spotTypesMin = 15

const cheaperSpot = (claim: NodeClaim, price: number, count: number): NodeClaim | undefined => {
  const requirements = withSpot(claim.requirements)
  const types = claim.types.filter((type) => hasOfferingFor(type, requirements))
  const cheaper = belowPrice({ ...claim, requirements, types }, price)
  if (cheaper === undefined || cheaper.types.length === 0) return undefined
  if (count > 1) return cheaper
  if (cheaper.types.length < spotTypesMin) return undefined
  const { typesMin } = minValuesVerdict(cheaper.types, requirements)
  const typesMax = hasMinValues(requirements) ? Math.max(spotTypesMin, typesMin) : spotTypesMin
  return { ...cheaper, types: cheaper.types.slice(0, typesMax) }
}

/** The claim with those types that are cheaper at worst; `undefined` when minValues fails. */
export const belowPrice = (claim: NodeClaim, price: number): NodeClaim | undefined => {
  const types = claim.types.filter((type) => worstLaunchPrice(type, claim.requirements) < price)
  return minValuesVerdict(types, claim.requirements).short.size > 0
    ? undefined
    : { ...claim, types }
}

/**
 * Of several nodes, one of the same type must cost less than the cheapest of these, as else it
 * would do to delete the others.
 */
export const withoutSameType = (
  claim: NodeClaim,
  candidates: readonly DisruptionCandidate[],
): NodeClaim | undefined => {
  const prices = new Map<InstanceType['name'], number>()
  for (const { type, node } of candidates) {
    const labels = labelRequirements(node.labels)
    for (const { price } of type!.offerings.filter((one) => offeringMeets(one, labels)))
      prices.set(type!.name, Math.min(price, prices.get(type!.name) ?? Number.MAX_VALUE))
  }
  const names = new Set(candidates.map(({ type }) => type!.name))
  const price = claim.types
    .filter(({ name }) => names.has(name))
    .reduce((least, { name }) => Math.min(least, prices.get(name) ?? 0), Number.MAX_VALUE)
  return belowPrice(claim, price)
}

/** What a command saves: the candidates' price less the cheapest offering in their place. */
export const savingsOf = ({ candidates, replacement }: DisruptionCommand): number => {
  const before = priceOfAll(candidates)
  const first = replacement?.types[0]
  if (first === undefined) return before
  const offers = launchableOfferings(first, replacement!.requirements)
  const cheapest = offers.reduce((least, { price }) => Math.min(least, price), Infinity)
  return offers.length === 0 ? before : before - cheapest
}
