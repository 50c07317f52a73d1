/**
 * Plans new nodes for waiting pods as Karpenter does. Each NodeClaim that Karpenter would create
 * becomes one node: the cheapest instance type, zone and capacity type that the requirements of the
 * NodeClaim allow.
 */
import { launchableOfferings } from '../node-pool/instance-type.js'
import type { NodeClaim } from '../karpenter/node-claim.js'
import { provisionPods } from '../karpenter/simulate.js'
import type { KarpenterWorld } from '../karpenter/world.js'
import type { KarpenterPod } from '../node-pool/words.js'
import type { MindPlan } from './mind-plan.js'
import { offerMeets } from './pool-supply.js'
import type { SupplyOffer } from './terms.js'
import type { UnplacedPod } from './waiting.js'

/** What Karpenter launches for the pods that wait. */
export const planAsKarpenter = (
  world: KarpenterWorld,
  waiting: readonly UnplacedPod[],
  offers: readonly SupplyOffer[],
): MindPlan => {
  const byUid = new Map(waiting.map((one) => [one.pod.metadata.uid, one]))
  const known = (pods: readonly KarpenterPod[]): readonly UnplacedPod[] =>
    pods.flatMap(({ metadata }) => byUid.get(metadata.uid) ?? [])
  const { claims, nodes, refusals, order } = provisionPods(world)
  const launched = claims.map((claim) => {
    const { offer, options } = launchOf(claim, offers)
    return { offer, options, pods: known(claim.pods) }
  })
  const existing = nodes
    .filter(({ pods }) => pods.length > 0)
    .map(({ node, pods }) => ({ node: node.name, pods: known(pods) }))
  const refused = [...refusals].flatMap(([uid, text]) => {
    const pod = byUid.get(uid)
    return pod === undefined ? [] : [{ pod, text }]
  })
  const answered = new Set([
    ...[...launched, ...existing].flatMap(({ pods }) => pods),
    ...refused.map(({ pod }) => pod),
  ])
  return {
    ...{ nodes: launched, existing },
    order: order.flatMap((uid) => byUid.get(uid) ?? []),
    refused: [
      ...refused,
      ...waiting
        .filter((one) => !answered.has(one))
        .map((pod) => ({ pod, text: 'Karpenter launches no node for such a pod' })),
    ],
  }
}

/** The offer that a claim launches, by position; and all types left, the cheapest first. */
export const launchOf = (
  { pool, types, requirements }: NodeClaim,
  offers: readonly SupplyOffer[],
): { readonly offer: number; readonly options: readonly string[] } => {
  const sold = types
    .flatMap((type) =>
      launchableOfferings(type, requirements).map(({ zone, capacityType, price }) => ({
        ...{ type: type.name, zone, capacityType, price },
        launch: `${type.name}/${zone}/${capacityType}`,
      })),
    )
    .sort(
      (one, other) =>
        one.price - other.price ||
        (one.launch < other.launch ? -1 : Number(one.launch !== other.launch)),
    )
  const [best] = sold
  const offer = offers.findIndex(
    (one) =>
      one.owner?.name === pool &&
      one.type.name === best?.type &&
      one.zone === best.zone &&
      one.capacityType === best.capacityType &&
      offerMeets(one, requirements),
  )
  return { offer, options: [...new Set(sold.map(({ type }) => type))] }
}
